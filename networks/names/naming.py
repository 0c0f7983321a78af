"""Whether a text names one of these children: as they are called, inflected, misspelt, spelt out or run together.

Three answers. What is `named` is a name and nothing else. What is `doubtful` may be a word (Liv, Even, Sol), or only
resembles a name: people are asked. Of the doubtful, those `capital` stand with a capital letter where words have none.
Nicknames are not known. Error rates: tests/networks/names/test_naming.py."""

import re
import unicodedata
from dataclasses import dataclass, field

from networks.names.openers import OPENERS
from networks.names.scripts import bones, bones_of_ours, is_other
from networks.names.words import COMMON, IN_NAMES, NAMES_THAT_ARE_WORDS, POINTING

MARKS = "\u0300-\u036f\u200b-\u200f\ufe00-\ufe0f\u00ad"
WORD = re.compile(rf"(?:[^\W_][{MARKS}]*)+")
PART = re.compile(rf"[^\W\d_](?:[^\W\d_]|[{MARKS}])*")
BEGINS = re.compile(r"(?:^|[.!?:…\n•–—\"“”«»(]|\n\s*[-*\d.)]+)[\s\"“”«»'’(]*$")
INITIALS = re.compile(r"(?<![\w.])(?:[A-ZÆØÅ]\.[ -]?[A-ZÆØÅ](?:\.|(?!\w))|(?P<word>[A-ZÆØÅ]\w+)[ -][A-ZÆØÅ]\.)")
NO_INITIALS = {"p.s.", "a.m.", "p.m."}
LETTERS = str.maketrans(
    "øæđðłþıаеорсухіјѕнкмтвԁɡɑαβεηικνορτυχᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ",
    "oaddltiaeopcyxijshkmtbdgaabehikvoptuxabcdefghijklmnoprstuvwyz",
)
HEARD = str.maketrans(
    "абвгдеёзийіїклмнопрстуфхыэєґαβγδεζηικλμνορστυφχω", "abvgdeezijiiklmnoprstufhyeegavgdeziiklmnorstyfho"
)
HEARD |= str.maketrans({"ж": "zh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sch", "ю": "ju", "я": "ja", "ь": "", "ъ": ""})
DRAWN = {first + place: chr(ord("A") + place) for first in (0x1F150, 0x1F170, 0x1F1E6) for place in range(26)}
SIGNS = re.compile(r"(?<=[^\W\d_])(?:[@$](?!\w*\.\w)|[!|€](?=[^\W\d_]))")
STANDS_FOR = str.maketrans("@$!|€", "asile")
DIGITS = str.maketrans("0134578", "oieasTb".lower())
PLURALS = ("ene", "ane", "erne", "ens", "es", "er", "ar", "en")
ENDINGS = ("n", "m", "t", "in", "nin", "ka", "ita", "ina", "ne", "ni")  # of other languages, after a whole name
FOR_A = ("y", "os", "oj", "ai", "ie", "ej")  # instead of the -a of a name: Nory, Noros
FOR_A_ABROAD = (*FOR_A, "e", "i", "o", "u")  # where the word is of another script
FUZZY = 5  # letters from which a name may be misspelt
SPELT_OUT = 3
PARTS = 4  # in which a name may be written apart
APART = 3  # at most so many signs between the letters or the parts of a name


@dataclass
class Found:
    named: list[str] = field(default_factory=list)
    doubtful: list[str] = field(default_factory=list)
    capital: set[str] = field(default_factory=set)

    def __bool__(self):
        return bool(self.named or self.doubtful)


@dataclass(frozen=True)
class Word:
    said: str
    folded: str
    start: int
    end: int
    begins: bool
    heard: str = ""

    @property
    def is_capital(self):
        return self.said[0].isupper()


def plain(text):
    """As it is read: drawn letters are letters; what joins letters unseen is gone, and marks that no letter has."""
    seen = unicodedata.normalize("NFKC", text).translate(DRAWN)
    return "".join(sign for sign in seen if unicodedata.category(sign) not in ("Cf", "Mn"))


