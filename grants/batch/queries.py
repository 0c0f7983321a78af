"""The plain cases: every condition is met, nobody has a tie, and all that was asked for can be given."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from grants.models import Attachment, GrantApplication
from grants.models.applications import Status
from grants.queries import budget_of, waiting_for
from portal.people.models import GuardianRelation, Person, SchoolClass
from portal.speech import money


@dataclass(frozen=True)
class Plain:
    application: GrantApplication

    @property
    def pk(self):
        return self.application.pk

    @property
    def amount(self):
        return self.application.amount_requested

    @property
    def choice(self):
        return f"{self.pk}-{self.amount}"

    @property
    def in_short(self):
        words = {
            "class": self.application.school_class.name,
            "title": self.application.gathering.title,
            "amount": money(self.amount),
        }
        return _("%(class)s: %(title)s, %(amount)s") % words


@dataclass(frozen=True)
class Left:
    """What one school has left in one scheme, before any of these."""

    school: object
    left: int | None


def plain_cases(person: Person) -> list[Plain]:
    """In seven questions at any number of cases. None of which the class was asked something and has not answered; what
    came with a file is for somebody to read."""
    answered = [one for one in waiting_for(person) if one.status != Status.NEEDS_INFO]
    waiting = [one for one in answered if not one.relationship_to_decider]
    written = set(_among(waiting).written_by(person).values_list("pk", flat=True))
    awarded = set(
        GrantApplication.objects.awarded()
        .filter(school_class__in=[one.school_class_id for one in waiting])
        .values_list("scheme", "school_class")
    )
    own = set(_classes_of_wards(person))
    to_read = set(
        Attachment.objects.filter(application__in=[one.pk for one in waiting]).values_list("application", flat=True)
    )
    return [
        Plain(one)
        for one in waiting
        if _meets_conditions(one)
        and one.pk not in written | to_read
        and one.applicant_id != person.pk
        and one.school_class_id not in own
        and (one.scheme_id, one.school_class_id) not in awarded
    ]


def _among(applications):
    return GrantApplication.objects.filter(pk__in=[one.pk for one in applications])


def _classes_of_wards(person):
    wards = GuardianRelation.objects.live().in_class(OuterRef("pk")).filter(guardian_id=person.pk)
    return SchoolClass.objects.filter(Exists(wards)).values_list("pk", flat=True)


def _meets_conditions(application):
    scheme = application.scheme
    return (
        scheme.covers(application.school_class)
        and (application.families_invited or 0) >= (application.families_total or 0)
        and application.amount_requested <= scheme.amount
    )


def left_of(plain: list[Plain]) -> list[Left]:
    places = {(one.application.scheme_id, one.application.school_id): one.application for one in plain}
    return [Left(one.school, budget_of(one.scheme, one.school).left) for one in places.values()]
