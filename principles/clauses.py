"""What the rest of the house reads of the principles in force, and where a point leads."""

from django.db.models import F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.clauses import Clause as Words
from portal.clauses import Done, gives_clauses, says_where_it_is_done
from portal.people.models import Enrolment
from principles.guide.models import FirstContact
from principles.guide.queries import wards_guided
from principles.models import Clause, Lineage, PrincipleVersion


@gives_clauses
def clauses_in_force(*, lineages=None, school=None):
    """One query. Principles in force are public, so nobody is asked for."""
    clauses = Clause.objects.filter(version__in=PrincipleVersion.objects.in_force()).annotate(lineage=_lineage())
    if school:
        own = Q(version__principle__school=school)
        shared = Q(version__principle__school=None, version__principle__municipality=school.municipality_id)
        clauses = clauses.filter(own | shared)
    else:
        clauses = clauses.filter(lineage__in=lineages)
    rows = clauses.select_related("version__principle__school").order_by(
        F("version__principle__school").asc(nulls_last=True),
        "version__principle__title",
        "section__position",
        "position",
    )
    return [_said(row) for row in rows]


def _lineage():
    same = Lineage.objects.filter(principle=OuterRef("version__principle"), number=OuterRef("number"))
    return Subquery(same.values("pk"))


def _said(row):
    """By the address of the principle, which always shows what is in force."""
    principle = row.version.principle
    return Words(
        lineage=row.lineage,
        number=row.number,
        text=row.text,
        language=row.version.language,
        title=row.version.title,
        url=f"{principle.get_absolute_url()}#{row.anchor}",
    )


def first_points(schools):
    """The points in force that say, at these schools, whom a family turns to first. Two queries."""
    chosen = FirstContact.objects.filter(school__in=[school.pk for school in schools], point__isnull=False)
    return clauses_in_force(lineages=chosen.values("point"))


@says_where_it_is_done
def guides_that_follow(lineages, person):
    """To a guardian, the adults around each child at a school where the point says whom to turn to first. Two queries."""
    schools = dict(FirstContact.objects.filter(point__in=lineages).values_list("school", "point"))
    if not schools:
        return []
    label = _("Whom can I talk to about %(child)s?")
    places = Enrolment.objects.current().filter(pupil__in=wards_guided(person), school_class__school__in=schools)
    found = places.order_by("pupil").values_list("school_class__school", "pupil__given_name", "pupil__key").distinct()
    return [
        Done(schools[school], label % {"child": name}, reverse("principles:guide_show", args=[key]))
        for school, name, key in found
    ]
