"""What belongs to the page around a text and not to it: heads and feet, numbers, contents, menus. It is named."""

import re
from collections import Counter
from itertools import pairwise, takewhile

from principles.headings import kind_of, plain

ELSEWHERE = re.compile(
    r"^(?:læs også|les også|les óg|læs mere|les mer|les meir|read more|read also|see also|se også|relaterede artikler"
    r"|relaterte artikler"
    r"|relatert innhold|relateret indhold|related articles|del denne side|del denne siden|del på facebook"
    r"|share this page)\s*:?$",
    re.IGNORECASE,
)
END_OF_A_TEASER = re.compile(r"^(?:læs mere|les mer|les meir|read more)\b", re.IGNORECASE)  # unless a list follows
OF_A_PAGE = re.compile(
    r"^(?:(?:side|page)\s*\d+\s*(?:af|av|of|/)\s*\d+|\d{1,3}\s*(?:af|av|of)\s*\d{1,3}|[-–]\s*\d{1,3}\s*[-–]|udskriv|skriv ut"
    r"|print|tilbage til toppen|tilbake til toppen|til toppen|back to top|(?:©|copyright (?:©|\(c\)|\d{4})).{0,80}"
    r"|(?:vi|denne side|dette nettstedet|we|this (?:web)?site) (?:bruger|bruker|brukar|use|uses) (?:cookies"
    r"|informasjonskaps\w+).{0,80})$",
    re.IGNORECASE,
)
NUMBERED = re.compile(r"^(?:(?:side|page)\s*)?(\d{1,3})$", re.IGNORECASE)
OF_AN_EDGE = re.compile(r"^(?:(?:side|page)\s*)?\d{1,3}(?:\s*/\s*\d{1,3})?$", re.IGNORECASE)
CONTENTS = re.compile(r"^(?:indhold|innhold|innhald|indholdsfortegnelse|innholdsfortegnelse|innhaldsliste|contents"
                      r"|table of contents)\s*:?$", re.IGNORECASE)  # fmt: skip
TO_A_PAGE = re.compile(r"^(?P<text>\S.{1,120}?)(?:\s*[.…·_]{3,}[.…·_\s]*|\s{2,}|\s)\d{1,3}$")
LEADERS = re.compile(r"\s*(?:[.…·_]\s?){4,}")
DOTTED = re.compile(r"^\S.{1,120}?\s?(?:[.…·_]\s?){4,300}\d{1,3}$")
MENU = {
    "forside", "forsiden", "hjem", "heim", "home", "menu", "meny", "kontakt", "kontakt os", "kontakt oss", "søg", "søk",
    "log ind", "logg inn", "log in", "om skolen", "om skulen", "nyheder", "nyheter", "nyhende", "kalender", "til innhold",
    "hopp til innhold", "hopp til hovedinnhold", "gå til hovedinnhold", "spring til indhold", "skip to content", "ansatte",
    "skolebestyrelsen", "for forældre", "for foreldre", "sfo", "aula", "search", "sitemap", "about us", "contact",
    "gå til hovedindholdet", "gå til hovedindhold", "mobil menu", "billedet på sidehoved", "image",
    "aula_close layer 1", "hovedseksjon",
}  # fmt: skip
CRUMBS = re.compile(
    r"^[^>»›/|]{2,40}(?:[>»›|]\s*[^\s>»›|][^>»›|]{1,59})+$|^(?:du er her|you are here|her er du)\b", re.IGNORECASE
)
ADDRESS = re.compile(
    r"\b\d{4,5}\s+[A-ZÆØÅ][\wæøåÆØÅ]+|^\W*(?:tlf|telefon|tel|phone|mobil|e-?post|e-?mail|mail|org\.?\s?n|cvr|ean)\b|\w@\w"
    r"|\bwww\.|https?://|^[A-ZÆØÅ][\w.]*(?:\s[\w.]+)?\s?(?:vei|veien|vegen|gata|gate|gade|vej|allé|plass|street)\w*\s+\d+",
    re.IGNORECASE,
)
NAMED = re.compile(r"(?:skole|skolen|skule|skulen|school|kommune|barneskole|ungdomsskole)\W*$", re.IGNORECASE)
OF_A_FILE = re.compile(r"^[^:]{0,20}\b(?:number|nummer|no\.?|nr\.?|version|versjon|dato|date|ref\.?|sag|sak|author|forfatter)\s*:",
                       re.IGNORECASE)  # fmt: skip
