"""What the rest of the house reads of the principles in force."""

from django.db.models import F, OuterRef, Q, Subquery

from portal.clauses import Clause as Words
from portal.clauses import gives_clauses
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