def fold(word):
    """Without case, accents, joiners and look-alikes from other scripts."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", word).casefold().translate(LETTERS))
    return "".join(sign for sign in plain if unicodedata.category(sign) not in ("Mn", "Cf"))


def heard(word):
    """As one says a word in Cyrillic or Greek letters; nothing for others."""
    low = unicodedata.normalize("NFC", word).casefold()
    said = low.translate(HEARD)
    return fold(said) if said != low else ""


def points_at_a_child(text):
    """It speaks of one child without a name: "a boy in the class", "the new pupil"."""
    return any(re.search(rf"\b(?:{words})\b", plain(text).casefold()) for words in POINTING)


def look_for(text, pupils, adults=()):
    """`pupils` and `adults` are pairs of given and family names. An adult's full name is not a child's."""
    names = Names(pupils, adults)
    text = plain(text)
    words = words_of(text)
    found = Found()
    skipped = _full_names(words, names)
    for place, word in enumerate(words):
        if place not in skipped:
            _note(found, word, names.verdict(word))
    for run in spelt_out(words, text):
        joined = "".join(word.folded for word in run)
        if any(len(form) >= SPELT_OUT and form in joined for form in names.forms):
            _add(found.named, text[run[0].start : run[-1].end])
    for run in _parted(words, text):
        joined = "".join(word.folded for word in run)
        if joined in names.forms and len(joined) > SPELT_OUT and run[0].said not in found.named:
            said = text[run[0].start : run[-1].end]
            apart = any(sign.isspace() for sign in said) and any(word.folded in COMMON for word in run)
            _add(found.doubtful if apart else found.named, said)
            if apart and run[0].is_capital and not run[0].begins:
                found.capital.add(said)
    for word in words_of(SIGNS.sub(lambda sign: sign[0].translate(STANDS_FOR), text)):
        if word.said != text[word.start : word.end] and names.verdict(word) == "named":
            _add(found.named, text[word.start : word.end])
    for said in initials(text):
        _add(found.doubtful, said)
        found.capital.add(said)
    found.doubtful = [word for word in found.doubtful if word not in found.named]
    return found


def initials(text):
    """ "A.W.", "Amira W.": whoever is meant by letters, it is somebody."""
    found = [each for each in INITIALS.finditer(text) if fold(each["word"] or "") not in COMMON | OPENERS]
    return list(dict.fromkeys(each[0] for each in found if each[0].casefold() not in NO_INITIALS))


class Names:
    """The forms in which these children may be written, ready to be compared with words."""

    def __init__(self, pupils, adults):
        self.forms, self.given = set(), set()
        for given, family in pupils:
            self.given |= {form for part in _parts(given) for form in _spellings(part)}
            for name in (given, family):
                self.forms |= {form for part in _parts(name) for form in _spellings(part)}
                self.forms |= _spellings("".join(_parts(name)))
            self.forms |= {fold("".join(_parts(given) + _parts(family))), fold("".join(_parts(family) + _parts(given)))}
        self.forms.discard("")
        self.pupils = {(*_folded(given), *_folded(family)) for given, family in pupils}
        self.adults = {(*_folded(given), *_folded(family)) for given, family in adults} - self.pupils
        self.of_adults = {part for name in self.adults for part in name}
        self.long = sorted(form for form in self.forms if len(form) >= FUZZY and not is_word(form))
        self.bones = {each for form in self.forms for each in bones_of_ours(form)}
        self.squeezed = {_squeezed(form) for form in self.forms if len(form) > SPELT_OUT and not is_word(form)}

    def verdict(self, word):
        """ "named", "doubtful" or nothing."""
        if bones(word.said) & self.bones:
            return "doubtful"
        said = [self._verdict(word, folded) for folded in (word.folded, word.heard) if folded]
        return next((one for one in ("named", "doubtful") if one in said), "")

    def _verdict(self, word, folded):
        if any(sign.isdigit() for sign in folded):
            folded = folded.translate(DIGITS) if len(folded) > SPELT_OUT else ""
        if not folded:
            return ""
        for form in {folded, folded.removesuffix("s")} & self.forms:
            is_adults = form not in self.given and form in self.of_adults
            return "doubtful" if is_word(form) or folded in COMMON or is_adults else "named"
        if self._resembles(folded):
            return self._of_resembling(word, folded)
        return "doubtful" if (word.is_capital or word.heard) and self._is_bent(word, folded) else ""

    def _of_resembling(self, word, folded):
        if folded in COMMON:
            return "doubtful" if word.is_capital and not word.begins else ""
        if folded in self.of_adults or folded.removesuffix("s") in self.of_adults or not word.is_capital:
            return "doubtful"
        return "named" if self._is_misspelt(folded) else "doubtful"

    def _resembles(self, folded):
        return self._is_misspelt(folded) or self._is_lengthened(folded)

    def _is_misspelt(self, folded):
        if len(folded) > SPELT_OUT and _squeezed(folded) in self.squeezed:
            return True
        return any(one_edit(form, each) for each in {folded, folded.removesuffix("s")} for form in self.long)

    def _is_bent(self, word, folded):
        """Inflected as in other languages, and no word here."""
        if is_word(folded):
            return False
        endings = FOR_A_ABROAD if word.heard else FOR_A
        stems = {folded.removesuffix(ending) for ending in ENDINGS} - {folded}
        stems |= {folded.removesuffix(ending) + "a" for ending in endings if folded.endswith(ending)}
        return any(len(stem) > SPELT_OUT and stem in self.forms and not is_word(stem) for stem in stems)

    def _is_lengthened(self, folded):
        if any(folded.startswith(form) for form in self.long):
            return True
        stems = {folded.removesuffix(plural) for plural in PLURALS} - {folded}
        return any(len(stem) > SPELT_OUT and stem in self.forms and not is_word(stem) for stem in stems)


def is_word(form):
    return len(form) < SPELT_OUT or form in NAMES_THAT_ARE_WORDS or form in COMMON


def one_edit(one, other):
    """One letter more, fewer or another, or two that changed places."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    start = next((at for at, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), None)
    if start is None:
        return True
    left, right = one[start:], other[start:]
    if len(one) == len(other):
        return left[1:] == right[1:] or (left[1::-1] == right[:2] and left[2:] == right[2:])
    return left[1:] == right if len(one) > len(other) else left == right[1:]


