"""Law: every text exists in every language, once, with the same placeholders and one kind of quotation marks."""

import re
import shutil
import subprocess

import polib
import pytest
from django.conf import settings

from portal.home.words import words
from tests.laws.verdict import allow_none

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
QUOTED = {"nb": "«»", "nn": "«»", "da": "»«"}
MSGFMT = shutil.which("msgfmt")


@pytest.fixture(scope="module")
def texts():
    return words()


def where(language):
    return f"fill it in in locale/{language}/LC_MESSAGES/django.po"


@pytest.mark.parametrize("language", ["nb", "nn", "da"])
def test_every_text_is_translated(texts, language):
    catalogue = polib.pofile(str(settings.LOCALE_PATHS[0] / language / "LC_MESSAGES" / "django.po"))
    translated = {(entry.msgid, entry.msgid_plural or None) for entry in catalogue if entry.translated()}

    missing = [text for text, plural in texts if (text, plural) not in translated]

    allow_none(missing, f"{{!r}} is not translated to {language}: run manage.py words, and {where(language)}")


@pytest.mark.parametrize("language", ["nb", "nn", "da"])
def test_translations_keep_their_placeholders(language):
    catalogue = polib.pofile(str(settings.LOCALE_PATHS[0] / language / "LC_MESSAGES" / "django.po"))

    wrong = [entry.msgid for entry in catalogue if entry.translated() and not _same_placeholders(entry)]

    allow_none(wrong, f"{{!r}} has other places than its translation to {language}: {where(language)}")


def test_a_text_stands_once(texts):
    """With a plural in one place and none in another it stands twice in a catalogue, which no other tool can read."""
    plurals = {}
    for text, plural in texts:
        plurals.setdefault(text, set()).add(plural)

    wrong = [text for text, forms in plurals.items() if len(forms) > 1]

    allow_none(wrong, "{!r} is said with a plural and without, or with two plurals: say it in one way everywhere")


@pytest.mark.skipif(not MSGFMT, reason="gettext is not on this machine")
@pytest.mark.parametrize("language", ["nb", "nn", "da"])
def test_other_tools_can_read_the_catalogues(language):
    path = settings.LOCALE_PATHS[0] / language / "LC_MESSAGES" / "django.po"

    read = subprocess.run([MSGFMT, "-c", "--check-format", "-o", "-", path], capture_output=True, check=False)

    assert read.returncode == 0, read.stderr.decode()


@pytest.mark.parametrize("language", QUOTED)
def test_what_is_quoted_stands_in_one_kind_of_marks(language):
    catalogue = polib.pofile(str(settings.LOCALE_PATHS[0] / language / "LC_MESSAGES" / "django.po"))
    said = [text for entry in catalogue for text in (entry.msgstr, *entry.msgstr_plural.values())]

    wrong = [text for text in said if re.sub("[^«»„“”]", "", text).replace(QUOTED[language], "")]

    allow_none(wrong, f"{{!r}} is quoted in other marks than {QUOTED[language]}: {where(language)}")


def _same_placeholders(entry):
    wanted = set(PLACEHOLDER.findall(entry.msgid)) | set(PLACEHOLDER.findall(entry.msgid_plural or ""))
    given = [entry.msgstr] if not entry.msgid_plural else list(entry.msgstr_plural.values())
    return all(set(PLACEHOLDER.findall(text)) <= wanted for text in given) and any(
        set(PLACEHOLDER.findall(text)) == wanted for text in given
    )
