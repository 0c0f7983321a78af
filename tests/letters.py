"""The e-mails of the demo's town: every kind that can be written about one of its rows, in every shape of the frame."""

from contextlib import suppress
from itertools import product
from urllib.parse import urlsplit

from django.apps import apps
from django.db import transaction
from django.utils import timezone, translation

from portal.messaging import composing, frames
from portal.messaging.kinds import KINDS
from portal.messaging.letters import Button
from portal.messaging.models import Notice, naming

SUBJECTS = (
    "networks.Gathering",
    "networks.SharedNormAgreement",
    "conferences.Conference",
    "conferences.ConferenceRound",
    "conferences.InterpreterRequest",
    "conferences.ExtraRequest",
    "grants.GrantApplication",
    "principles.PrincipleVersion",
    "principles.Inquiry",
    "principles.Hearing",
    "principles.Matrix",
    "principles.CooperationSurvey",
    "principles.Principle",
    "principles.Communication",
    "principles.Supervision",
    "principles.FurtherQuestion",
    "principles.SupervisionResult",
    "people.Role",
    "people.GuardianRelation",
    "people.SchoolClass",
    "schoolyear.SchoolEvent",
)
LONG = "Foreldrerådsarbeidsutvalgsmedlemskapsordning" * 3
SHOWN = "https://skolebro.example.no/g/" + "x" * 60


def letters_of(people):
    """{kind: (kind, letter, person)} for every kind that has words for one of these people about a row of the town."""
    subjects = [row for label in SUBJECTS for row in apps.get_model(label)._base_manager.order_by("pk")[:3]]
    found = {}
    for name, kind in KINDS.items():
        fitting = [row for row in subjects if name.split(".")[0] in (row._meta.app_label, "home")]
        for subject, person in product(fitting, people):
            notice = Notice(kind=name, recipient=person, not_before=timezone.now(), **naming(subject))
            with suppress(Exception), transaction.atomic(), translation.override(person.language):
                found[name] = name, kind(notice), person
                break
    return found


def links_in(letter):
    return [urlsplit(button.url).path for button in letter.buttons]


def mails(written):
    """{what it is: HTML} of each letter by itself, and of all that go to one person as one e-mail."""
    found, together = {}, {}
    for name, letter, person in written:
        found[f"mail {name}"] = _html([letter], person)
        together.setdefault(person, []).append(letter)
    return found | {f"mail of {len(all_)} letters": _html(all_, who) for who, all_ in together.items()}


def _html(letters, person):
    with translation.override(person.language):
        mail = composing.mail_of(letters, person, key="x", school="Bjørkåsen skole", preferences_url=SHOWN)
        return mail.alternatives[0][0]


def shapes_of_mail():
    """Every part of the frame present and absent, with words that do not fit, in both writing directions."""
    found = {}
    for language, count in product(("nb", "ar"), range(4)):
        with translation.override(language):
            context = {
                "subject": LONG,
                "heading": LONG,
                "preheader": LONG * bool(count),
                "paragraphs": [f"<b>{LONG}\n{LONG}"] * count,
                "facts": [("", LONG), (LONG, LONG), ("Hvor", "Gapahuken")][:count],
                "buttons": [Button(LONG, SHOWN)] * count,
                "closing": [LONG] * count,
                "footer": [LONG] * count,
                "links": [(LONG, SHOWN)] * count,
                "school": LONG * bool(count),
                "language": language,
                "dir": "rtl" if language == "ar" else "ltr",
            }
            found[f"mail with {count} of each in {language}"] = frames.bodies(context)[1]
    return found
