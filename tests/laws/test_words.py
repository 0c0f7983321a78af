"""Law: every text exists in every language, with the same placeholders."""

import re

import polib
import pytest
from django.conf import settings

from portal.home.words import words

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")


@pytest.fixture(scope="module")
def texts():
    return words()


@pytest.mark.parametrize("language", ["nb", "nn", "da"])
def test_every_text_is_translated(texts, language):
    catalogue = polib.pofile(str(settings.LOCALE_PATHS[0] / language / "LC_MESSAGES" / "django.po"))
    translated = {(entry.msgid, entry.msgid_plural or None) for entry in catalogue if entry.translated()}

    assert sorted(text for text in texts if text not in translated) == []


@pytest.mark.parametrize("language", ["nb", "nn", "da"])
def test_translations_keep_their_placeholders(language):
    catalogue = polib.pofile(str(settings.LOCALE_PATHS[0] / language / "LC_MESSAGES" / "django.po"))

    assert [entry.msgid for entry in catalogue if entry.translated() and not _same_placeholders(entry)] == []


def _same_placeholders(entry):
    wanted = set(PLACEHOLDER.findall(entry.msgid)) | set(PLACEHOLDER.findall(entry.msgid_plural or ""))
    given = [entry.msgstr] if not entry.msgid_plural else list(entry.msgstr_plural.values())
    return all(set(PLACEHOLDER.findall(text)) <= wanted for text in given) and any(
        set(PLACEHOLDER.findall(text)) == wanted for text in given
    )
