"""How a word of another script is said in ours. Arabic leaves the short vowels out, so there only what is between them is
compared: it can be asked about, and never be sure."""

import re
import unicodedata

ARABIC = re.compile("[\u0620-\u064a\u066e-\u06d3]")
SAID = {
    **dict.fromkeys("بپ", "b"),
    **dict.fromkeys("تثطٹ", "t"),
    **dict.fromkeys("جغگ", "g"),
    **dict.fromkeys("حهہھۀۂە", "h"),
    **dict.fromkeys("خقكک", "k"),
    **dict.fromkeys("دذضڈ", "d"),
    **dict.fromkeys("رڑ", "r"),
    **dict.fromkeys("زسشصظژچ", "s"),
    **dict.fromkeys("فڤ", "f"),
    **dict.fromkeys("ل", "l"),
    **dict.fromkeys("م", "m"),
    **dict.fromkeys("نں", "n"),
}
PAIRS = (("kh", "k"), ("sh", "s"), ("th", "t"), ("gh", "g"), ("dh", "d"), ("ph", "f"), ("ch", "s"), ("x", "ks"))
ONE_FOR = str.maketrans("cqvzp", "kkfsb")
OURS_VOWELS = re.compile("[aeiouyw]")
LEAST = 2  # consonants by which a name is known


def is_other(word):
    """Whether it has a letter of another script than ours."""
    return any(sign.isalpha() and not unicodedata.name(sign, "").startswith("LATIN") for sign in word)


def bones(word):
    """The consonants of an Arabic word; nothing of others."""
    if not ARABIC.search(word):
        return set()
    word = unicodedata.normalize("NFKC", word)
    return {_bare("".join(SAID.get(sign, "") for sign in each)) for each in (word, word.removeprefix("ال"))} - {""}


def bones_of_ours(folded):
    """The consonants of a name in our letters. A `j` may be said like a `g`, or be a vowel."""
    for pair, one in PAIRS:
        folded = folded.replace(pair, one)
    said = OURS_VOWELS.sub("", folded.translate(ONE_FOR))
    return {_bare(said.replace("j", "g")), _bare(said.replace("j", ""))} - {""}


def _bare(said):
    said = re.sub(r"(.)\1+", r"\1", said).removesuffix("h")
    return said if len(said) >= LEAST else ""
