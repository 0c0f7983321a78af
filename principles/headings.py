"""Words that principles are written with: headings, dates, and what a web page adds around a text."""

import re
import unicodedata
from collections import Counter
from datetime import date

from portal.text import UNSEEN

LETTERS = re.compile(r"[^\w\s]+", re.UNICODE)
BEFORE_HEADING = re.compile(r"^\s*(?:#+\s*|\*\*|__|\(?\d{1,2}(?:\.\d{1,2})*[.)]\s+|[IVX]+\.\s+)?")
AFTER_HEADING = ":.*_#" + "".join(sign for sign in map(chr, range(0x3001)) if sign.isspace())

# Full phrases, casefolded and without punctuation. `…` stands for a few words more.
PHRASES = {
    "purpose": """formål|formålet|føremål|føremålet|hensikt|hensikten|purpose|aim|formål med …|formålet med …
        |føremålet med …|princippets formål|prinsippets formål|overordnet formål|the purpose""",
    "goals": """mål|målet|målene|måla|målsætning|målsætninger|målsetting|målsettinger|målsetjing|målsetjingar|målsetning
        |goals|goal|objectives|mål for …|mål med …|målet med …|our goals|hovedmål|hovudmål|delmål""",
    "school": """skolens ansvar|skolens ansvar …|skolen sitt ansvar|skulen sitt ansvar|skulens ansvar|skolens rolle
        |skolens opgaver|skolens oppgaver|skolens forpligtelser|skolens forpliktelser|skulen sine oppgåver
        |personalets ansvar|lærernes ansvar|lærarane sitt ansvar|school's responsibility
        |school's responsibilities|the school's responsibility|the school's responsibilities
        |responsibilities of the school|skolen skal|skulen skal|skolen har ansvar for|skulen har ansvar for
        |skolen|skulen|the school""",
    "parents": """forældrenes ansvar|forældres ansvar|forældrenes ansvar …|foreldrenes ansvar|foreldres ansvar
        |foreldra sitt ansvar|foreldrenes ansvar …|foreldra sine oppgåver|de foresattes ansvar|foresattes ansvar
        |dei føresette sitt ansvar|føresette sitt ansvar|hjemmets ansvar|heimens ansvar|heimen sitt ansvar
        |hjemmenes ansvar|forældrenes rolle|foreldrenes rolle|forældrenes opgaver|foreldrenes oppgaver
        |parents' responsibility|parents' responsibilities|the parents' responsibility
        |the parents' responsibilities|responsibilities of the parents|forældrene skal|foreldrene skal
        |foreldra skal|forældrene har ansvar for|foreldrene har ansvar for|foreldra har ansvar for|forældrene
        |foreldrene|foreldra|parents|the parents|hjemmet|heimen|de foresatte|dei føresette""",
    "pupil": """elevens ansvar|elevernes ansvar|elevenes ansvar|eleven sitt ansvar|elevane sitt ansvar|barnets ansvar
        |elevens rolle|pupil's responsibility|pupils' responsibility|the pupil's responsibility
        |the pupils' responsibilities|elevene skal|eleverne skal|elevane skal|eleverne|elevene|elevane|pupils
        |the pupils""",
    "management": """ledelsens ansvar|leiinga sitt ansvar|skoleledelsens ansvar|skulens leiing sitt ansvar
        |skolelederens ansvar|rektors ansvar|rektor sitt ansvar|skolebestyrelsens ansvar|bestyrelsens ansvar
        |management's responsibility|the management's responsibility|the principal's responsibility|ledelsen
        |leiinga|the management""",
    "next_steps": """de næste skridt|næste skridt|neste steg|neste skritt|de neste skrittene|de neste stegene
        |dei neste stega|dei neste skritta|neste stega|vegen vidare|veien videre|videre arbeid|vidare arbeid|opfølgning
        |oppfølging|implementering|next steps|the next steps""",
    "formal_frame": """de formelle rammer|formelle rammer|formelle rammar|dei formelle rammene|de formelle rammene|lovgrundlag
        |lovgrunnlag|lovgrunnlaget|lovheimel|lovhjemmel|hjemmel|heimel|rammer|formal frame|the formal frame
        |formal framework|legal basis""",
}

# A single ordinary word is a heading only where the layout says so: after an empty line, or with a colon.
WEAK = {
    "skolen", "skulen", "the school", "forældrene", "foreldrene", "foreldra", "parents", "the parents", "hjemmet",
    "heimen", "de foresatte", "dei føresette", "eleverne", "elevene", "elevane", "pupils", "the pupils", "ledelsen",
    "leiinga", "the management", "rammer", "aim", "goal", "målet", "målene", "måla", "hjemmel", "heimel", "opfølgning",
    "oppfølging", "implementering", "hensikten", "formålet", "føremålet",
}  # fmt: skip

MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "januar january jan",
            "februar february feb",
            "marts mars march mar",
            "april apr",
            "maj mai may",
            "juni june jun",
            "juli july jul",
            "august aug",
            "september sept sep",
            "oktober october okt oct",
            "november nov",
            "desember december des dec",
        ],
        1,
    )
    for name in names.split()
}

