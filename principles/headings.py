"""Words that principles are written with: headings, dates, and what a web page adds around a text."""

import re
import unicodedata
from collections import Counter
from datetime import date
from functools import lru_cache

BEFORE_HEADING = re.compile(
    r"^\s*(?:#+\s*|\*\*|__)?(?:(?:(?:kapittel|kapitel|kap\.?|del|afsnit|avsnitt|punkt|pkt\.?|chapter|part|§|§§)\s*)"
    r"(?:\d{1,2}(?:[.-]\d{1,2})*|[IVX]+|[a-z])\b[.):]?\s*[-–:]?\s*|\(?\d{1,2}(?:\.\d{1,2})*[.):]?\s+"
    r"|\(?[A-Za-z][.)]\s+|(?-i:[IVX]+[.:)]|[IVX]{2,})\s+(?=\S))?",
    re.IGNORECASE,
)
LONGEST_KNOWN = 110
AFTER_HEADING = ":.*_#" + "".join(sign for sign in map(chr, range(0x3001)) if sign.isspace())

# Words that say whose a part is. What stands beside them in a heading is a word of duty, or of little weight.
STEMS = {
    "school": """skole skol skule skul lærer lærar pædagog pedagog medarbejder medarbeider personale personal team lærerteam
        klasseteam årgangsteam ansatt ansatte tilsett tilsette voksne vaksne school teacher staff tutor""",
    "parents": """foreldre foreldra forelder forældre forælder foresatt foresatte føresett føresette familie
        forældregruppe foreldregruppe parent guardian carer caregiver home""",
    "pupil": """elev barn børn born elevråd ungdom pupil student learner child children""",
    "other": """kontaktforælder kontaktforældre kontaktforeldre kontaktforelder klasseforælder klasseforældre
        forældrekontakt foreldrekontakt klassekontakt klasseråd klasseforældreråd forældreråd foreldreråd
        forældrerepræsentant foreldrerepresentant klasserepræsentant trivselsforælder trivselsforældre fau""",
    "management": """ledelse leiing leiar leder skoleledelse skoleleiing skuleleiing skoleleder skuleleiar afdelingsleder
        avdelingsleder rektor inspektør administration administrasjon skolebestyrelse bestyrelse driftsstyre skoleråd
        management principal headteacher leadership board governor""",
}
ENDING_LETTERS = """
    s e a n r en et er ar ne re na as es ens ets ers ars ns nes ane anes ene enes erne ernes res s' 's '
"""
ENDINGS = ["", *ENDING_LETTERS.split()]
OF_A_CLASS = ("kontakt", "klasse", "fag", "primær", "sosial", "spesial", "special", "støtte")  # teachers
HOMES = "hjem hjems hjemmet hjemmets hjemmene hjemmenes heim heimen heimens heimane heimanes"  # not "hjemme"
IRREGULAR = dict.fromkeys(HOMES.split(), "parents") | {
    "family": "parents",
    "families": "parents",
    "heads": "management",
    "head": "management",
}
DUTY_WORDS = """
    ansvar ansvaret ansvarsområde ansvarsområder ansvarsområdet oppgave oppgaver oppgavene opgave opgaver opgaverne
    oppgåve oppgåver oppgåvene rolle roller forpliktelse forpliktelser forpligtelse forpligtelser plikt plikter
    plikta pligt pligter forventning forventninger forventningene forventningerne forventningar forventningane
    forvente forventer forventar forventes forventet forvent vente ventar skal vil bør må lover lovar bidrar bidreg
    bidrager bidrag gjør gør gjer responsibility responsibilities responsible duty duties task tasks role roles will
    shall should must promise promises expect expects expected expectations gøre gjøre gjere do does løfte løfter tilsagn
    rettigheder rettigheter rettar rights commitment commitments indsats innsats
"""
DUTY = set(DUTY_WORDS.split())
EXPECTS = re.compile(r"\b(?:forvent\w*|vent(?:e|ar)|expect\w*)\b")
LITTLE_WORDS = """
    det den de dei der er har at å som og også for til av af i hos på ved vi vår vårt våre vores sitt sine si sin kan
    hva hvad kva følgende følgjande disse desse alle selv sjølv the it is are has of to what we our and have can from
    a an this these following you your u enkelte hver hvert kvar each every class pædagogiske pedagogiske du dere jer
"""
LITTLE = set(LITTLE_WORDS.split())
THEN = {"for", "i", "ved", "når", "under", "på", "omkring", "om", "in", "at", "when", "during", "vedrørende", "knyttet"}
MOST_AFTER, FEW = 8, 5
ALONE = {"og", "and", "eller", "or", "the", "de", "dei", "den", "vår", "vårt", "våre", "vores", "our", "alle", "all"}
SEVERAL = {
    "parents",
    "guardians",
    "carers",
    "homes",
    "families",
    "pupils",
    "students",
    "teachers",
    "schools",
    "governors",
}
TEACHERS = ("lærer", "lærar", "pædagog", "pedagog")
SUBJECT = {stem + ending: kind for kind, stems in STEMS.items() for stem in stems.split() for ending in ENDINGS}
SUBJECT |= {f"{each}{stem}{ending}": "school" for each in OF_A_CLASS for stem in TEACHERS for ending in ENDINGS}
SUBJECT |= IRREGULAR

