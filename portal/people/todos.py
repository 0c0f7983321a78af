"""What waits for the school office, and for those who must confirm what another person has set."""

from django.db.models import Count, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.people.models import AccessRestriction, Doubt, GuardianRelation, Person, Role, School, SignInMove
from portal.people.queries.moves import waiting_moves
from portal.people.rules import fills_post
from portal.todos import Todo, waits_for


@waits_for(Role.Kind.OFFICE)
@waits_for(Role.Kind.PRINCIPAL)
@waits_for(Role.Kind.DEPUTY)
@waits_for(Role.Kind.MUNICIPALITY_OFFICER)
def what_waits(hat):
    doubts = Doubt.objects.open().visible_to(hat.person)
    restrictions = AccessRestriction.objects.visible_to(hat.person).waiting(timezone.localdate())
    rows = [
        doubts.filter(school=hat.school) if hat.school else doubts,
        restrictions.exclude(lifted_by=hat.person).exclude(confirmed_by=None, set_by=hat.person),
    ]
    if hat.school:
        rows.append(GuardianRelation.objects.at_offices_of(hat.person).at([hat.school.pk]).proposed())
    counts = Person.objects.filter(pk=hat.person.pk).values_list(*map(_count_of, rows))
    twice, restricted, *relations = counts.get()
    return [*_relations_to_confirm(sum(relations)), *_doubts_to_judge(twice), *_restrictions_to_confirm(restricted)]


def _count_of(rows):
    counted = rows.order_by().values(one=Value(1)).annotate(total=Count("pk")).values("total")
    return Coalesce(Subquery(counted), 0)


def _relations_to_confirm(waiting):
    if not waiting:
        return []
    title = ngettext("Confirm %(n)s guardian", "Confirm %(n)s guardians", waiting) % {"n": waiting}
    detail = _("Until then they see nothing and get no messages.")
    return [Todo(title=title, url=reverse("people:relation_list"), detail=detail, icon="PersonGroup")]


def _proposed(hat):
    roles = Role.objects.visible_to(hat.person).proposed().exclude(person=hat.person)
    return roles.at(hat.school) if hat.school else roles


@waits_for(Role.Kind.OFFICE, among=_proposed)
@waits_for(Role.Kind.PRINCIPAL, among=_proposed)
@waits_for(Role.Kind.DEPUTY, among=_proposed)
@waits_for(Role.Kind.MUNICIPALITY_OFFICER, among=_proposed)
def roles_to_confirm(hat):
    roles = _proposed(hat).select_related("school", "school_class__school", "municipality")
    waiting = _posts_to_fill(hat.person, list(roles))
    if not waiting:
        return []
    title = ngettext("Confirm %(n)s role", "Confirm %(n)s roles", waiting) % {"n": waiting}
    return [Todo(title=title, url=reverse("people:role_list"), icon="HatSchool")]


def _posts_to_fill(person, roles):
    """Asks once for each post, and once for all classes of a school whose office the person runs."""
    run = set(School.objects.run_by(person).values_list("pk", flat=True)) if roles else set()
    may = {}
    for role in roles:
        of_office = role.school_class is not None and role.school_class.school_id in run
        if (role.kind, role.scope) not in may:
            may[role.kind, role.scope] = of_office or fills_post(person, role.kind, role.scope)
    return sum(may[role.kind, role.scope] for role in roles)


def _doubts_to_judge(waiting):
    if not waiting:
        return []
    title = ngettext("Say whether %(n)s person is here twice", "Say whether %(n)s persons are here twice", waiting)
    detail = _("A file names them under another key. Until then nothing about them is changed.")
    return [Todo(title=title % {"n": waiting}, url=reverse("rosters:doubt_list"), detail=detail, icon="PersonGroup")]


def _restrictions_to_confirm(waiting):
    if not waiting:
        return []
    title = ngettext("A restriction waits for a second person", "%(n)s restrictions wait for a second person", waiting)
    return [Todo(title=title % {"n": waiting}, url=reverse("people:restriction_list"), icon="ShieldLock")]


def _moving(hat):
    return SignInMove.objects.visible_to(hat.person)


@waits_for(Role.Kind.OFFICE, among=_moving)
@waits_for(Role.Kind.PRINCIPAL, among=_moving)
@waits_for(Role.Kind.DEPUTY, among=_moving)
@waits_for(Role.Kind.MUNICIPALITY_OFFICER, among=_moving)
def sign_ins_to_answer(hat):
    waiting = len(waiting_moves(hat.person))
    if not waiting:
        return []
    title = ngettext(
        "May the address or phone of %(n)s person change?",
        "May the address or phone of %(n)s people change?",
        waiting,
    )
    detail = _("Another school has asked, and nobody can be asked at the old address.")
    return [Todo(title=title % {"n": waiting}, url=reverse("people:move_list"), detail=detail, icon="PadlockLocked")]
