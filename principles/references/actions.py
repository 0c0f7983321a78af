"""What a principle builds on, tied and looked at again; and what law and municipality say, with the day of the look."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.actions import action
from portal.ledger.record import record
from portal.people.models import Person
from portal.people.rules import only_the_portal
from principles.models import Principle
from principles.references import rules
from principles.references.models import (
    BuildsOnItself,
    LegalReference,
    LinkChanged,
    Relation,
    TextLink,
    TiedAlready,
)

FIELDS = ("kind", "title", "number", "link", "quote", "checked_on")


@action(
    may=rules.can_tie,
    claims=Principle.objects.all,
    records="principles.principles_tied",
    refuses=(TiedAlready, BuildsOnItself),
)
def tie_principles(principle: Principle, *, by: Person, other: Principle, kind: str) -> Relation:
    """Say that it builds on another, or that the other should be read too; both pages lead to each other. Refused when
    they are tied, and in a circle."""
    if other.pk == principle.pk or (kind == Relation.Kind.BUILDS_ON and principle.pk in _below(other.pk)):
        raise BuildsOnItself
    try:
        with transaction.atomic():
            relation = Relation.objects.create(principle=principle, other=other, kind=kind)
    except IntegrityError as twice:
        raise TiedAlready from twice
    record("principles.principles_tied", relation, by=by)
    return relation


def _below(key):
    """Everything that a principle builds on, however far down."""
    found, ask = set(), {key}
    while ask:
        rows = Relation.objects.filter(principle__in=ask, kind=Relation.Kind.BUILDS_ON)
        ask = set(rows.values_list("other", flat=True)) - found
        found |= ask
    return found


@action(may=rules.can_untie, claims=Relation.objects.all, deletes=True, records="principles.principles_untied")
def untie_principles(relation: Relation, *, by: Person) -> None:
    """The two have nothing to do with each other any more."""
    record("principles.principles_untied", relation, by=by)
    relation.delete()


@action(may=rules.can_untie, claims=Relation.objects.all, records="principles.relation_looked_at")
def look_at_relation(relation: Relation, *, by: Person) -> None:
    """What it builds on has changed, and it still fits."""
    relation.looked_at = timezone.now()
    relation.save(update_fields=["looked_at"])
    record("principles.relation_looked_at", relation, by=by)


@action(may=rules.can_refer, claims=Principle.objects.all, records="principles.reference_added")
def add_reference(principle: Principle, *, by: Person, **words) -> LegalReference:
    """Say what law, municipality or guidance says of the matter, and when somebody looked it up."""
    reference = LegalReference.objects.create(principle=principle, **_of(words))
    record("principles.reference_added", reference, by=by)
    return reference


@action(may=rules.can_manage_reference, claims=LegalReference.objects.all, records="principles.reference_checked")
def check_reference(reference: LegalReference, *, by: Person, **words) -> None:
    """Correct it, or say that it is still so: the day of the look stands beside it. A new link is tried soon; one that
    somebody has opened is not tried before a year has passed."""
    link = reference.link
    for name, said in _of(words).items():
        setattr(reference, name, said)
    reference.answers, reference.tried_on = None, timezone.localdate() if reference.link == link else None
    reference.save()
    record("principles.reference_checked", reference, by=by)


@action(may=only_the_portal, claims=LegalReference.objects.all, records="principles.link_tried", refuses=(LinkChanged,))
def note_link(reference: LegalReference, *, by: Person, link: str, answers: bool) -> None:
    """Note on which day the link was tried, and whether it answered. Refused when it was changed meanwhile."""
    if reference.link != link:
        raise LinkChanged
    reference.tried_on, reference.answers = timezone.localdate(), answers
    reference.save(update_fields=["tried_on", "answers"])
    record("principles.link_tried", reference, by=by, answers=answers)


@action(may=only_the_portal, claims=Principle.objects.all, records="principles.text_links_found")
def keep_text_links(principle: Principle, *, by: Person, links: set[str]) -> None:
    """Keep which links stand in its text; what the clock knew of those that stand there no more is deleted."""
    principle.text_links.exclude(link__in=links).delete()
    new = [TextLink(principle=principle, link=link) for link in sorted(links)]
    TextLink.objects.bulk_create(new, ignore_conflicts=True)
    record("principles.text_links_found", principle, by=by, links=len(links))


@action(may=only_the_portal, claims=TextLink.objects.all, records="principles.text_link_tried")
def note_text_link(found: TextLink, *, by: Person, answers: bool) -> None:
    """Note on which day it was tried, whether it answered, and since when it does not."""
    found.tried_on, found.answers = timezone.localdate(), answers
    found.silent_since = None if answers else found.silent_since or found.tried_on
    found.save(update_fields=["tried_on", "answers", "silent_since"])
    record("principles.text_link_tried", found, by=by, answers=answers)


@action(
    may=rules.can_manage_reference,
    claims=LegalReference.objects.all,
    deletes=True,
    records="principles.reference_removed",
)
def remove_reference(reference: LegalReference, *, by: Person) -> None:
    """It is of no use any more."""
    record("principles.reference_removed", reference, by=by)
    reference.delete()


def _of(words):
    return {name: words[name] for name in FIELDS if name in words}
