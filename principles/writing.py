"""A version is written from an outline, or copied from the one before, in as many queries for any number of points."""

from django.db.models import Max

from principles.descent.likeness import Point, settled
from principles.descent.models import Descent
from principles.descent.tracing import trace
from principles.models import Clause, PrincipleSection, PrincipleVersion

OWN_LANGUAGES = dict(PrincipleVersion.Language.choices)


def write(principle, number, outline, descents=()):
    """`descents` says of each point of the outline, in order, where it comes from; without it all are new."""
    version = PrincipleVersion.objects.create(
        principle=principle,
        number=number,
        title=outline.title,
        language=outline.language if outline.language in OWN_LANGUAGES else _language_at(principle),
        introduction=outline.introduction,
        notes="\n".join(outline.notes),
        updated_on=outline.updated_on,
    )
    sections = PrincipleSection.objects.bulk_create(
        PrincipleSection(
            version=version,
            kind=read.kind,
            heading=read.heading[:160],
            lead=read.lead,
            closing=read.closing,
            position=position,
        )
        for position, read in enumerate(outline.sections, 1)
    )
    clauses = [
        Clause(version=version, section=section, position=place, party=read.party or section.usual_party, text=text)
        for section, read in zip(sections, outline.sections, strict=True)
        for place, text in enumerate(read.clauses, 1)
    ]
    fresh, told = highest_number(principle), {}
    for clause, descends in zip(clauses, settled(descents) or [None] * len(clauses), strict=True):
        fresh += descends is None or descends.same is None
        clause.number = fresh if descends is None or descends.same is None else descends.same
        told |= _told(clause, descends)
    Clause.objects.bulk_create(clauses)
    trace(version, told)
    return version


def _told(clause, descends):
    if descends is None:
        return {}
    split = {clause.number: (Descent.Kind.SPLIT, descends.split)} if descends.split is not None else {}
    return split | dict.fromkeys(descends.takes, (Descent.Kind.MERGED, clause.number))


def copy_of(newest, number):
    copied = PrincipleVersion.objects.create(
        principle=newest.principle,
        number=number,
        title=newest.title,
        language=newest.language,
        introduction=newest.introduction,
        notes=newest.notes,
        updated_on=newest.updated_on,
    )
    clauses = list(newest.clauses.all())
    sections = {section.pk: section for section in newest.sections.all()}
    for row in (*sections.values(), *clauses):
        row.pk, row.version, row._state.adding = None, copied, True
    PrincipleSection.objects.bulk_create(sections.values())
    for clause in clauses:
        clause.section = sections[clause.section_id]
    Clause.objects.bulk_create(clauses)
    trace(copied)
    return copied


def points_of(version):
    """The points of a version, in order, each under its heading."""
    rows = version.clauses.values_list("number", "text", "section__heading")
    return [Point(number, text, heading) for number, text, heading in rows]


def texts_of_outline(outline):
    return [(section.heading, text) for section in outline.sections for text in section.clauses]


def highest_number(principle):
    return principle.lineages.aggregate(last=Max("number"))["last"] or 0


def _language_at(principle):
    return principle.school.language_form if principle.school else PrincipleVersion.Language.BOKMAAL
