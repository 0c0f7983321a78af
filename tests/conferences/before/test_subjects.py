"""Every subject, every year: who has written about whom, and what is missing."""

import re
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conferences import actions
from conferences.before.queries.subjects import fields_of, inputs_about, matrix_of, own_gaps, picture_of
from conferences.models import NotNow, Subject, SubjectInput
from portal.ledger.models import Event
from portal.people.hats import hats_of
from portal.people.models import Role, the_portal
from tests import make
from tests.ground import once
from tests.pages import address, markup, todos_of

page = partial(address, "conferences")


@pytest.fixture(autouse=True)
def _reads_english(client):
    client.cookies["django_language"] = "en"


@once
def subjects(school):
    names = ("Matematikk", "Norsk")
    return [Subject.objects.create(school=school, name=name, grades=[3, 4]) for name in names]


@once
def per(school_class):
    return make.holder(Role.Kind.SUBJECT_TEACHER, school_class, "Per", "Regn")


@pytest.mark.parametrize(
    ("country", "form", "has"),
    [("NO", "nb", "Kunst og håndverk"), ("NO", "nn", "Kunst og handverk"), ("DK", "da", "Dansk")],
)
def test_begin_subjects_records_what_the_country_usually_teaches(db, country, form, has):
    school = make.school(country=country, language_form=form)
    Subject.objects.create(school=school, name=has, grades=[1])
    actions.begin_subjects(school, by=the_portal())
    assert Subject.objects.get(school=school, name=has).grades == [1]
    assert Subject.objects.filter(school=school, grades__contains=[3]).count() > 5
    assert Event.objects.filter(verb="conferences.subjects_begun").exists()


def test_the_office_keeps_the_list(client, school, subjects):
    client.force_login(make.holder("office", school))
    client.post(page("subject_list"), {"name": "Sløyd", "grades": ["5", "6"]})
    assert Subject.objects.get(name="Sløyd").grades == [5, 6]
    assert "already has a subject" in markup(client.post(page("subject_list"), {"name": "Sløyd", "grades": []}))
    client.post(page("subject_edit", subjects[0].pk), {"name": "Regning", "grades": ["3"]})
    subjects[0].refresh_from_db()
    assert (subjects[0].name, subjects[0].grades) == ("Regning", [3])
    client.post(page("subject_remove", subjects[0].pk))
    assert not Subject.objects.filter(name="Regning").exists()


def test_remove_subject_refuses_when_something_is_written(subjects, school_class, per, nora, principal):
    actions.write_subject(school_class, by=per, subject=subjects[0], texts=[(nora, "Fint")])
    with pytest.raises(NotNow, match="written about"):
        actions.remove_subject(subjects[0], by=principal)


def test_subjects_deny_teachers_and_other_schools(subjects, teacher, school):
    elsewhere = make.holder("principal", make.school("Elsewhere"))
    for person in (teacher, elsewhere):
        with pytest.raises(PermissionDenied):
            actions.change_subject(subjects[0], by=person, name="X", grades=[])
        with pytest.raises(PermissionDenied):
            actions.add_subject(school, by=person, name="X", grades=[])


def test_write_subject_records(subjects, school_class, per, nora, round):
    actions.write_subject(school_class, by=per, subject=subjects[0], texts=[(nora, "Teller til hundre")])
    entry = SubjectInput.objects.get()
    assert (entry.round, entry.year, entry.by) == (round, school_class.year, per)
    assert "Teller" not in str(Event.objects.get(verb="conferences.subject_written").details)
    actions.write_subject(school_class, by=per, subject=subjects[0], texts=[(nora, " ")])
    assert not SubjectInput.objects.exists()


def test_write_subject_refuses_to_write_over_a_colleague(subjects, school_class, per, teacher, nora, round):
    iver = make.pupil("Iver", in_class=school_class)
    actions.write_subject(school_class, by=per, subject=subjects[0], texts=[(nora, "Fint")])
    with pytest.raises(NotNow, match="Per Regn has already written about Nora"):
        actions.write_subject(school_class, by=teacher, subject=subjects[0], texts=[(iver, "Bra"), (nora, "Bra")])
    assert SubjectInput.objects.count() == 1
    actions.write_subject(school_class, by=teacher, subject=subjects[0], texts=[(nora, "")])
    assert SubjectInput.objects.get().text == "Fint"


