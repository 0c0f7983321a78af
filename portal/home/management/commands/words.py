"""Bring locale/*.po in step with the code: new texts come in empty, removed ones leave, translations stay."""

import polib
from django.conf import settings
from django.core.management.base import BaseCommand

from portal.home.words import words

TRANSLATED = ("nb", "nn", "da")


class Command(BaseCommand):
    help = "Collect every text to be translated into locale/<language>/LC_MESSAGES/django.po."
    requires_system_checks = []

    def handle(self, **options):
        texts = words()
        for language in TRANSLATED:
            path = settings.LOCALE_PATHS[0] / language / "LC_MESSAGES" / "django.po"
            catalogue = _brought_in_step(path, texts, language)
            path.parent.mkdir(parents=True, exist_ok=True)
            catalogue.save(str(path))
            missing = len(catalogue.untranslated_entries())
            self.stdout.write(f"{language}: {len(catalogue)} texts, {missing} not translated")


def _brought_in_step(path, texts, language):
    known = (
        {(entry.msgid, entry.msgid_plural or None): entry for entry in polib.pofile(str(path))} if path.exists() else {}
    )
    catalogue = polib.POFile(wrapwidth=110)
    catalogue.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Language": language,
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    for (text, plural), places in texts.items():
        entry = known.get((text, plural)) or _empty(text, plural)
        entry.occurrences = [(place, "") for place in places]
        entry.flags = ["python-format"] if "%(" in text else []
        catalogue.append(entry)
    return catalogue


def _empty(text, plural):
    if plural:
        return polib.POEntry(msgid=text, msgid_plural=plural, msgstr_plural={0: "", 1: ""})
    return polib.POEntry(msgid=text, msgstr="")
