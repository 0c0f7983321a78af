"""What waits for whoever looks after a principle: what it builds on has changed, what nobody has looked up for
a year, and a link that does not answer."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.people.models import Role
from portal.speech import day
from portal.todos import Todo, waits_for
from principles.models import Principle
from principles.queries import looked_after_by
from principles.references.models import LegalReference, Relation, TextLink

Kind = Role.Kind
OWNERS = (Kind.PRINCIPAL, Kind.DEPUTY, Kind.BOARD_MEMBER, Kind.OFFICE, Kind.MUNICIPALITY_OFFICER)


def _looked_after(rows, hat):
    return rows.filter(principle__in=Principle.objects.filter(looked_after_by(hat)).values("pk"))


def _todo(row, title, detail):
    principle = row.principle
    return Todo(
        title=title % {"title": principle.title},
        url=reverse("principles:tie_list", args=[principle.place_key, principle.slug]),
        detail=detail,
        icon="Link",
        hue="principles",
        of=str(row),
    )


def _behind(hat):
    return _looked_after(Relation.objects.behind(), hat)


def ties_behind(hat):
    return [
        _todo(one, _("Does “%(title)s” still fit what it builds on?"), _("What it builds on has changed."))
        for one in _behind(hat).select_related("principle__school", "principle__municipality")
    ]


def _old(hat):
    return _looked_after(LegalReference.objects.to_check(timezone.localdate()), hat)


def references_to_check(hat):
    """One line for each principle, whose page has them all."""
    rows = _old(hat).select_related("principle__school", "principle__municipality").order_by("principle", "pk")
    first = {one.principle_id: one for one in reversed(rows)}
    return [
        _todo(one, _("Look up what “%(title)s” refers to"), _("Nobody has for a year. Open each link and read."))
        for one in first.values()
    ]


def _silent(hat):
    return _looked_after(LegalReference.objects.silent(), hat)


def links_silent(hat):
    """One line for each principle, as above."""
    rows = _silent(hat).select_related("principle__school", "principle__municipality").order_by("principle", "pk")
    first = {one.principle_id: one for one in reversed(rows)}
    detail = _("Tried on %(day)s. Correct the link, or take it away.")
    return [
        _todo(one, _("A link of “%(title)s” does not answer"), detail % {"day": day(one.tried_on)})
        for one in first.values()
    ]


def _silent_in_text(hat):
    return _looked_after(TextLink.objects.silent_lately(timezone.localdate()), hat)


def text_links_silent(hat):
    """One line for each principle, as above."""
    rows = (
        _silent_in_text(hat).select_related("principle__school", "principle__municipality").order_by("principle", "pk")
    )
    first = {one.principle_id: one for one in reversed(rows)}
    detail = _("It stands in the text, in its decision or in a reply.")
    return [_todo(one, _("A link in “%(title)s” does not answer"), detail) for one in first.values()]


for kind in OWNERS:
    waits_for(kind, among=_behind)(ties_behind)
    waits_for(kind, among=_old)(references_to_check)
    waits_for(kind, among=_silent)(links_silent)
    waits_for(kind, among=_silent_in_text)(text_links_silent)
