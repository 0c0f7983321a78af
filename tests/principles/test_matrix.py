"""Where a class writes what: whose it is, who reads it, what a family finds, and what a school says of its other systems."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from portal.children import Asked, Part
from portal.class_page import parts_of
from portal.ledger import tasks as ledger
from portal.messaging.kinds import KINDS
from portal.messaging.models import Notice
from portal.messaging.tasks import remind_of
from portal.people.actions import protect_address
from portal.people.hats import hats_of
from portal.people.models import Enrolment, School, SchoolClass, Term, the_portal
from principles.matrix import actions
from principles.matrix.child_page import places_of_child
from principles.matrix.forms import MatrixForm
from principles.matrix.models import Matrix, MatrixRow, NothingWritten, OtherSystem, Published, SystemGone, SystemTaken
from principles.matrix.notices import changed_since, readers_of
from tests import make
from tests.ground import once
from tests.pages import address, as_, markup, text, todos_of
from tests.threads import in_a_thread

pytestmark = pytest.mark.django_db
AULA = "https://www.aula.dk/"
LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen" * 3


def row(where="", *, system=None, who="", how_often=""):
    return {"system": system, "where": where, "who": who, "how_often": how_often}


@once
def lia(db):
    lia = make.school("Lia skole")
    lia.here = make.school_class("3B", at=lia)
    lia.nora, lia.amira = make.family(lia.here)
    lia.tom = make.holder("contact_teacher", lia.here, "Tom", "Ås")
    lia.siri = make.holder("subject_teacher", lia.here, "Siri", "Dal")
    lia.odd = make.holder("office", lia, "Odd", "Moe")
    lia.aula = actions.name_system(lia, by=lia.odd, name="Aula", address=AULA)
    lia.rows = {"homework": row("In the weekly letter", system=lia.aula, who="All of us", how_often="On Fridays")}
    return lia


def written(lia, *, published=True):
    actions.write_matrix(lia.here, by=lia.tom, rows=lia.rows)
    matrix = Matrix.objects.get(school_class=lia.here)
    if published:
        actions.publish_matrix(matrix, by=lia.tom)
    return matrix


def shown(reader, school_class):
    return as_(reader).get(address("principles", "matrix_show", school_class.pk))


def pupil_of(school_class, years=13):
    return make.pupil("Ida", in_class=school_class, born_on=timezone.localdate() - timedelta(days=366 * years))


# Who writes, and who reads


def test_the_team_writes_a_draft_that_families_do_not_see_until_it_is_published(lia):
    matrix = written(lia, published=False)

    assert "In the weekly letter" in text(shown(lia.siri, lia.here))
    for reader in (lia.amira, lia.odd):
        assert "In the weekly letter" not in text(shown(reader, lia.here))

    actions.publish_matrix(matrix, by=lia.siri)

    for reader in (lia.amira, lia.odd, lia.siri, pupil_of(lia.here)):
        page = shown(reader, lia.here)
        assert "In the weekly letter" in text(page)
        assert "All of us" in text(page)
        assert "On Fridays" in text(page)
        assert f'href="{AULA}" rel="noopener noreferrer external"' in markup(page)


def test_whoever_is_kept_from_the_child_or_only_proposed_finds_nothing(lia):
    written(lia)
    cato = make.guardian("Cato", of=lia.nora)
    make.restricted(cato, lia.nora)
    proposed = make.guardian("Petra", of=make.pupil("Per", in_class=make.school_class("3C", at=lia)))
    make.proposed(proposed, lia.nora)
    stranger = make.holder("contact_teacher", make.school_class("3D", at=lia), "Sten")

    for reader in (cato, proposed, stranger, pupil_of(lia.here, years=10), make.holder("board_member", lia)):
        assert shown(reader, lia.here).status_code == 404


@pytest.mark.parametrize("who", ["odd", "amira"])
def test_nobody_else_writes_it(lia, who):
    with pytest.raises(PermissionDenied):
        actions.write_matrix(lia.here, by=getattr(lia, who), rows=lia.rows)
    assert as_(getattr(lia, who)).get(address("principles", "matrix_edit", lia.here.pk)).status_code == 403


def test_another_schools_system_is_not_named(lia):
    foreign = OtherSystem.objects.create(school=make.school("Elsewhere"), name="Theirs", address=AULA)

    with pytest.raises(PermissionDenied):
        actions.write_matrix(lia.here, by=lia.tom, rows={"absence": row(system=foreign)})
    with pytest.raises(PermissionDenied):
        actions.write_usual(lia, by=lia.odd, rows={"absence": row(system=foreign)})


# What is refused


def test_an_empty_one_is_not_published_and_a_published_one_never_emptied(lia):
    actions.write_matrix(lia.here, by=lia.tom, rows={})
    matrix = Matrix.objects.get(school_class=lia.here)
    with pytest.raises(NothingWritten):
        actions.publish_matrix(matrix, by=lia.tom)

    actions.write_matrix(lia.here, by=lia.tom, rows=lia.rows)
    actions.publish_matrix(matrix, by=lia.tom)
    with pytest.raises(NothingWritten):
        actions.write_matrix(lia.here, by=lia.tom, rows={})
    with pytest.raises(Published):
        actions.publish_matrix(matrix, by=lia.siri)


def test_who_without_where_is_asked_for_the_place_and_keeps_what_was_typed(lia):
    page = as_(lia.tom).post(address("principles", "matrix_edit", lia.here.pk), {"absence_who": "The office"})

    assert "Say where, or leave all of this matter empty." in text(page)
    assert 'value="The office"' in markup(page)
    assert not Matrix.objects.filter(school_class=lia.here).exists()


@pytest.mark.parametrize(
    "wrong", ["javascript:alert(1)", "http://aula.dk", "aula:open", "https://", "data:text/html,x"]
)
def test_only_an_encrypted_page_of_the_web_is_taken_as_an_address(lia, wrong):
    page = as_(lia.odd).post(address("principles", "system_list"), {"name": "Vigilo", "address": wrong})

    assert page.status_code == 200
    assert list(OtherSystem.objects.values_list("name", flat=True)) == ["Aula"]


def test_the_database_takes_no_other_address_either(lia):
    with pytest.raises(IntegrityError), transaction.atomic():
        OtherSystem.objects.create(school=lia, name="x", address="javascript:alert(1)")


def test_a_name_is_on_the_list_once(lia):
    visma = actions.name_system(lia, by=lia.odd, name="Visma", address="https://visma.no/")

    with pytest.raises(SystemTaken):
        actions.name_system(lia, by=lia.odd, name="Aula", address=AULA)
    with pytest.raises(SystemTaken):
        actions.change_system(visma, by=lia.odd, name="Aula", address=AULA)


def test_a_school_names_its_own_systems_alone(lia):
    other = make.holder("office", make.school("Elsewhere"), "Eva")

    with pytest.raises(PermissionDenied):
        actions.name_system(lia, by=lia.tom, name="Vigilo", address="https://vigilo.no/")
    for page in ("system_edit", "system_remove"):
        assert as_(other).post(address("principles", page, lia.aula.pk)).status_code == 404


# Two at once, and a system that goes


def test_two_who_write_at_once_lose_nothing(lia):
    page = address("principles", "matrix_edit", lia.here.pk)
    tom, siri = as_(lia.tom), as_(lia.siri)
    seen = tom.get(page).context["form"]["seen"].value()
    siri.post(page, {"homework_where": "In the notebook", "seen": siri.get(page).context["form"]["seen"].value()})

    late = tom.post(page, {"homework_where": "In the app", "seen": seen})

    assert "Siri Dal has saved something else meanwhile" in text(late)
    assert "Homework: where" in text(late)
    assert "In the notebook" in text(late)
    assert 'value="In the app"' in markup(late)
    assert MatrixRow.objects.get().where == "In the notebook"


@pytest.mark.django_db(transaction=True)
def test_two_who_publish_at_once_publish_once(lia):
    matrix, told = written(lia, published=False), []
    with transaction.atomic():
        actions.publish_matrix(matrix, by=lia.tom)
        other = in_a_thread(told, lambda: actions.publish_matrix(Matrix.objects.get(pk=matrix.pk), by=lia.siri))
        other.join(0.3)
    other.join()

    assert told == [Published]


@pytest.mark.django_db(transaction=True)
def test_one_that_is_emptied_while_another_publishes_it_is_not_published_empty(lia):
    matrix, told = written(lia, published=False), []
    with transaction.atomic():
        actions.write_matrix(lia.here, by=lia.tom, rows={})
        other = in_a_thread(told, lambda: actions.publish_matrix(Matrix.objects.get(pk=matrix.pk), by=lia.siri))
        other.join(0.3)
    other.join()
    assert told == [NothingWritten]

    actions.write_matrix(lia.here, by=lia.tom, rows=lia.rows)
    with transaction.atomic():
        actions.publish_matrix(matrix, by=lia.tom)
        here = SchoolClass.objects.get(pk=lia.here.pk)
        other = in_a_thread(told, lambda: actions.write_matrix(here, by=lia.siri, rows={}))
        other.join(0.3)
    other.join()

    assert told[1:] == [NothingWritten]
    assert matrix.rows.exists()


@pytest.mark.django_db(transaction=True)
def test_a_system_that_goes_while_it_is_named_becomes_words(lia):
    told = []
    with transaction.atomic():
        written(lia)
        other = in_a_thread(told, lambda: actions.remove_system(OtherSystem.objects.get(), by=lia.odd))
        other.join(0.3)
    other.join()

    assert told == ["yes"]
    assert MatrixRow.objects.get().place == "Aula, In the weekly letter"


@pytest.mark.django_db(transaction=True)
def test_a_system_that_has_just_gone_is_not_named(lia):
    told, usual = [], {"absence": row(system=OtherSystem.objects.get())}
    with transaction.atomic():
        actions.remove_system(OtherSystem.objects.get(), by=lia.odd)
        here, rows = SchoolClass.objects.get(pk=lia.here.pk), dict(lia.rows)
        team = in_a_thread(told, lambda: actions.write_matrix(here, by=lia.siri, rows=rows))
        office = in_a_thread(told, lambda: actions.write_usual(School.objects.get(pk=lia.pk), by=lia.odd, rows=usual))
        team.join(0.3)
        office.join(0.3)
    team.join()
    office.join()

    assert told == [SystemGone, SystemGone]
    assert not Matrix.objects.exists()


def test_a_system_that_is_removed_stays_as_words_and_a_new_address_holds_everywhere(lia):
    lia.rows["absence"] = row(system=lia.aula)
    written(lia)
    actions.change_system(lia.aula, by=lia.odd, name="Vigilo", address="https://vigilo.no/")
    assert 'href="https://vigilo.no/"' in markup(shown(lia.amira, lia.here))

    actions.remove_system(lia.aula, by=lia.odd)

    page = shown(lia.amira, lia.here)
    assert "Vigilo, In the weekly letter" in text(page)
    assert "vigilo.no" not in markup(page)
    assert MatrixRow.objects.get(matter="absence").where == "Vigilo"


# What a class begins with


def test_a_class_begins_with_its_own_of_last_year(lia):
    actions.write_usual(lia, by=lia.odd, rows={"homework": row("As is usual")})
    last = make.year(lia, starts=date(lia.here.year.starts_on.year - 1, 8, 1))
    before = make.school_class("2B", at=lia, in_year=last)
    before.cohort = lia.here.cohort
    before.save(update_fields=["cohort"])
    made = Matrix.objects.create(school=lia, school_class=before, changed_by=lia.tom, published_at=timezone.now())
    MatrixRow.objects.create(matrix=made, matter="homework", where="As in 2B")

    page = as_(lia.tom).get(address("principles", "matrix_edit", lia.here.pk))

    assert 'value="As in 2B"' in markup(page)
    assert "As is usual" not in markup(page)
    assert "It is filled in with what the class had in" in text(page)


def test_a_new_class_begins_with_what_is_usual_and_families_read_that_until_it_has_its_own(lia):
    actions.write_usual(lia, by=lia.odd, rows={"homework": row("As is usual")})

    assert 'value="As is usual"' in markup(as_(lia.tom).get(address("principles", "matrix_edit", lia.here.pk)))
    page = text(shown(lia.amira, lia.here))
    assert "As is usual" in page
    assert "The class has not published its own yet" in page
    written(lia)
    assert "As is usual" not in text(shown(lia.amira, lia.here))


def test_the_office_sees_since_when_and_by_whom_and_which_classes_have_published(lia):
    page = f"{address('principles', 'matrix_usual')}?school={lia.pk}"
    assert "Not published yet" in text(as_(lia.odd).get(page))
    as_(lia.odd).post(page, {"homework_where": "As is usual"})
    written(lia)

    assert "Not published yet" not in text(as_(lia.odd).get(page))
    said = text(as_(lia.odd).get(address("schoolyear", "setting_show", lia.pk)))
    assert "by Odd Moe" in said.partition("Where homework and messages stand")[2]


def test_what_is_not_used_says_so_and_long_words_break(lia):
    lia.rows["messages"] = row(LONG[:200], who=LONG[:100])
    written(lia)

    page = shown(lia.amira, lia.here)
    assert text(page).count("Not used") == 4
    assert LONG[:200] in text(page)
    assert "by Tom Ås" in text(page)


def test_a_teacher_whose_name_is_protected_is_not_named(lia):
    protect_address(lia.tom, by=the_portal(), grade="name")
    written(lia)

    page = text(shown(lia.amira, lia.here))
    assert "Last changed" in page
    assert "Tom" not in page


# Where it stands


def test_it_stands_on_the_page_of_the_class_and_the_page_of_the_child_leads_there(lia):
    written(lia)

    page = text(as_(lia.amira).get(address("people", "class_show", lia.here.pk)))
    assert "Where homework and messages stand" in page
    assert "Aula , In the weekly letter" in page
    assert any(part.anchor == "where" for part in parts_of(lia.here, lia.amira))
    for reader, child in ((lia.amira, lia.nora), (ida := pupil_of(lia.here), ida)):
        page = as_(reader).get(address("people", "child_show", child.key))
        assert "Where homework and messages for 3B stand" in text(page)
        assert f'href="{address("principles", "matrix_show", lia.here.pk)}"' in markup(page)


def test_the_way_there_asks_nothing(lia):
    with CaptureQueriesContext(connection) as asked:
        lines = places_of_child(Asked(lia.amira, lia.nora, (lia.here,)))[Part.ADULTS]

    assert len(lines) == 1
    assert not asked
    assert places_of_child(Asked(lia.amira, lia.nora, ())) == {Part.ADULTS: []}


def test_the_page_of_the_class_asks_no_more_when_something_stands_there(lia):
    def count():
        browser, page = as_(lia.amira), address("people", "class_show", lia.here.pk)
        browser.get(page)
        with CaptureQueriesContext(connection) as asked:
            browser.get(page)
        return len(asked)

    empty = count()
    written(lia)

    assert count() == empty


def test_pages_ask_as_much_for_six_rows_as_for_one(lia):
    written(lia)

    def count(reader, page):
        browser = as_(reader)
        browser.get(page)
        with CaptureQueriesContext(connection) as asked:
            browser.get(page)
        return len(asked)

    pages = [(lia.amira, "matrix_show"), (lia.tom, "matrix_edit")]
    few = [count(reader, address("principles", page, lia.here.pk)) for reader, page in pages]
    for number, matter in enumerate(MatrixRow.Matter.values):
        system = actions.name_system(lia, by=lia.odd, name=f"S{number}", address=AULA)
        lia.rows[matter] = row("There", system=system)
    actions.write_matrix(lia.here, by=lia.tom, rows=lia.rows)

    many = [count(reader, address("principles", page, lia.here.pk)) for reader, page in pages]
    assert many[0] == few[0]
    assert many[1] == few[1]


# What waits, and what is told


def waiting(person):
    with translation.override("en"):
        return [todo.title for hat in hats_of(person) for todo in todos_of(hat)]


def test_it_waits_for_the_team_from_the_schools_first_day_until_it_is_published(lia):
    title = "Where do you write homework and messages to 3B?"
    assert title in waiting(lia.tom)
    assert title in waiting(lia.siri)

    autumn = Term.objects.filter(year=lia.here.year, season="autumn")
    tomorrow = timezone.localdate() + timedelta(days=1)
    autumn.update(starts_on=tomorrow, ends_on=tomorrow + timedelta(days=7))
    assert title not in waiting(lia.tom)

    autumn.delete()  # a school without half-years begins with its year
    assert title in waiting(lia.tom)

    written(lia)
    assert title not in waiting(lia.tom)


def news():
    ledger.sweep()
    return Notice.objects.filter(kind="principles.matrix_news")


def test_guardians_and_pupils_are_told_once_when_it_is_published_and_once_a_day_when_it_changes(lia):
    zak = make.guardian("Zak", of=lia.nora)
    make.restricted(make.guardian("Cato", of=lia.nora), lia.nora)
    make.proposed(make.guardian("Petra", of=make.pupil("Per", in_class=make.school_class("3C", at=lia))), lia.nora)
    ida, _young = pupil_of(lia.here), pupil_of(lia.here, years=9)
    noon = timezone.localtime().replace(hour=12) + timedelta(days=1)
    with time_machine.travel(noon):
        matrix = written(lia)
        assert set(news().values_list("recipient", flat=True)) == {lia.amira.pk, zak.pk, ida.pk}
        lia.rows["absence"] = row("In the app")
        actions.write_matrix(lia.here, by=lia.siri, rows=lia.rows)
        assert news().count() == 3
    with time_machine.travel(noon + timedelta(days=1)):
        lia.rows["absence"] = row("By phone")
        actions.write_matrix(lia.here, by=lia.siri, rows=lia.rows)
        assert news().count() == 6

    with translation.override("en"):
        notice = news().filter(recipient=lia.amira).latest("pk")
        said = KINDS[notice.kind](notice)
    assert KINDS[notice.kind].wanted(notice)
    assert said.subject == "Where homework and messages for 3B stand"
    assert ("Homework", "Aula, In the weekly letter") in said.facts
    assert ("Absence", "By phone") in said.facts
    assert matrix.get_absolute_url() in said.buttons[0].url


def test_what_is_changed_after_the_letter_of_the_day_is_told_the_next_morning_and_once(lia):
    noon = timezone.localtime().replace(hour=12) + timedelta(days=1)

    def told_by_the_clock(hours):
        with time_machine.travel(noon + timedelta(hours=hours)):
            remind_of(KINDS["principles.matrix_news"], changed_since, timezone.now())
            return news().count()

    def change(where, hours):
        with time_machine.travel(noon + timedelta(hours=hours)):
            lia.rows["absence"] = row(where)
            actions.write_matrix(lia.here, by=lia.siri, rows=lia.rows)
            return news().count()

    with time_machine.travel(noon):
        written(lia)
        news()
    assert change("It still waits, and will say this", 0.05) == 1
    assert told_by_the_clock(20) == 1
    news().update(state="told", told_at=noon + timedelta(hours=1))
    assert change("By phone", 3) == 1

    make.guardian("Who came after it", of=lia.nora)
    assert [told_by_the_clock(hours) for hours in (11, 18, 20, 21)] == [1, 1, 2, 2]

    news().filter(state="waiting").update(state="told", told_at=noon + timedelta(hours=20.2))
    assert told_by_the_clock(44) == 2
    assert change("In the app", 22) == 3  # who came after the last one hears of this at once
    assert [told_by_the_clock(hours) for hours in (23, 44, 45)] == [3, 4, 4]


def test_a_draft_and_what_is_usual_tell_nobody(lia):
    written(lia, published=False)
    actions.write_usual(lia, by=lia.odd, rows=lia.rows)

    assert not news().exists()


def test_who_has_left_the_class_before_it_is_sent_gets_nothing(lia):
    matrix = written(lia)
    assert readers_of(matrix).filter(pk=lia.amira.pk).exists()
    Enrolment.objects.filter(pupil=lia.nora).update(valid_to=timezone.localdate() - timedelta(days=1))
    assert not readers_of(matrix).filter(pk=lia.amira.pk).exists()


def test_to_save_what_stands_already_tells_nobody(lia):
    written(lia)

    assert actions.write_matrix(lia.here, by=lia.siri, rows=dict(lia.rows)) == "same"
    assert Matrix.objects.get(school_class=lia.here).changed_by == lia.tom


def test_the_form_takes_back_what_it_shows(lia):
    written(lia)
    browser, page = as_(lia.tom), address("principles", "matrix_edit", lia.here.pk)
    form = browser.get(page).context["form"]
    typed = {name: form[name].value() or "" for name in form.fields}
    typed["homework_system"] = lia.aula.pk

    browser.post(page, typed)

    assert MatrixForm.values_of(lia.rows)["homework_where"] == MatrixRow.objects.get().where
    assert "Nothing was changed." in text(browser.get(address("principles", "matrix_show", lia.here.pk)))
