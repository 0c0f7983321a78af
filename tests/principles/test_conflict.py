"""When children disagree: whose guide it is, whom one may call, what is passed on, and that nothing of it stays."""

import re
from datetime import timedelta

import pytest
from django.apps import apps
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.help import chapters_for
from portal.ledger.models import Event
from portal.messaging.models import Notice, Preference
from portal.messaging.sending import send
from portal.people import actions
from portal.people.hats import PARENT
from portal.people.models import AddressProtection, Person, School
from portal.people.queries.others import others_in
from principles.guide.actions import ask_to_be_called
from principles.help import DISAGREEING
from tests import make
from tests.ground import once
from tests.pages import address, as_, markup, text
from tests.threads import in_a_thread

pytestmark = pytest.mark.django_db
today = timezone.localdate
MINE, HERS = "+4741200401", "+4741200402"
SAID = "We have passed it on where we can."


@once
def lia(db):
    """Nora's mother Amira; Omar, whose mother shares her number; Iver, whose father shares his name and no number; Per,
    whose home shares nothing."""
    lia = make.school("Lia skole")
    School.objects.filter(pk=lia.pk).update(phone="+4761000000")
    lia.here = make.school_class("3B", at=lia, grades=[3])
    lia.nora, lia.amira = make.family(lia.here, phone=MINE, email="amira@example.org")
    lia.omar, lia.karla = make.family(
        lia.here, pupil_name="Omar", adult_name="Karla", family_name="Holm", phone=HERS, email="karla@example.org"
    )
    lia.iver, lia.jonas = make.family(
        lia.here, pupil_name="Iver", adult_name="Jonas", family_name="Lunde", email="jonas@example.org"
    )
    lia.per, lia.petra = make.family(
        lia.here, pupil_name="Per", adult_name="Petra", family_name="Dahl", email="petra@example.org"
    )
    shares(lia.karla, "phone")
    shares(lia.jonas, "name")
    lia.pia = make.holder("principal", lia, "Pia", "Hauge", phone="+4741200403")
    lia.odd = make.holder("office", lia, "Odd")
    actions.choose_ways(lia.pia, by=lia.pia, ways=["phone"])
    return lia


@pytest.fixture(autouse=True)
def _day():
    cache.clear()
    Preference.objects.all().delete()


def shares(person, *fields):
    actions.choose_directory(person, by=person, fields=list(fields))


def awake(*people):
    """At whatever hour the test runs."""
    for person in people:
        Preference.objects.update_or_create(person=person, defaults={"quiet_from": "00:00", "quiet_until": "00:00"})


def guide(reader, child, page="conflict_show", *args):
    return as_(reader).get(address("principles", page, child.key, *args))


def place_of(pupil):
    return pupil.enrolments.get().pk


def call(reader, child, other):
    return guide(reader, child, "conflict_call", place_of(other))


def ask(reader, child, other):
    return as_(reader).post(address("principles", "conflict_call", child.key, place_of(other)), follow=True)


def rows():
    kept = {model for model in apps.get_models() if model._meta.app_label != "sessions"}
    return {model._meta.label: model._base_manager.count() for model in kept if model._meta.managed}


# Whose it is


def test_the_ladder_stands_bottom_first(lia):
    shown = text(guide(lia.amira, lia.nora))

    steps = [shown.index(step) for step in ("1. Call the parents", "2. Ask those who work", "3. Call the management")]
    assert steps == sorted(steps)
    assert "Pia Hauge" in shown
    assert "Words to begin with" in shown
    assert 'href="tel:+4741200403"' in markup(guide(lia.amira, lia.nora))


def test_only_a_guardian_of_today_opens_it(lia):
    cato = make.guardian("Cato", of=lia.nora)
    make.restricted(cato, lia.nora)
    proposed = make.person("Paula")
    make.proposed(proposed, lia.nora)
    old = make.pupil("Ida", in_class=lia.here, born_on=today() - timedelta(days=13 * 366))

    for reader, child in (
        (cato, lia.nora),
        (proposed, lia.nora),
        (lia.pia, lia.nora),
        (lia.karla, lia.nora),
        (old, old),
    ):
        assert guide(reader, child).status_code == 404
        assert call(reader, child, lia.omar).status_code == 404
        assert ask(reader, child, lia.iver).status_code == 404
    assert not Notice.objects.exists()


def test_the_rule_of_the_action_is_that_of_the_page(lia):
    with pytest.raises(PermissionDenied):
        ask_to_be_called(lia.nora, by=lia.karla, place=place_of(lia.iver))


