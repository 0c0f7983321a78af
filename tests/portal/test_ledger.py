import pytest
from django.core.cache import cache

from portal.ledger import publish as publishing
from portal.ledger import tasks
from portal.ledger.models import Event
from portal.ledger.publish import publish, subscribe
from portal.ledger.tasks import ring, sweep
from portal.people import actions
from portal.people.models import the_portal
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard():
    events = []
    before = list(publishing._subscribers["people.relation_proposed"])
    subscribe("people.relation_proposed", lambda event: events.append(event.pk))
    yield events
    publishing._subscribers["people.relation_proposed"][:] = before


@pytest.fixture
def event():
    child = make.pupil(in_class=make.school_class(at=make.school()))
    actions.propose_relation(make.person(), by=the_portal(), pupil=child)
    return Event.objects.filter(verb="people.relation_proposed").get()


def test_record_keeps_who_what_and_no_name(event):
    assert event.by == the_portal().pk
    assert event.subject_type == "people.GuardianRelation"
    assert event.details == {}


def test_publish_tells_every_subscriber_once(heard, event):
    publish(event.pk)
    publish(event.pk)

    assert heard == [event.pk]


def test_sweep_twice_changes_nothing_more(heard, event):
    sweep()
    sweep()

    assert heard == [event.pk]
    assert not Event.objects.unpublished().exists()


def test_a_subscriber_that_fails_leaves_the_event_for_the_sweep(event):
    before = list(publishing._subscribers[event.verb])

    def fails(event):
        raise RuntimeError("the subscriber fails")

    subscribe(event.verb, fails)
    with pytest.raises(RuntimeError):
        publish(event.pk)
    publishing._subscribers[event.verb][:] = before

    assert Event.objects.unpublished().filter(pk=event.pk).exists()


def test_sweep_goes_on_after_an_event_that_fails(event):
    child = make.pupil(in_class=make.school_class("2A", at=make.school("Moen skole")))
    actions.propose_relation(make.person(), by=the_portal(), pupil=child)
    before = list(publishing._subscribers[event.verb])

    def fails_first(heard):
        if heard.pk == event.pk:
            raise RuntimeError("the subscriber fails")

    subscribe(event.verb, fails_first)
    sweep()
    publishing._subscribers[event.verb][:] = before

    assert list(Event.objects.unpublished().values_list("pk", flat=True)) == [event.pk]


@pytest.fixture
def rung(monkeypatch):
    calls = []
    cache.delete(tasks.BELL)
    monkeypatch.setattr(sweep, "apply_async", lambda args=(), kwargs=None, **options: calls.append(args))
    return calls


def test_a_worker_is_called_once_until_it_has_come(rung, event):
    ring()
    ring()
    assert rung == [()]

    sweep()
    ring()

    assert rung == [(), ()]


def test_many_that_fail_do_not_hold_up_the_rest(rung, event, heard, monkeypatch):
    monkeypatch.setattr(tasks, "SWEEP", 1)
    child = make.pupil(in_class=make.school_class("2A", at=make.school("Moen skole")))
    actions.propose_relation(make.person(), by=the_portal(), pupil=child)
    first, second = Event.objects.unpublished().values_list("pk", flat=True)
    subscribe(event.verb, lambda told: 1 / (told.pk - first))

    sweep()
    assert rung[-1] == (first,)
    sweep(*rung[-1])

    assert list(Event.objects.unpublished().values_list("pk", flat=True)) == [first]
    assert heard[-1] == second


@pytest.mark.django_db(transaction=True)
def test_with_redis_away_what_is_done_stands_and_waits_for_the_sweep(settings, heard):
    child = make.pupil(in_class=make.school_class(at=make.school()))
    here = settings.CACHES
    settings.CACHES = {"default": {**here["default"], "LOCATION": "redis://127.0.0.1:1/0"}}
    actions.propose_relation(make.person(), by=the_portal(), pupil=child)
    event = Event.objects.get(verb="people.relation_proposed")
    assert (event.published_at, heard) == (None, [])

    settings.CACHES = here
    sweep()

    assert heard == [event.pk]
