"""The chapters that several people read."""

from django.utils.translation import gettext_lazy as _

from portal.help import Chapter

GATHERING = Chapter(_("Gathering the class"), 10)
TELLING = Chapter(_("Telling the class"), 22)
TOLD = Chapter(_("What the class is told"), 22)
BEGINNING = Chapter(_("A network begins, and changes hands"), 15)