def test_whoever_has_one_child_is_led_to_its_guide_and_whoever_has_two_chooses(lia):
    choose = address("principles", "conflict_choose")
    assert as_(lia.amira).get(choose).url == address("principles", "conflict_show", lia.nora.key)

    make.confirmed(lia.amira, make.pupil("Liv", in_class=lia.here))
    shown = as_(lia.amira).get(choose)

    assert "Which of your children is it about?" in text(shown)
    assert address("principles", "conflict_show", lia.nora.key) in markup(shown)


def test_the_pages_that_lead_there(lia):
    guide_of_nora = address("principles", "conflict_show", lia.nora.key)

    for page in (as_(lia.amira).get("/"), as_(lia.amira).get(address("people", "child_show", lia.nora.key))):
        assert guide_of_nora in markup(page)
    assert guide_of_nora in markup(guide(lia.amira, lia.nora, "guide_show"))
    on_class_page = address("principles", "conflict_choose")
    assert on_class_page in markup(as_(lia.amira).get(address("people", "class_show", lia.here.pk)))
    teacher = make.holder("contact_teacher", lia.here, "Tom")
    assert on_class_page not in markup(as_(teacher).get(address("people", "class_show", lia.here.pk)))
    assert any(one.name == DISAGREEING.name for one in chapters_for(PARENT))


def test_a_pupil_has_no_way_there(lia):
    ida = make.pupil("Ida", in_class=lia.here, born_on=today() - timedelta(days=13 * 366))

    for page in (
        as_(ida).get("/"),
        as_(ida).get(address("people", "child_show", ida.key)),
        guide(ida, ida, "guide_show"),
    ):
        assert "conflict" not in markup(page).partition("<main")[2]


def test_the_second_step_asks_for_a_talk_about_life_in_the_class(lia):
    [link] = [
        part.split('"')[0] for part in markup(guide(lia.amira, lia.nora)).split('href="') if "/extra/ask/" in part
    ]

    shown = as_(lia.amira).get(link)

    assert shown.context["form"]["reason"].value() == "class_life"
    assert re.search(r'value="class_life"[^>]* checked', markup(shown))


# Whom one may call


def test_those_who_share_stand_there_and_those_who_share_nothing_do_not(lia):
    shown = text(guide(lia.amira, lia.nora))

    assert "Omar Karla Holm" in shown
    assert "Iver Jonas Lunde" in shown
    assert "Per" not in shown.partition("1. Call the parents")[2].partition("Words to begin with")[0]
    assert call(lia.amira, lia.nora, lia.per).status_code == 404


def test_a_shared_number_is_one_tap_away_and_is_not_asked_for(lia):
    shown = call(lia.amira, lia.nora, lia.omar)

    assert f'href="tel:{HERS}"' in markup(shown)
    assert "<form" not in markup(shown).partition("<main")[2].partition("</main")[0]


def test_a_page_of_a_call_has_no_field_to_write_in(lia):
    for page in (guide(lia.amira, lia.nora), call(lia.amira, lia.nora, lia.iver)):
        main = page.content.decode().partition("<main")[2].partition("</main")[0]
        assert not [tag for tag in ("<textarea", "<select", '<input type="text"', "<input name") if tag in main]


def test_a_protected_family_looks_like_one_that_shares_nothing(lia):
    before = guide(lia.amira, lia.nora)
    shares(lia.jonas)
    without = text(guide(lia.amira, lia.nora)), call(lia.amira, lia.nora, lia.iver).status_code
    shares(lia.jonas, "name", "phone")
    actions.protect_address(lia.iver, by=lia.odd, grade="strict")

    protected = text(guide(lia.amira, lia.nora)), call(lia.amira, lia.nora, lia.iver).status_code

    assert "Iver" in text(before)
    assert protected == without
    assert ask(lia.amira, lia.nora, lia.iver).status_code == 404
    assert not Notice.objects.exists()


def test_the_childs_other_home_is_not_among_them(lia):
    zak = make.guardian("Zak", "Holm", of=lia.nora)
    shares(zak, "phone")

    assert "Zak" not in text(guide(lia.amira, lia.nora))


def test_a_home_that_would_tell_of_a_child_one_must_not_know_of_is_not_among_them(lia):
    make.confirmed(lia.amira, lia.iver)
    make.restricted(lia.amira, lia.iver)

    assert "Jonas" not in text(guide(lia.amira, lia.nora))
    assert call(lia.amira, lia.nora, lia.iver).status_code == 404