def test_write_subject_denies_strangers_other_classes_and_other_schools_subjects(
    subjects, school, school_class, per, nora, amina, principal
):
    other = make.school_class("5A", at=school, grades=(5,))
    foreign = Subject.objects.create(school=make.school("Elsewhere"), name="X", grades=[3])
    child = make.pupil("Liv", in_class=other)
    tries = [
        (amina, subjects[0], nora),
        (principal, subjects[0], nora),
        (per, foreign, nora),
        (per, subjects[0], child),
    ]
    for person, subject, pupil in tries:
        with pytest.raises(PermissionDenied):
            actions.write_subject(school_class, by=person, subject=subject, texts=[(pupil, "x")])


def test_the_matrix_shows_the_gaps_and_none_is_green(client, subjects, school_class, per, teacher, nora, round):
    """B13: all subjects every year: the page lists what is missing of every pupil, and is green when nothing is."""
    iver = make.pupil("Iver", in_class=school_class)
    actions.write_subject(school_class, by=per, subject=subjects[0], texts=[(nora, "a"), (iver, "b")])
    matrix = matrix_of(school_class, per)
    assert matrix.gaps == 2
    assert matrix.gaps_by_subject == [(subjects[1], 2)]
    client.force_login(per)
    green = re.compile(r'data-color="success"[^>]*>.*?Every pupil, every subject', re.DOTALL)
    gaps = markup(client.get(page("subject_inputs", school_class.pk)))
    assert "2 are missing" in gaps
    assert re.search(rf"{nora.full_name}</th>.*?Written.*?Missing.*?</tr>", gaps, re.DOTALL)
    assert not green.search(gaps)
    client.post(
        page("subject_write", school_class.pk, subjects[1].pk), {f"pupil_{one.pk}": "ok" for one in (nora, iver)}
    )
    whole = markup(client.get(page("subject_inputs", school_class.pk)))
    assert "Nothing is missing" in whole
    assert green.search(whole)
    assert "Per Regn has written about" in markup(
        as_(client, teacher).get(page("subject_write", school_class.pk, subjects[0].pk))
    )


def as_(client, person):
    client.force_login(person)
    return client


def test_a_year_is_whole_when_either_round_has_it(subjects, school_class, per, nora, round):
    actions.write_subject(school_class, by=per, subject=subjects[0], texts=[(nora, "a")])
    make.round(school_class, title="Spring", opened=False)
    actions.write_subject(school_class, by=per, subject=subjects[1], texts=[(nora, "b")])
    assert matrix_of(school_class, per).gaps == 0


def test_who_writes_sees_whom_nobody_has_written_about_this_year(subjects, school_class, per, nora, round):
    make.pupil("Sara", "Berg", in_class=school_class)
    actions.write_subject(school_class, by=per, subject=subjects[0], texts=[(nora, "a")])
    make.round(school_class, title="Spring", opened=False)
    fields = fields_of(school_class, subjects[0], per)
    assert {field.pupil.given_name: field.is_gap for field in fields} == {"Nora": False, "Sara": True}


def test_the_picture_of_one_pupil_is_whole_with_the_talk(subjects, conference, teacher, per, school_class, nora):
    actions.write_subject(school_class, by=per, subject=subjects[0], texts=[(nora, "a")])
    picture = picture_of(conference, teacher)
    assert (picture.done, picture.of, picture.has_talked) == (1, 2, False)
    actions.note_pupil_talk(conference, by=teacher, held_on=school_class.school.today())
    assert picture_of(conference, teacher).has_talked
    assert [entry.text for entry in inputs_about(conference, teacher)] == ["a"]
    assert [row.has_talked for row in matrix_of(school_class, teacher, with_talks=True).rows] == [True]


