"""What we carry of others is what they published, and nothing else lies beside it."""

import hashlib
import re

from django.conf import settings

from portal.home.context import ICONS
from portal.packages import ours
from portal.speech import STATUSES
from tests.laws.verdict import allow_none

STATIC = settings.BASE_DIR / "static"
CHECKSUMS = STATIC / "vendor" / "CHECKSUMS"
WHERE_ICONS_ARE_NAMED = [
    *(settings.BASE_DIR / "templates").rglob("*.html"),
    *(path for room in ours() for path in (settings.BASE_DIR / room).rglob("*.py")),
]
CODE = [*WHERE_ICONS_ARE_NAMED, STATIC / "js" / "enhance.js"]
WRITTEN = re.compile(r"""icon(?: |=|": |_)"([A-Z]\w+)\"""")


def listed():
    rows = (line.split() for line in CHECKSUMS.read_text().splitlines() if line and not line.startswith("#"))
    return {path: digest for digest, path, *_rest in rows}


def test_every_vendored_file_is_as_published():
    actual = {path: hashlib.sha256((STATIC / path).read_bytes()).hexdigest() for path in listed()}

    assert actual == listed()


def test_every_vendored_file_is_listed():
    lying_there = {
        str(path.relative_to(STATIC))
        for path in (STATIC / "vendor").rglob("*")
        if path.is_file() and path.name != "CHECKSUMS" and path.parent.name != "licences"
    }

    assert lying_there == set(listed())


def test_every_icon_named_is_in_the_sprite():
    sprite = set(re.findall(r'<symbol id="(\w+)"', (STATIC / "icons.svg").read_text()))
    named = {name for path in WHERE_ICONS_ARE_NAMED for name in WRITTEN.findall(path.read_text())}

    named |= set(ICONS.values()) | {symbol for symbol, _word, _color in STATUSES.values()}

    allow_none(named - sprite, "the icon {} is not in static/icons.svg")


def test_nothing_lies_in_the_sprite_or_the_style_sheet_that_nobody_uses():
    said = set(re.findall(r"[\w-]+", "\n".join(path.read_text() for path in CODE)))
    icons = re.findall(r'<symbol id="(\w+)"', (STATIC / "icons.svg").read_text())
    classes = re.findall(r"\.((?:sb|ds)-[\w-]+)", (STATIC / "css" / "skolebro.css").read_text())

    allow_none([name for name in (*icons, *classes) if name not in said], "nobody uses {}: delete it")


def test_no_class_of_ours_is_written_that_the_style_sheet_does_not_know():
    known = set(re.findall(r"\.(sb-[\w-]+)", (STATIC / "css" / "skolebro.css").read_text()))
    written = {name for path in CODE for name in re.findall(r"(?<![\w-])sb-[\w-]*\w", path.read_text())}

    allow_none(written - known, "the class {} is not in static/css/skolebro.css")
