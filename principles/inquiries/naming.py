"""Whether somebody may be named in full in a text. Nothing is stopped by it: whoever writes is offered a call."""

import re
from itertools import pairwise

WORD = re.compile(r"[^\W\d_][\w’'-]*")
BEGINS = re.compile(r"(?:^|[.!?:…\n–—«»“”\"(])[^\w\n]*$")


def may_name_another(text, known):
    """By its form alone, two neighbouring words with a capital, so that nobody learns by it who is in the class. Names that
    are `known`, one's own and those that the page says anyway, are none beside each other, nor after a word that begins
    a sentence."""
    own = {part for name in known for part in _parts(name)}
    return any(_is_named(text, first, last, own) for first, last in pairwise(WORD.finditer(text)))


def _is_named(text, first, last, own):
    between = text[first.end() : last.start()]
    if not between.isspace() or "\n" in between or not (_is_capital(first[0]) and _is_capital(last[0])):
        return False
    begins = BEGINS.search(text[: first.start()]) is not None
    return not (_is_known(last[0], own) and (begins or _is_known(first[0], own)))


def _is_capital(word):
    """A text all in capitals says nothing by them."""
    return word[0].isupper() and not word.isupper()


def _is_known(word, own):
    """Also as "Noras" or "Nora's"."""
    return all(part in own or part.removesuffix("s") in own for part in _parts(word) if part != "s")


def _parts(name):
    return re.findall(r"\w+", name.casefold())
