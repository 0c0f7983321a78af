"""What was said or done in a case and stands in no row of its own: noted when it happens, a paper for the archive."""

from datetime import datetime
from functools import partial

from django.utils import timezone
from django.utils.translation import gettext as _

from grants.letters import office_of, paper_pdf
from grants.papers import Paper, Way, adds_to


def note(application, key: str, way: Way, *lines, at: datetime | None = None) -> None:
    """Keep these lines, in the language of the answer, as they read today, or were written at another time."""
    said = {
        "key": key,
        "at": (at or timezone.now()).isoformat(),
        "way": str(way),
        "lines": [str(line) for line in lines],
    }
    application.noted = [*application.noted, said]
    application.save(update_fields=["noted"])
    adds_to(application)


def noted(application, key: str, title: str) -> list[Paper]:
    """Each time that something was noted under this key."""
    found = [(one, datetime.fromisoformat(one["at"])) for one in application.noted if one["key"] == key]
    return [
        said_paper(application, f"{key}-{number}", title, at, Way(one["way"]), *one["lines"])
        for number, (one, at) in enumerate(found, start=1)
    ]


def said_paper(application, key, title, at, way, *lines) -> Paper:
    """A short paper: what the class or the office said, with its title above."""
    party = _("Class %(class)s") % {"class": application.school_class.name}
    by = party if way == Way.IN else office_of(application)
    return Paper(key, title, at, way, by, partial(_pdf, application, title, at, lines))


def _pdf(application, title, at, lines):
    parts = [{"heading": title, "lines": [line for line in lines if line], "items": []}]
    return paper_pdf(application, title, at, parts)
