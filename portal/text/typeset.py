"""Papers as PDF that is both kept for ever (PDF/A-2a) and read aloud (PDF/UA-1)."""

import json
import unicodedata
from functools import lru_cache
from pathlib import Path

import typst
from django.conf import settings

TEMPLATES = Path(settings.BASE_DIR) / "templates"
STANDARDS = ["a-2a", "ua-1"]
ALWAYS_THERE = frozenset(map(chr, range(0x20, 0x17F))) - set(map(chr, range(0x7F, 0xA0))) | {"\n"}
ONE_SIGN = b'#set document(title: "-")\n#set text(font: "Libertinus Serif")\n#json(bytes(sys.inputs.content))'


def pdf(template: str, content: dict, made_at) -> bytes:
    """There is no PDF without the standards: a sign that no bundled font has becomes a box with its name."""
    return _compiled(TEMPLATES / template, _boxed(content), int(made_at.timestamp()))


def _boxed(content):
    if isinstance(content, str):
        return boxed(content)
    if isinstance(content, dict):
        return {key: _boxed(value) for key, value in content.items()}
    return [_boxed(one) for one in content] if isinstance(content, list | tuple) else content


def boxed(text: str) -> str:
    """A sign that can be set alone but not beside its neighbours falls with all of them: then everything that is not
    certain becomes a box."""
    text = unicodedata.normalize("NFC", text)
    said = "".join(sign if _can_be_set(sign) else _box(sign) for sign in text)
    return said if _is_set(said) else "".join(sign if sign in ALWAYS_THERE else _box(sign) for sign in text)


def _box(sign):
    """Joiners and choosers of a variant are nothing that a reader misses."""
    if unicodedata.category(sign) == "Cf" or "VARIATION SELECTOR" in unicodedata.name(sign, ""):
        return ""
    return f"[U+{ord(sign):04X} {unicodedata.name(sign, 'WITHOUT A NAME')}]"


def _can_be_set(sign):
    return sign in ALWAYS_THERE or _alone(sign)


def _is_set(text):
    return ALWAYS_THERE.issuperset(text) or _alone(text)


@lru_cache(maxsize=4096)
def _alone(text):
    try:
        _compiled(ONE_SIGN, text, 0)
    except typst.TypstError:
        return False
    return True


def _compiled(source, content, at):
    return typst.compile(
        source,
        format="pdf",
        sys_inputs={"content": json.dumps(content, ensure_ascii=False)},
        ignore_system_fonts=True,
        timestamp=at,
        pdf_standards=STANDARDS,
    )