# How headings of the other parts begin, or what they are; casefolded. Some words more may follow.
PARTS = {
    "purpose": r"(?:(?:\w+ og )?(?:overordnet |overordna |det overordnede |\w+s |the |our )?"
    r"(?:formål(?:et|ene|a)?|føremål(?:et|a)?|hensikt(?:en|er)?|hensigt(?:en)?|purpose|aims?))"
    r"|(?:hva|hvad) er (?:formålet|hensikten|hensigten)|kva er føremålet"
    r"|(?:hvorfor|kvifor|why)(?: [\w'-]+){0,2} (?:vi|me|we)|(?:hvorfor|kvifor|why)(?: [\w'-]+){1,2}$",
    "goals": r"(?:(?:våre |vores |the |our |overordne[dt]e? |overordna |de overordnede )?(?:hoved|hovud|del)?"
    r"(?:mål(?:et|ene|a)?|målsætning(?:en|er|erne)?|målsetning(?:en|er|ene)?|målsetting(?:en|er|a)?|målsetjing(?:a|ar|ane)?|goals?"
    r"|objectives?))|(?:det|dette|hva|hvad|kva) (?:vil|ønsker|ønskjer) (?:vi|me) (?:gjerne |å |at )?(?:opnå|oppnå)",
    "next_steps": r"(?:(?:de |dei |the |det |vårt )?(?:næste skridt|neste (?:steg|skritt|skrittene|stegene)"
    r"|neste stega|neste skritta|next steps?|videre arbeid(?:et)?|videre arbejde|vidare arbeid(?:et)?|videre fremdrift)"
    r"|vegen vidare|veien videre|vejen videre|opfølgning|oppfølging|oppfølgjing|implementering|iværksættelse|follow-up)",
    "formal_frame": r"(?:(?:de |dei |the )?(?:formelle|juridiske|lovmæssige|formal|legal) "
    r"(?:ramme(?:r|ne|rne)?|rammar|rammene|rammane|grunnlag|krav|frames?|framework|basis)|rettslig grunnlag"
    r"|lov(?:grundlag|grunnlag|heimel|hjemmel|verk|ramme|krav|givning)\w*|hjemmel|heimel|rammer|ikraft\w*)",
}
PART = {kind: re.compile(rf"(?:{begins})(?:\s+[\w'/()&–-]+){{0,{MOST_AFTER}}}") for kind, begins in PARTS.items()}
UNFINISHED = re.compile(r",(?=\s(?:at|å|to)$)")  # "The goal is, that"
HEAD_TEACHER = re.compile(r"\bhead teacher")
NOT_PARTS = re.compile(r"(?:mål|formål|hensikt|purpose|aim)\w*\s+(?:\S+\s+)*(?:er nådd|nås|nået)$")

# A single ordinary word is a heading only where the layout says so: after an empty line, or with a colon.
WEAK = {"rammer", "aim", "goal", "målet", "målene", "måla", "hjemmel", "heimel", "opfølgning", "oppfølging"}
WEAK |= {"implementering", "hensikten", "formålet", "føremålet"}
CONTACTS = re.compile(
    r"\b(?:kontaktforeldre|kontaktforældre|klassekontakt|foreldrekontakt|forældreråd|klasseforældre|foreldreråd|forældregrupp"
    r"|foreldregrupp|forældrekontakt|fau\b|parent representative)"
)
BOARD = re.compile(r"bestyrelse|\bgovernors?\b|\bboard\b|driftsstyre|\bsu\b|samarbeidsutval")

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
DECIDED = r"vedtaget|vedtatt|vedteke|vedteken|godkendt|godkjent|godkjend|behandlet|behandla|adopted|approved"
ADOPTED = re.compile(
    rf"^(?:(?:{DECIDED}|revideret|revidert|gennemgået|gjennomgått|gjeldende fra|gældende fra|gjeld frå|sist behandlet)\b"
    r"|(?:opdateret|oppdatert|oppdatera|updated|agreed|besluttet|fastsatt|fastsat)(?:\s*:|\s+(?:den|on|i|in|af|av|by|at|pr|per)\b"
    r"|\s+(?=\d|(?:jan|feb|mar|apr|ma[ijy]|jun|jul|aug|sep|o[ck]t|nov|de[cs]))))"
    r".*(?:\d{4}|\d[./]\d{1,2}[./-]\d\d)\b",
    re.IGNORECASE,
)
ADOPTION = re.compile(rf"^(?!.*\b(?:skal|må|must|shall)\b).*\b(?:{DECIDED})\b.*\b\d{{4}}\b", re.IGNORECASE)
BEHALF = re.compile(
    r"^(?:på|for|on)\b.{2,60}\b(?:vegne|vegner|behalf)\b|^(?:med )?(?:(?:vennlig|venlig|venleg|beste|bedste|kind|best) )?"
    r"(?:hilsen|hilsener|helsing|regards)\b|^mvh\b",
    re.IGNORECASE,
)
TO_BE_FILLED_IN = re.compile(r"^.{0,100}?(?:_{4}|\.{10})")
SIGNED = re.compile(r"^(?:af|av|by)(?:\s+(?P<name>.+))?$", re.IGNORECASE)


