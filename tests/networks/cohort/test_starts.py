"""The parents' meeting: a code on the wall, what a home says on its own phone, and who was elected."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation

from networks import actions
from networks.cohort.guesses import MOST
from networks.cohort.queries import Reached, reached_at, start_by
from networks.models import Confirmed, NetworkStart, NotNow
from networks.tasks import forget
from portal.people import actions as people
from portal.people.models import Person, Role, SchoolYear
from tests import make
from tests.ground import once
from tests.pages import address, as_, markup, text
from tests.threads import in_a_thread


@once
def tom(town):
    return make.holder("contact_teacher", town.first, "Tom", "Teacher")


@once
def start(town, tom):
    cache.clear()
    return actions.open_start(town.first, by=tom, met_on=town.school.today())


def confirm(start, by, **said):
    fields = {"email": by.email, "phone": "", "fields": ["name"], **said}
    return actions.confirm_contact(start, by=by, **fields)


def page(reader, start, method="get", code=None, **sent):
    return getattr(as_(reader), method)(address("networks", "start_confirm", code or start.code), sent)


def wall(reader, school_class, **sent):
    browser, url = as_(reader), address("networks", "network_start", school_class.pk)
    return browser.post(url, sent) if sent else browser.get(url)


def run_out(start):
    NetworkStart.objects.filter(pk=start.pk).update(
        opened_at=timezone.now() - timedelta(hours=5), closes_at=timezone.now() - timedelta(minutes=9)
    )


@pytest.mark.parametrize("who", ["tom", "jurgita", "principal"])
def test_teacher_leader_and_contact_put_a_code_on_the_wall(town, tom, who):
    by = tom if who == "tom" else getattr(town, who)

    wall(by, town.first, met_on=town.school.today().isoformat())

    start = NetworkStart.objects.get()
    shown = markup(wall(by, town.first))
    assert f"{start.code[:3]} {start.code[3:]}" in shown
    assert "<path d=" in shown


@pytest.mark.parametrize("who", ["amira", "carla"])
def test_a_guardian_starts_nothing(town, who):
    assert wall(getattr(town, who), town.first).status_code == 403


def test_a_teacher_of_another_class_starts_nothing_here(town):
    other = make.holder("contact_teacher", town.second, "Pia", "Hall")

    assert wall(other, town.first, met_on=town.school.today().isoformat()).status_code == 404
    with pytest.raises(PermissionDenied):
        actions.open_start(town.first, by=other, met_on=town.school.today())


def test_a_second_code_waits_until_the_first_has_run_out(town, tom, start):
    with pytest.raises(actions.OpenAlready):
        actions.open_start(town.first, by=tom, met_on=town.school.today())

    run_out(start)
    again = actions.open_start(town.first, by=tom, met_on=town.school.today())

    assert again.pk == start.pk
    assert again.code != start.code


def test_the_day_of_the_meeting_is_in_the_school_year(town, tom):
    for days in (-800, 9):
        with pytest.raises(actions.WrongDay):
            actions.open_start(town.first, by=tom, met_on=town.school.today() + timedelta(days=days))


def test_a_family_confirms_on_the_spot(town, start):
    answer = page(town.amira, start, "post", email="new@example.org", phone="41234567", fields=["name", "phone"])

    amira = Person.objects.get(pk=town.amira.pk)
    assert answer.url == address("people", "class_show", town.first.pk)
    assert (amira.email, amira.phone) == ("new@example.org", "41234567")
    assert set(amira.directory_choices.values_list("field", flat=True)) == {"name", "phone"}
    assert start.confirmed.count() == 1


def test_opening_the_page_says_nothing(town, start):
    for method in ("get", "head"):
        assert page(town.amira, start, method).status_code == 200

    assert not Confirmed.objects.exists()
    assert not town.amira.directory_choices.exists()


def test_what_is_shared_already_is_ticked_and_nothing_else(town, start):
    town.amira.directory_choices.create(field="email")

    assert page(town.amira, start).context["form"]["fields"].initial == ["email"]


def test_wrong_input_is_said_and_what_was_typed_stays(town, start):
    answer = page(town.amira, start, "post", email="no address", phone="41234567", fields=["name"])

    assert answer.context["form"].errors
    assert "41234567" in markup(answer)
    assert not Confirmed.objects.exists()


def test_two_adults_of_a_home_count_once(town, start):
    other = make.guardian("Omar", "Warsame", of=town.nora, household=town.amira.household)
    for adult in (town.amira, other, town.amira):
        confirm(start, adult)

    assert reached_at(start).homes == 1


def test_a_second_meeting_counts_on_from_the_first(town, tom, start):
    confirm(start, town.amira)
    run_out(start)
    later = actions.open_start(town.first, by=tom, met_on=town.school.today() + timedelta(days=1))
    for adult in (town.amira, town.ben):
        confirm(later, adult)

    assert reached_at(later).homes == 2


def test_a_code_of_another_class_and_a_wrong_one_are_told_alike(town, start):
    foreign, wrong = page(town.carla, start), page(town.amira, start, code="AAAAAA")

    assert (foreign.status_code, wrong.status_code) == (404, 404)
    assert text(foreign).replace("CM", "AW") == text(wrong)


def test_a_code_that_has_run_out_or_was_taken_down_works_no_more(town, tom, start):
    run_out(start)
    assert page(town.amira, start).status_code == 404
    with pytest.raises(NotNow):
        confirm(start, town.amira)

    start = actions.open_start(town.first, by=tom, met_on=town.school.today())
    actions.close_start(start, by=tom)
    assert page(town.amira, start).status_code == 404


def test_it_runs_out_while_somebody_writes_and_the_words_stay(town, start):
    run_out(start)

    answer = page(town.amira, start, "post", email="new@example.org", fields=["name"])

    assert "new@example.org" in markup(answer)
    assert "run out" in text(answer)
    assert not Confirmed.objects.exists()


def test_guesses_are_counted_and_then_even_the_right_code_waits(town, start):
    for _guess in range(MOST):
        page(town.amira, start, code="AAAAAA")

    assert page(town.amira, start).status_code == 429
    assert page(town.ben, start).status_code == 200


def test_whoever_must_know_nothing_of_the_child_is_nobody_at_the_meeting(town, start):
    cato = make.guardian("Cato", of=town.nora)
    make.restricted(cato, town.nora)

    assert page(cato, start).status_code == 404
    with pytest.raises(PermissionDenied):
        confirm(start, cato)


def test_small_letters_and_spaces_do_not_matter(town, start):
    typed = f" {start.code[:3].lower()}-{start.code[3:].lower()} "

    answer = as_(town.amira).post(address("networks", "start_enter"), {"code": typed})

    assert answer.url == address("networks", "start_confirm", start.code)
    assert start_by(town.amira, start.code.lower()) == start


@pytest.mark.parametrize("code", ["", "12", "ABCDEFG", "ABC-0O", "💥💥💥💥💥💥", "<script>"])
def test_what_is_no_code_is_said_at_the_field(town, start, code):
    assert as_(town.amira).post(address("networks", "start_enter"), {"code": code}).context["form"].errors


def test_nobody_without_a_session_learns_whether_a_code_is_right(client, start):
    led = {client.get(address("networks", "start_confirm", code)).url.split("?")[0] for code in (start.code, "AAAAAA")}

    assert len(led) == 1


def test_who_was_elected_is_written_down_with_a_term_and_the_meeting(town, tom, start):
    until = town.first.year.ends_on

    as_(tom).post(
        address("networks", "start_elect", start.pk), {"holder": town.amira.pk, "valid_to": until.isoformat()}
    )

    role = Role.objects.live().get(person=town.amira, kind="class_contact")
    assert role.valid_to == until
    assert start.elections.get().role == role
    said = text(as_(town.ben).get(address("people", "class_show", town.first.pk)))
    assert "Started at the parents' meeting of" in said.replace("&#x27;", "'")
    assert "The class contact was elected there." in said


def test_the_contact_elects_nobody_and_nobody_elects_themselves(town, tom, start):
    assert as_(town.jurgita).get(address("networks", "start_elect", start.pk)).status_code == 403
    for by, holder in ((town.jurgita, town.amira), (tom, tom), (tom, town.carla)):
        with pytest.raises(PermissionDenied):
            actions.elect_contact(start, by=by, holder=holder, valid_to=town.first.year.ends_on)


def test_elected_twice_is_said_and_nothing_is_lost(town, tom, start):
    sent = {"holder": town.jurgita.pk, "valid_to": town.first.year.ends_on.isoformat()}

    answer = as_(tom).post(address("networks", "start_elect", start.pk), sent)

    assert answer.status_code == 200
    assert not start.elections.exists()


def test_the_class_reads_how_many_homes_are_reached_and_never_which(town, start):
    for number in range(3):
        make.family(town.first, pupil_name=f"Child{number}", adult_name=f"Adult{number}", family_name="Reached")
    confirm(start, town.amira, fields=[])

    said = text(as_(town.ben).get(address("people", "class_show", town.first.pk)))

    assert "Few homes have said yet how the class reaches them." in said
    assert "Warsame" not in said


@pytest.mark.parametrize(
    ("homes", "of", "said"),
    [
        (0, 10, "Few homes have said yet"),
        (4, 10, "Few homes have said yet"),
        (5, 10, "5 of 10 homes have said"),
        (6, 10, "Most homes have said"),
        (9, 10, "Most homes have said"),
        (10, 10, "All homes have said"),
        (4, 4, ""),
    ],
)
def test_no_number_is_so_small_or_so_large_that_somebody_could_count_down(homes, of, said):
    with translation.override("en"):
        shown = render_to_string("networks/_reached.html", {"reached": Reached(homes, of)}).strip()

    assert said in shown
    assert bool(shown) is bool(said)


def test_that_the_contact_was_elected_is_not_told_to_whom_it_must_not_be_named(town, tom, start):
    """The page says alike whether there is no contact, or one whom nobody may name."""
    people.end_role(town.first.roles.get(person=town.jurgita), by=town.principal)
    hidden = make.family(town.first, pupil_name="Emre", adult_name="Selin", family_name="Kaya")[1]
    actions.elect_contact(start, by=tom, holder=hidden, valid_to=town.first.year.ends_on)
    page = address("people", "class_show", town.first.pk)
    assert "The class contact was elected there." in text(as_(town.ben).get(page))
    people.protect_address(hidden, by=make.holder("office", town.school), grade="name")

    assert "The class contact was elected there." not in text(as_(town.ben).get(page))
    assert "The class contact was elected there." in text(as_(hidden).get(page))


def test_in_a_class_of_few_homes_no_number_is_shown(town, start):
    confirm(start, town.amira)

    assert "homes have said" not in text(as_(town.ben).get(address("people", "class_show", town.first.pk)))


def test_a_home_that_left_is_in_neither_number(town, start):
    confirm(start, town.amira)
    town.nora.enrolments.update(valid_to=timezone.localdate() - timedelta(days=1))

    assert (reached_at(start).homes, reached_at(start).of) == (0, 1)


def test_after_the_school_year_only_the_number_is_left(town, start):
    confirm(start, town.amira)
    today = timezone.localdate()
    SchoolYear.objects.filter(pk=town.first.year_id).update(
        starts_on=today - timedelta(days=300), ends_on=today - timedelta(days=1)
    )

    forget()

    assert not Confirmed.objects.exists()
    assert NetworkStart.objects.get().homes_before == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_start_it_at_once_have_one_code(town, tom):
    told, today = [], town.school.today()
    with transaction.atomic():
        actions.open_start(town.first, by=tom, met_on=today)
        waiting = in_a_thread(told, lambda: actions.open_start(town.first, by=town.jurgita, met_on=today))
        waiting.join(1)
        assert waiting.is_alive()
    waiting.join(30)

    assert told == [actions.OpenAlready]


def test_before_the_meeting_the_wall_says_that_the_code_will_have_run_out_and_the_class_reads_of_none(town, tom):
    met_on = town.school.today() + timedelta(days=2)
    actions.open_start(town.first, by=tom, met_on=met_on)

    assert "show a new one" in text(wall(tom, town.first))
    said = text(as_(town.ben).get(address("people", "class_show", town.first.pk))).replace("&#x27;", "'")
    assert "Started at the parents' meeting" not in said
