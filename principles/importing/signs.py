"""What stands before a point of a list, and what only looks like it."""

import re

from principles.headings import MONTHS

SIGNS = "•·▪▫◦●○■□◆◇‣⁃∙➢➤➔✓✔✗★→*+✅☑⬜➡▶►➜🔹🔸✳❖❑❒»"
BULLET = re.compile(rf"^(?P<indent>\s*)(?P<sign>[{re.escape(SIGNS)}\uf000-\uf0ff]|o(?=[\t ]{{2,}}|\t))\s*(?P<text>.*)$")
DASH = re.compile(r"^(?P<indent>\s*)(?P<sign>[-–—])\s+(?P<text>.*)$")
FIGURE = re.compile(
    r"^(?P<indent>\s*)(?P<sign>§\s?\d{1,3}(?:[-.]\d{1,2})*\.?|\(?(?:\d{1,2}(?:\.\d{1,2})+\.?|\d{1,2}[.)]|[a-zæøå][.)]|[ivx]{1,5}[.)]))"
    r"\s+(?P<text>\S.*)$"
)
PLAIN_FIGURE = re.compile(r"^(?P<indent>\s*)(?P<sign>\d{1,2})\s+(?P<text>[A-ZÆØÅ].*)$")
INLINE_BULLET = re.compile(rf"^(?P<head>[^{re.escape(SIGNS)}\uf000-\uf0ff]{{2,90}})(?P<rest>[•▪●\uf000-\uf0ff].*)$")
COUNTED = {
    "klasse", "klasser", "klassen", "klassetrin", "klassetrinn", "trinn", "trin", "trinnet", "årgang", "årgangen", "årstrinn",
    "årssteg", "steg", "semester", "halvår", "kvartal", "termin", "skoleår", "gang", "gongen", "plass", "plads", "ledd",
    "januar", "og", "til", "eller", "and", "to", "fremmedsprog", "grade", "års",
} | set(MONTHS)  # fmt: skip
ORDINAL = re.compile(r"^\(?\d{1,2}\.\s*(?:[-–/]\s*\d|(?P<word>[^\W\d_]+))")


def is_ordinal(line):
    """ "1. klasse", "15. august", "1.–3. trinn": a number that counts a thing and no point of a list."""
    found = ORDINAL.match(line.strip())
    return bool(found) and (found["word"] is None or found["word"] in COUNTED)


def family(sign):
    core = sign.strip("().")
    if re.fullmatch(r"§?\s?\d[\d.-]*", core):
        return "number"
    if re.fullmatch(r"[a-zæøå]|[ivx]{1,5}", core, re.IGNORECASE) and sign != "o":
        return "letter"
    return "dash" if sign in ("-", "–", "—") else sign


def following(sign):
    """The sign of the next point, or ""."""
    core = sign.strip("().")
    if core.isdigit():
        return sign.replace(core, str(int(core) + 1))
    if re.fullmatch(r"(?:\d+\.)+\d+", core):
        begins, _dot, last = core.rpartition(".")
        return sign.replace(core, f"{begins}.{int(last) + 1}")
    return sign.replace(core, chr(ord(core) + 1)) if len(core) == 1 else ""


def is_figure(sign):
    return family(sign) in ("number", "letter")


def count_on(signs):
    """Whether they are 1, 2, 3 or a, b, c, as they would be counted anyway."""
    cores = [sign.strip("().") for sign in signs]
    plain = (
        [str(number) for number in range(1, len(signs) + 1)],
        [chr(ord("a") + at) for at in range(min(len(signs), 26))],
    )
    return cores in plain and len({re.sub(r"\w", "", sign) for sign in signs}) <= 1