UPDATED = re.compile(
    r"^(?:senest|sidst|sist|last)\s+(?:opdateret|oppdatert|revideret|revidert|ajourført|endret|ændret|endra|updated"
    r"|revised|gennemgået|gjennomgått)\b",
    re.IGNORECASE,
)
ADOPTED = re.compile(
    r"^(?:vedtaget|vedtatt|vedteke|godkendt|godkjent|godkjend|adopted|approved|revideret|revidert|gennemgået)\b.*\d{4}",
    re.IGNORECASE,
)
SIGNED = re.compile(r"^(?:af|av|by)(?:\s+(?P<name>.+))?$", re.IGNORECASE)
ELSEWHERE = re.compile(
    r"^(?:læs også|les også|les óg|read also|see also|se også|relaterede artikler|relaterte artikler|relatert innhold"
    r"|relateret indhold|related articles|del denne side|del denne siden|del på facebook|share this page)\s*:?$",
    re.IGNORECASE,
)
PAGE_FURNITURE = re.compile(
    r"^(?:(?:side|page)\s*\d+(?:\s*(?:af|av|of|/)\s*\d+)?|[-–]?\s*\d{1,3}\s*[-–]?|\d{1,3}\s*(?:af|av|of|/)\s*\d{1,3}"
    r"|udskriv|skriv ut|print|tilbage til toppen|til toppen|back to top)$",
    re.IGNORECASE,
)

ONLY_THEIRS = {
    "da": "af forældre forældrene forældrenes børn mellem efter opdateret hvad hvis også udvikling hjælpe sprog ud nye måske"
    " skolebestyrelsen samarbejde næste skridt jeres eleverne blive uden ligeværdighed",
    "nb": "av foreldre foreldrene foreldrenes mellom etter hva hvis også utvikling hjelpe språk ikke elevene hverandre ut"
    " skolen samarbeid jevnlig fra være gjennom neste skal opp",
    "nn": "ikkje eit frå skulen elevane heim heimen dei vere saman kva korleis nokon gjennom foreldra føresette berre éin me"
    " vi skule samarbeidet mellom av blir noko ei",
    "en": "the and of to that with their parents school children is are for should must",
}


THEIR_OWN = {
    language: {word for word in theirs.split() if sum(word in them.split() for them in ONLY_THEIRS.values()) == 1}
    for language, theirs in ONLY_THEIRS.items()
}


def clean_lines(text):
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    text = re.sub(r"[\f\v\x85\u2028\u2029]", "\n", text)
    text = re.sub(r"\u00ad\s*\n\s*|\u00ad", "", text)
    text = UNSEEN.sub(lambda sign: sign[0] if "\uf000" <= sign[0] <= "\uf0ff" else "", text)  # Word's bullets
    text = re.sub(r"[\xa0\u2007\u202f\u2000-\u200a]", " ", text)
    return [line.rstrip() for line in text.split("\n")]


def words_of(text):
    return Counter(re.findall(r"\w+", text.casefold()))


def plain(line):
    """A line in the form in which headings are compared: no numbering, no closing colon, lower case."""
    text = unicodedata.normalize("NFC", line).replace("’", "'")
    text = BEFORE_HEADING.sub("", text).rstrip(AFTER_HEADING)
    return " ".join(text.split()).casefold()


def _phrases():
    listed = [(kind, phrase) for kind, phrases in PHRASES.items() for phrase in phrases.split("|")]
    return [(place, kind, " ".join(phrase.split())) for place, (kind, phrase) in enumerate(listed)]


WHOLE, BEGUN = {}, []  # phrases that are a whole heading, by their words; phrases that some words more may follow
for _place, _kind, _words in _phrases():
    if _words.endswith("…"):
        BEGUN.append((_place, _kind, _words, re.compile(re.escape(_words[:-1].strip()) + r"(?:\s+[^\s.,;]+){1,7}")))
    else:
        WHOLE.setdefault(_words, []).append((_place, _kind, _words))


def heading_kind(line, *, stands_alone):
    if not line or len(line) > 90 or not BEFORE_HEADING.sub("", line)[:1].isupper():
        return None
    text = plain(line)
    alone = stands_alone or line.rstrip().endswith(":")
    fits = [found for found in WHOLE.get(text, ()) if alone or found[2] not in WEAK]
    if alone:
        fits += [found[:3] for found in BEGUN if found[3].fullmatch(text)]
    return min(fits)[1] if fits else None


def date_in(text):
    for day, month, year in re.findall(r"\b(\d{1,2})\.?\s*([^\W\d]+)\.?\s+(\d{4})\b", text):
        if found := _date(year, MONTHS.get(month.casefold(), 0), day):
            return found
    for year, month, day in re.findall(r"\b(\d{4})-(\d{2})-(\d{2})\b", text):
        if found := _date(year, month, day):
            return found
    for day, month, year in re.findall(r"\b(\d{1,2})[./]\s?(\d{1,2})[./-]\s?(\d{4}|\d{2})\b", text):
        if found := _date(year if len(year) == 4 else f"20{year}", month, day):
            return found
    for month, day, year in re.findall(r"\b([^\W\d]+)\s+(\d{1,2}),?\s+(\d{4})\b", text):
        if found := _date(year, MONTHS.get(month.casefold(), 0), day):
            return found
    return None


def _date(year, month, day):
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def language_spoken(text):
    words = re.findall(r"[^\W\d_]+", text.casefold())
    score = {language: sum(word in own for word in words) for language, own in THEIR_OWN.items()}
    best = max(score, key=score.get)
    return best if score[best] else ""