def test_of_two_homes_each_shares_for_itself(lia):
    zak = make.guardian("Zak", "Berg", of=lia.omar, email="zak@example.org")
    shares(zak, "name")

    shown = call(lia.amira, lia.nora, lia.omar)

    assert f'href="tel:{HERS}"' in markup(shown)
    assert "The home without a number" in text(shown)
    ask(lia.amira, lia.nora, lia.omar)
    assert [one.recipient for one in Notice.objects.all()] == [zak]


def test_a_child_of_another_class_is_not_found(lia):
    other = make.school_class("3C", at=lia)
    liv, ben = make.family(other, pupil_name="Liv", adult_name="Ben")
    shares(ben, "phone")

    assert call(lia.amira, lia.nora, liv).status_code == 404


def test_it_asks_the_same_for_three_homes_and_for_thirty(lia):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            others_in(lia.here, lia.amira)
        return len(queries)

    few = asked()
    for number in range(20):
        shares(make.family(lia.here, pupil_name=f"Pupil {number}", adult_name=f"Adult {number}")[1], "phone")

    assert asked() == few <= 8


# What is passed on


def test_the_other_home_gets_a_number_and_nothing_else(lia, mailoutbox):
    awake(lia.jonas)

    assert SAID in text(ask(lia.amira, lia.nora, lia.iver))
    send("email")

    [mail] = mailoutbox
    said = mail.body + mail.alternatives[0][0] + mail.subject
    assert mail.to[0].endswith("<jonas@example.org>")
    assert MINE in said
    assert not [name for name in ("Amira", "Nora", "Iver", "Vik", "3B", "Lia skole") if name in said]


def test_whoever_shares_nothing_is_told_nothing_though_the_other_at_home_shares(lia):
    partner = make.guardian("Liv", of=lia.iver, email="liv@example.org", household=lia.jonas.household)

    ask(lia.amira, lia.nora, lia.iver)

    told = Notice.objects.filter(kind="principles.asked_to_call").values_list("recipient", flat=True)
    assert lia.jonas.pk in told
    assert partner.pk not in told


def test_what_could_not_be_passed_on_goes_with_the_next_press(lia):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE messaging_notice ADD CONSTRAINT nothing CHECK (FALSE) NOT VALID")
        with pytest.raises(IntegrityError), transaction.atomic():
            ask(lia.amira, lia.nora, lia.iver)
        cursor.execute("ALTER TABLE messaging_notice DROP CONSTRAINT nothing")

    ask(lia.amira, lia.nora, lia.iver)

    assert Notice.objects.filter(kind="principles.asked_to_call").count() == 1


def test_before_it_is_passed_on_the_page_says_which_number_is_shown(lia):
    assert "Yes, tell them my number, +47 412 00 401" in text(call(lia.amira, lia.nora, lia.iver)).replace("\xa0", " ")


def test_nothing_of_it_stays_behind(lia, mailoutbox):
    awake(lia.jonas)
    as_(lia.amira).get("/")
    before = rows()
    said = Event.objects.count()

    ask(lia.amira, lia.nora, lia.iver)
    [notice] = Notice.objects.all()
    assert (notice.event_id, notice.subject) == (None, lia.jonas)
    send("email")

    assert len(mailoutbox) == 1
    assert rows() == before
    assert Event.objects.count() == said


def test_a_second_press_the_same_day_says_the_same_and_sends_nothing(lia, mailoutbox):
    awake(lia.jonas)
    first = text(ask(lia.amira, lia.nora, lia.iver))
    send("email")

    second = text(ask(lia.amira, lia.nora, lia.iver))
    send("email")

    assert second == first
    assert len(mailoutbox) == 1


def test_two_of_one_home_are_one_who_asks(lia):
    make.guardian("Ali", "Vik", of=lia.nora, household=lia.amira.household, phone="+4741200409")
    ali = Person.objects.get(given_name="Ali")

    ask(lia.amira, lia.nora, lia.iver)
    ask(ali, lia.nora, lia.iver)

    assert Notice.objects.count() == 1


def test_to_another_home_it_goes_the_same_day(lia):
    shares(lia.petra, "name")

    ask(lia.amira, lia.nora, lia.iver)
    ask(lia.amira, lia.nora, lia.per)

    assert {one.recipient for one in Notice.objects.all()} == {lia.jonas, lia.petra}


