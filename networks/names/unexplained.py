"""What may be somebody's name, whoever is in the class: asked so of everyone, it tells nobody who is."""

import re

from networks.names.naming import SPELT_OUT, Names, plain, spelt_out, words_of
from networks.names.openers import OPENERS
from networks.names.scripts import is_other
from networks.names.words import CAPITAL, COMMON

LONGEST = 60
HALF, SENTENCE = 2, 4
MIXED = re.compile(r"[^\W\d_]\d+[^\W\d_]")


def every_line(line):
    return True


def sentences(line):
    """Not a title or a few words of a list, where the first word is any word with a capital letter."""
    return len(line.split()) >= SENTENCE or line.rstrip().endswith((".", "!", "?"))


def no_line(line):
    return False


def unexplained(text, adults=(), opening=sentences):
    """Words with a capital letter that are no everyday words and no adult's name, in an `opening` line also where a sentence
    begins; words spelt out, or with digits among their letters; words of another script in a text of ours."""
    known = COMMON | CAPITAL | Names((), adults).of_adults
    text = plain(text)
    words = words_of(text)
    strange = [word for word in words if is_other(word.said)]
    found = [word.said for word in strange if len(strange) * HALF < len(words)]
    for word in words:
        stems = {word.folded, word.folded.removesuffix("s")}
        explained = stems & known or (word.begins and stems & OPENERS)
        is_name = len(word.said) > 1 and word.is_capital and not explained
        if MIXED.search(word.said) or (is_name and (not word.begins or opening(_line(text, word)))):
            found.append(word.said)
    for run in spelt_out(words, text):
        if sum(word.said.isalpha() for word in run) >= SPELT_OUT:
            found.append(text[run[0].start : run[-1].end])
    return list(dict.fromkeys(said[:LONGEST] for said in found))


def _line(text, word):
    return text[text.rfind("\n", 0, word.start) + 1 :].partition("\n")[0]