def words_of(text):
    return [
        Word(
            found[0],
            fold(found[0]),
            found.start(),
            found.end(),
            bool(BEGINS.search(text[: found.start()][-40:])),
            heard(found[0]),
        )
        for found in WORD.finditer(text)
    ]


def _parts(name):
    parts = PART.findall(name)
    return [part for part in parts if fold(part) not in IN_NAMES and len(fold(part)) > 1] or parts


def _folded(name):
    return [fold(part) for part in PART.findall(name)]


def _spellings(part):
    """Bjørn is also Bjoern and Bjorn, Aase also Åse."""
    low = unicodedata.normalize("NFC", part).casefold()
    ways = {low, low.replace("å", "aa").replace("ø", "oe").replace("ö", "oe").replace("æ", "ae").replace("ä", "ae")}
    ways.add(low.replace("aa", "å"))
    if len(low) > FUZZY:
        ways |= {low.replace("oe", "ø"), low.replace("ae", "æ")}
    return {fold(way) for way in ways} | {heard(way) for way in ways}


def _full_names(words, names):
    """The places of words that are an adult's full name."""
    skipped = set()
    for place in range(len(words)):
        for name in names.adults:
            if len(name) > 1 and tuple(word.folded for word in words[place : place + len(name)]) == name:
                skipped |= set(range(place, place + len(name)))
    return skipped


def spelt_out(words, text):
    run = []
    for word in [*words, None]:
        if word and len(word.folded) == 1 and (not run or word.start - run[-1].end <= APART):
            run.append(word)
            continue
        if len(run) >= SPELT_OUT:
            yield run
        run = [word] if word and len(word.folded) == 1 else []


def _parted(words, text):
    """Words in a row with little between them, in which one name may be written: "No-ra", or "No" at the end of a line."""
    for start in range(len(words)):
        for end in range(start + 2, min(start + PARTS, len(words)) + 1):
            if words[end - 1].start - words[end - 2].end > APART:
                break
            yield words[start:end]


def _squeezed(word):
    return re.sub(r"(.)\1+", r"\1", word)


def _note(found, word, verdict):
    if verdict:
        _add(getattr(found, verdict), word.said)
        if verdict == "doubtful" and (is_other(word.said) or (word.is_capital and not word.begins)):
            found.capital.add(word.said)


def _add(words, word):
    if word not in words:
        words.append(word)