def words_of(text):
    return Counter(re.findall(r"\w+", text.casefold()))


@lru_cache(4096)
def plain(line):
    """A line in the form in which headings are compared: no numbering, no closing colon, lower case."""
    text = unicodedata.normalize("NFC", line).replace("’", "'")
    text = BEFORE_HEADING.sub("", text).rstrip(AFTER_HEADING)
    return " ".join(text.split()).casefold()


def kind_of(line):
    """What a heading says its section is about, or None for one of its own kind."""
    return _meaning(plain(line))[0]


@lru_cache(4096)
def _meaning(text):
    """(kind, whether these words are a heading wherever they stand on a line of their own)."""
    if not text or len(text) > LONGEST_KNOWN:
        return None, False
    text = HEAD_TEACHER.sub("headteacher", UNFINISHED.sub("", text))
    words = re.findall(r"[\w'-]+", text)
    kind, firm = _whose(words)
    if kind:
        return kind, firm and len(words) <= FEW
    if re.search(r"[.,;!?]\s", text) or NOT_PARTS.match(text):
        return None, False
    text = text.rstrip("?")
    kind = next((kind for kind, begins in PART.items() if begins.fullmatch(text)), None)
    return kind, bool(kind) and text not in WEAK and bool(re.fullmatch(PARTS[kind], text))


def _whose(words):
    """The one whom the heading speaks of with a word of duty, or names alone. Of two, the one of whom it is expected."""
    found, duty, tail = [], False, False
    for place, word in enumerate(words):
        if subject := SUBJECT.get(word):
            found.append((subject, word))
        elif word in DUTY:
            duty = True
        elif word in THEN and duty and found and len(words) - place <= MOST_AFTER:
            tail = word not in LITTLE or place + 1 < len(words)
            if tail and not all(after in LITTLE or after in SUBJECT for after in words[place:]):
                break
        elif word not in LITTLE:
            return None, False
    kinds = {kind for kind, _word in found}
    expects = EXPECTS.search(" ".join(words))
    if expects and len(kinds) == 2:
        return found[-1][0], False
    if len(kinds) != 1 or (expects and len(words) == 2 and found[0][1][-1] == "s"):
        return None, False
    if duty:
        return found[0][0], not tail
    alone = all(word in ALONE or (word in SUBJECT and (word[-1] != "s" or word in SEVERAL)) for word in words)
    return (found[0][0] if alone else None), False


def party_of(line, kind):
    """Whose the points under a heading are, where the kind of the section does not say it; "" where nobody's alone."""
    text = plain(line)
    if BOARD.search(text) and kind in ("management", "other"):
        return "board"
    of_a_class = CONTACTS.search(text) or any(SUBJECT.get(word) == "other" for word in re.findall(r"[\w'-]+", text))
    return "parents" if kind == "other" and of_a_class else ""


def heading_kind(line, *, stands_alone):
    """The kind of a line of running text that is a heading by its words alone."""
    if not line or len(line) > LONGEST_KNOWN or not BEFORE_HEADING.sub("", line)[:1].isupper():
        return None
    kind, firm = _meaning(plain(line))
    return kind if firm or stands_alone or line.rstrip().endswith(":") else None


def newest_date(text):
    """The last of several days that a line names: when it was adopted, and when it was changed."""
    return max((found for part in re.split(r"[,;]|\b(?:og|and)\b", text) if (found := date_in(part))), default=None)


def date_in(text):
    for day, month, year in re.findall(r"\b(\d{1,2})\.?\s*([^\W\d]+)\.?\s+(\d{4})\b", text):
        if found := _date(year, MONTHS.get(month.casefold(), 0), day):
            return found
    for year, month, day in re.findall(r"\b(\d{4})-(\d{2})-(\d{2})\b", text):
        if found := _date(year, month, day):
            return found
    for day, month, year in re.findall(r"\b(\d{1,2})[./]\s?(\d{1,2})(?:[./-]\s?|\s(?=\d{4}))(\d{4}|\d{2})\b", text):
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
