"""Who hears what the ground floor does to people."""

from portal.ledger.models import Event
from portal.ledger.publish import publish
from portal.messaging.kinds import KINDS
from portal.messaging.models import Notice
from portal.people import actions
from tests import make
from tests.ground import once


@once
def lia(db):
    return make.school()


def publish_all():
    for event_id in Event.objects.unpublished().values_list("pk", flat=True):
        publish(event_id)


def heard():
    return [(notice.kind, notice.recipient) for notice in Notice.objects.order_by("pk")]


def test_relation_confirmed_tells_the_guardian(lia):
    nora = make.pupil(in_class=make.school_class(at=lia))
    relation = make.proposed(make.person("Amira"), nora)
    clerk = make.holder("office", lia)

    actions.confirm_relation(relation, by=clerk)
    publish_all()

    assert heard() == [("home.relation_confirmed", relation.guardian)]


def test_relations_confirmed_tells_each_guardian_once(lia):
    in_class = make.school_class(at=lia)
    nora, elias = make.pupil(in_class=in_class), make.pupil("Elias", in_class=in_class)
    amira = make.person("Amira")
    relations = [make.proposed(amira, nora).pk, make.proposed(amira, elias).pk]

    actions.confirm_relations(in_class, by=make.holder("office", lia), relations=relations)
    publish_all()

    assert heard() == [("home.relations_confirmed", amira)]
    assert "Elias" in KINDS["home.relations_confirmed"](Notice.objects.get()).subject


def test_a_proposed_and_a_turned_down_relation_tell_nobody(lia):
    nora = make.pupil(in_class=make.school_class(at=lia))
    relation = make.proposed(make.person("Amira"), nora)

    actions.end_relation(relation, by=make.holder("office", lia))
    publish_all()

    assert heard() == []


def test_role_given_tells_the_holder(lia):
    tom = make.holder("subject_teacher", make.school_class(at=lia))

    role = actions.appoint(tom, by=make.holder("principal", lia), kind="board_member", scope=lia)
    publish_all()

    assert heard() == [("home.role_given", role.person)]


def test_a_restriction_tells_nobody_and_silences_what_waits(lia):
    nora, amira = make.family(make.school_class(at=lia))

    restriction = make.restricted(amira, nora)
    publish_all()
    actions.propose_lift(restriction, by=restriction.set_by)
    publish_all()

    assert heard() == []