TITLE = re.compile(r"(?!\w+(?:ets|ens)\b)(?:princip|prinsipp)|plan\b|planen|regler|reglar|retningslinj|avtale|aftale"
                   r"|politik|strategi|charter|policy|principle|agreement|samarbe|handleplan|rammer for|forventning",
                   re.IGNORECASE)  # fmt: skip
LETTERS_IN_A_TITLE = 200
HEAD_OF_A_TEXT, WORDS_IN_A_MENU, MOST_LINKED, LONGEST_TITLE = 14, 4, 14, 16
OF_A_LIST = re.compile(r"^\s*[-–•*]\s|://|\bwww\.")
LINK = re.compile(r"^(?:https?://|www\.|\d{1,2}[./]\s?\d{1,2}[./-]\s?\d{2,4})")


def take_away(source):
    """The lines of the text alone. What is taken away is named in `left_out`."""
    lines = source.lines
    gone = _running(lines) | _numbers(lines) | _contents(lines) | _linked(lines)
    gone |= {
        at for at, line in enumerate(lines) if OF_A_PAGE.match(line.text.strip()) or DOTTED.match(line.text.strip())
    }
    gone |= _letterhead(lines, gone)
    groups, last = [], None
    for at in sorted(at for at in gone if not lines[at].blank):
        text = " ".join(lines[at].text.split())
        if last is not None and all(line.blank for line in lines[last + 1 : at]) and not _apart(lines, last, at):
            groups[-1] += f" {text}"
        else:
            groups.append(text)
        last = at
    source.left_out += groups
    source.lines = [line for at, line in enumerate(lines) if at not in gone]


def _apart(lines, above, at):
    """Each page has its own head and foot."""
    return lines[at].page != lines[above].page or any(
        OF_A_PAGE.match(lines[each].text.strip()) or NUMBERED.match(lines[each].text.strip()) for each in (above, at)
    )


def _filled(lines):
    return [at for at, line in enumerate(lines) if line.text.strip()]


def _running(lines):
    """The same words at the head or the foot of several pages, whatever number stands in them."""
    pages = {}
    for at in _filled(lines):
        pages.setdefault(lines[at].page, []).append(at)
    if len(pages) < 2:
        return set()
    edges = {at for page in pages.values() for at in (*page[:2], *page[-2:])}
    said = Counter()
    for page in pages.values():
        said.update({_without_figures(lines[at]) for at in {*page[:2], *page[-2:]}})
    return {
        at
        for at in edges
        if said[_without_figures(lines[at])] * 2 > len(pages)
        and not lines[at].title
        and not kind_of(lines[at].text)
        and _without_figures(lines[at])
    }


def _without_figures(line):
    return re.sub(r"\d+", "#", plain(line.text)) if len(line.text) < 120 else ""


def _numbers(lines):
    """Numbers alone on a line that count on are numbers of pages. One alone may be part of the text, but not where it
    stands at the very edge of a page."""
    found = [
        (at, int(match[1]))
        for at in _filled(lines)
        if not lines[at].sign and (match := NUMBERED.match(lines[at].text.strip()))
    ]
    counted = [pair for one, after in pairwise(found) if after[1] == one[1] + 1 for pair in (one, after)]
    last = {}
    for at in _filled(lines):
        last[lines[at].page] = at
    alone = {at for at in _filled(lines) if lines[at].edge and OF_AN_EDGE.match(lines[at].text.strip())}
    first = {at for at, number in found if lines[at].page + 1 == number == 1 and len(last) > 1 and at in last.values()}
    return alone | first | {at for at, _number in counted}