def test_a_home_that_nothing_reaches_looks_and_answers_the_same(lia):
    reached = text(call(lia.amira, lia.nora, lia.iver)), text(ask(lia.amira, lia.nora, lia.iver))
    Notice.objects.all().delete()
    cache.clear()
    Person.objects.filter(pk=lia.jonas.pk).update(email="", phone="")

    unreached = text(call(lia.amira, lia.nora, lia.iver)), text(ask(lia.amira, lia.nora, lia.iver))

    assert unreached == reached
    assert not Notice.objects.exists()


def test_who_chose_the_portal_alone_is_told_by_mail_since_nothing_stays_in_the_portal(lia, mailoutbox):
    awake(lia.jonas)
    Preference.objects.filter(person=lia.jonas).update(tasks="portal")

    ask(lia.amira, lia.nora, lia.iver)
    send("email")

    assert len(mailoutbox) == 1


def test_a_home_that_must_know_nothing_about_the_child_is_told_nothing(lia):
    make.confirmed(lia.jonas, lia.nora)
    make.restricted(lia.jonas, lia.nora)

    assert SAID in text(ask(lia.amira, lia.nora, lia.iver))

    assert not Notice.objects.exists()


def test_a_home_that_was_protected_since_is_told_nothing(lia, mailoutbox):
    awake(lia.jonas)
    ask(lia.amira, lia.nora, lia.iver)
    actions.protect_address(lia.jonas, by=lia.odd, grade="strict")

    send("email")

    assert not mailoutbox
    assert not Notice.objects.filter(kind="principles.asked_to_call").exists()


def test_the_number_of_somebody_at_a_protected_address_is_not_passed_on(lia):
    actions.protect_address(lia.amira, by=lia.odd, grade="strict")

    shown = call(lia.amira, lia.nora, lia.iver)

    assert "Your number is not passed on from here" in text(shown)
    assert "<form" not in markup(shown).partition("<main")[2].partition("</main")[0]
    assert ask(lia.amira, lia.nora, lia.iver).status_code == 200
    assert not Notice.objects.exists()


def test_without_a_number_of_ones_own_there_is_nothing_to_pass_on(lia):
    Person.objects.filter(pk=lia.amira.pk).update(phone="")

    shown = call(lia.amira, lia.nora, lia.iver)
    ask(lia.amira, lia.nora, lia.iver)

    assert "Write your number on your own page" in text(shown)
    assert not Notice.objects.exists()


def test_of_the_two_nothing_can_be_read_from_the_cache(lia):
    ask(lia.amira, lia.nora, lia.iver)

    from_, to = lia.amira.household_id, lia.jonas.household_id
    assert not cache.has_key(f"call:{from_}:{to}")
    assert not AddressProtection.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_are_one_message():
    lia = make.school("Lia skole")
    here = make.school_class("3B", at=lia)
    nora, amira = make.family(here, phone=MINE)
    iver, jonas = make.family(here, pupil_name="Iver", adult_name="Jonas", email="jonas@example.org")
    shares(jonas, "name")
    told = []

    def press():
        ask_to_be_called(Person.objects.get(pk=nora.pk), by=Person.objects.get(pk=amira.pk), place=place_of(iver))

    with transaction.atomic():
        ask_to_be_called(nora, by=amira, place=place_of(iver))
        second = in_a_thread(told, press)
    second.join()

    assert told == ["yes"]
    assert Notice.objects.count() == 1


# The way out


@pytest.mark.parametrize(
    ("country", "said", "unsaid"),
    [("NO", "county governor", "ten working days"), ("DK", "ten working days", "county governor")],
)
def test_at_every_step_stands_the_way_out_and_what_the_school_must_do(lia, country, said, unsaid):
    School.objects.filter(pk=lia.pk).update(country=country)

    for page in (
        guide(lia.amira, lia.nora),
        call(lia.amira, lia.nora, lia.omar),
        guide(lia.amira, lia.nora, "guide_show"),
        guide(lia.amira, lia.nora, "guide_management"),
        as_(lia.amira).get(address("people", "class_show", lia.here.pk)),
        as_(lia.amira).get(address("people", "child_show", lia.nora.key)),
    ):
        assert said in text(page)
        assert unsaid not in text(page)
        for number in ("tel:116111", "tel:116006", "tel:+4761000000"):
            assert number in markup(page)
    assert markup(guide(lia.amira, lia.nora)).count('href="#safe"') == 2


def test_a_pupil_reads_whom_to_talk_to_and_no_law(lia):
    ida = make.pupil("Ida", in_class=lia.here, born_on=today() - timedelta(days=13 * 366))

    assert "If you are not safe" in text(guide(ida, ida, "guide_show"))
    assert "What the school must do" in text(guide(ida, ida, "guide_show"))