def test_who_opens_the_matrix(client, subjects, school_class, school, amina, per, principal, round):
    expected = {
        per: 200,
        principal: 200,
        make.holder("office", school): 403,
        amina: 403,
        make.holder("class_contact", school_class): 403,
        make.holder("principal", make.school("Elsewhere")): 404,
    }
    for person, status in expected.items():
        assert as_(client, person).get(page("subject_inputs", school_class.pk)).status_code == status, person
        may_write = 200 if person == per else (403, 404)
        found = client.get(page("subject_write", school_class.pk, subjects[0].pk)).status_code
        assert found == may_write if isinstance(may_write, int) else found in may_write


def test_a_teacher_reads_of_the_own_child_only_what_is_the_own(subjects, school_class, per, yusuf, nora, round):
    make.role(yusuf, Role.Kind.SUBJECT_TEACHER, school_class)
    actions.write_subject(school_class, by=per, subject=subjects[0], texts=[(nora, "Pers ord")])
    actions.write_subject(school_class, by=yusuf, subject=subjects[1], texts=[(nora, "egne ord")])
    assert [entry.text for entry in SubjectInput.objects.visible_to(yusuf)] == ["egne ord"]


def test_a_restricted_teacher_neither_reads_nor_writes_about_the_child(subjects, school_class, per, yusuf, nora):
    make.role(yusuf, Role.Kind.CONTACT_TEACHER, school_class)
    make.restricted(yusuf, nora)
    actions.write_subject(school_class, by=per, subject=subjects[0], texts=[(nora, "x")])
    assert not SubjectInput.objects.visible_to(yusuf).exists()
    assert matrix_of(school_class, yusuf).rows == []
    with pytest.raises(PermissionDenied):
        actions.write_subject(school_class, by=yusuf, subject=subjects[1], texts=[(nora, "x")])


def test_teachers_are_nudged_until_the_subject_is_whole(subjects, school_class, per, nora, round):
    iver = make.pupil("Iver", in_class=school_class)
    assert own_gaps(school_class, per) == (4, False)
    actions.write_subject(school_class, by=per, subject=subjects[0], texts=[(nora, "a")])
    assert own_gaps(school_class, per) == (1, True)
    hat = hats_of(per)[0]
    assert "Write about 1 pupil in 3B" in [todo.title for todo in todos_of(hat)]
    actions.write_subject(school_class, by=per, subject=subjects[0], texts=[(iver, "b")])
    assert not [todo for todo in todos_of(hat) if "pupil" in todo.title]


def test_what_waits_before_the_talk(conference, teacher, amina, nora, round, school):
    def waiting(person):
        return [todo.title for hat in hats_of(person) for todo in todos_of(hat)]

    assert "Assessment and goals: 1 child left" in waiting(teacher)
    actions.add_plan(conference, by=teacher, url="https://example.org")
    actions.send_plans(round, by=teacher)
    assert not [title for title in waiting(teacher) if "Assessment" in title]
    assert "Prepare the talk about Nora" in waiting(amina)
    actions.save_preparation(conference, by=amina, read_plan=True)
    assert "Prepare the talk about Nora" not in waiting(amina)
    nora.born_on = school.today().replace(year=school.today().year - 13, day=1)
    nora.save()
    assert waiting(nora) == ["Prepare your talk with Anne Bjørnstad"]
    actions.save_own_part(conference, by=nora, proud="x")
    assert waiting(nora) == []


@pytest.mark.parametrize("name", ["subject_inputs", "subject_write"])
def test_as_many_queries_for_three_as_for_thirty(client, subjects, school_class, teacher, round, name):
    client.force_login(teacher)
    keys = [school_class.pk] if name == "subject_inputs" else [school_class.pk, subjects[0].pk]
    counts = []
    for number in range(30):
        child = make.pupil(f"Barn{number}", in_class=school_class)
        SubjectInput.objects.create(
            year=school_class.year, round=round, pupil=child, subject=subjects[0], text="x", by=teacher
        )
        if number in (2, 29):
            with CaptureQueriesContext(connection) as asked:
                client.get(page(name, *keys))
            counts.append(len(asked))
    assert counts[0] == counts[1] <= 24