def _contents(lines):
    """A list of contents: each of its lines ends with a page, or stands in the text once more."""
    gone, filled = set(), _filled(lines)
    said = Counter(plain(lines[at].text) for at in filled)
    for place, at in enumerate(filled):
        if at in gone or not CONTENTS.match(lines[at].text.strip()):
            continue
        listed = {}
        for below in filled[place + 1 :]:
            text = LEADERS.sub(" ", lines[below].text.strip())
            paged = TO_A_PAGE.match(text)
            again = said[plain(text)] > 1 and plain(text) not in listed.values()
            if not (again or (paged and len(text.split()) <= MOST_LINKED)):
                break
            listed[below] = plain(text)
        if len(listed) > 1:
            gone |= {at, *listed}
    return gone


def _linked(lines):
    """ "Read also" takes what it links to, and no more: whole sentences after an empty line are the text again."""
    gone, at = set(), 0
    while at < len(lines):
        if not ELSEWHERE.match(lines[at].text.strip()):
            at += 1
            continue
        ends = END_OF_A_TEASER.match(lines[at].text.strip())
        gone.add(at)
        at += 1
        first = True
        while at < len(lines):
            begin = at
            while begin < len(lines) and lines[begin].blank:
                begin += 1
            end = begin
            while end < len(lines) and not lines[end].blank and not ELSEWHERE.match(lines[end].text.strip()):
                end += 1
            block = lines[begin:end]
            if not block or not _links(block, first and begin > at, first) or (ends and not _listed(block)):
                break
            gone |= set(range(begin, end))
            at, first = end, False
    return gone


def _listed(block):
    return all(line.sign or OF_A_LIST.search(line.text) for line in block)


def _links(block, after_gap, first):
    last = block[-1].text.strip()
    if any(line.heading or line.bold for line in block) or kind_of(block[0].text):
        return False
    if LINK.match(block[0].text.strip()):
        return True
    return first and (not last.endswith((".", "!", "?", ":")) or last.endswith("...")) and (not after_gap or len(block) > 1
                                                                                           or len(last.split()) < 8)  # fmt: skip


def _letterhead(lines, gone):
    """Above the title: a menu, and whose paper it is."""
    head = [at for at in _filled(lines) if at not in gone][:HEAD_OF_A_TEXT]
    if not head or any(lines[at].title for at in head[:1]):
        return set()
    said = titled = next((at for at in head if lines[at].title), None)
    if titled is None:
        titled = next((at for at in head if _may_be_title(lines[at])), None)
    if titled is None:
        return {
            at
            for at, _line in takewhile(lambda each: _of_a_menu(each[1].text.strip()), ((at, lines[at]) for at in head))
        }
    above = [at for at in head if at < titled]
    if said is None and not any(_of_a_paper(lines[at].text.strip()) for at in above):
        return set()
    if all(_of_a_letter(lines[at].text.strip()) for at in above):
        return set(above)
    return set()


def _may_be_title(line):
    text = line.text.strip()
    words = len(text.split())
    if (
        words > LONGEST_TITLE
        or len(text) > LETTERS_IN_A_TITLE
        or (words > LONGEST_TITLE / 2 and text.endswith((".", "!", "?")))
    ):
        return False
    return (
        bool(TITLE.search(text))
        and not OF_A_FILE.match(text)
        and not ADDRESS.search(text)
        and not CRUMBS.match(text)
        and not _known(text)
    )


def _of_a_letter(text):
    few = len(text.split()) <= WORDS_IN_A_MENU and not text.endswith((".", ":"))
    return (few or _of_a_paper(text)) and not _known(text)


def _of_a_paper(text):
    return bool(_of_a_menu(text) or OF_A_FILE.match(text) or ADDRESS.search(text) or NAMED.search(text))


def _of_a_menu(text):
    return plain(re.sub(r"\W{1,5}$", "", text[-60:])) in MENU or bool(CRUMBS.match(text))


def _known(text):
    return kind_of(text) not in (None, "other")
