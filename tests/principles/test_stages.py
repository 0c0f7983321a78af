"""Who does what, stage by stage: the child's own first, in whose words, beside what the school has decided."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from portal.help import chapters_for
from portal.people.hats import PARENT, PUPIL
from portal.people.models import SchoolClass, the_portal
from principles import actions
from principles.guide.stages import FOR_GROWN_UPS, FOR_THE_CHILD, stages_for
from principles.help import DOING
from principles.outline import read_outline
from tests import make
from tests.ground import once
from tests.pages import address, as_, markup, text

pytestmark = pytest.mark.django_db
today = timezone.localdate


@once
def lia(db):
    lia = make.school("Lia skole")
    lia.here = make.school_class("5B", at=lia, grades=[5])
    lia.nora, lia.amira = make.family(lia.here)
    return lia


def stages(reader, child):
    return as_(reader).get(address("principles", "stage_show", child.key))


def before_the_others(shown):
    return text(shown).partition("The other years")[0].partition("Who does what")[2]


@pytest.mark.parametrize(
    ("grades", "first", "later"),
    [
        ([0], "The first grades, to grade 3", "Grades 4 to 6"),
        ([3], "The first grades, to grade 3", "Grades 7 to 10"),
        ([4], "Grades 4 to 6", "The first grades, to grade 3"),
        ([10], "Grades 7 to 10", "Grades 4 to 6"),
    ],
)
def test_the_stage_of_the_childs_grade_opens_first(lia, grades, first, later):
    SchoolClass.objects.filter(pk=lia.here.pk).update(grades=grades)

    shown = stages(lia.amira, lia.nora)

    assert first in before_the_others(shown)
    assert later not in before_the_others(shown)
    assert later in text(shown)


def test_a_class_of_two_stages_opens_both_and_one_without_a_grade_opens_all(lia):
    SchoolClass.objects.filter(pk=lia.here.pk).update(grades=[3, 4])
    assert "Grades 4 to 6" in before_the_others(stages(lia.amira, lia.nora))

    SchoolClass.objects.filter(pk=lia.here.pk).update(grades=[])
    assert "The other years" not in text(stages(lia.amira, lia.nora))
    assert "Grades 7 to 10" in text(stages(lia.amira, lia.nora))


def test_the_three_stand_side_by_side_with_the_same_weight():
    for stage in (*FOR_GROWN_UPS, *FOR_THE_CHILD):
        assert len(stage.child) == len(stage.home) == len(stage.school)
        assert stage.shift
    assert [grade for stage in FOR_GROWN_UPS for grade in stage.grades] == list(range(11))


def test_rest_breakfast_lunch_and_time_are_said_and_measured_nowhere(lia):
    SchoolClass.objects.filter(pk=lia.here.pk).update(grades=[1])

    shown = stages(lia.amira, lia.nora)

    for said in ("sleep", "breakfast", "packed lunch", "on time", "listens", "Nobody"):
        assert said.lower() in text(shown).lower()
    main = markup(shown).partition("<main")[2].partition("</main")[0]
    assert not [tag for tag in ("<form", "<input", "<textarea") if tag in main]


def test_a_pupil_of_twelve_reads_it_in_words_of_its_own(lia):
    ida = make.pupil("Ida", in_class=lia.here, born_on=today() - timedelta(days=13 * 366))

    shown = text(stages(ida, ida))

    assert "You pack your bag, and know what is due" in shown
    assert "Packs the bag" not in shown
    assert stages(ida, lia.nora).status_code == 404
    assert not set(map(str, words(is_own=True))) & set(map(str, words(is_own=False)))


def words(*, is_own):
    return [
        point
        for stage in stages_for(is_own=is_own)
        for part in (stage.child, stage.home, stage.school)
        for point in part
    ]


def test_who_is_neither_a_guardian_nor_the_child_finds_nothing(lia):
    cato = make.guardian("Cato", of=lia.nora)
    make.restricted(cato, lia.nora)

    for reader in (cato, make.holder("principal", lia), make.guardian("Ben", of=make.pupil("Liv", in_class=lia.here))):
        assert stages(reader, lia.nora).status_code == 404


def test_it_stands_beside_what_the_school_has_decided(lia):
    outline = read_outline("# Samarbeid\n\n## Forventninger\n\n1. Vi snakker sammen.\n", "x.md")
    draft = actions.draft_principle(lia, by=the_portal(), outline=outline, binding_kind="cooperation_plan")
    adopted = {"adopted_on": date(2026, 1, 5), "adopted_by": "Rådet", "effective_from": date(2026, 1, 5)}
    version = actions.publish_version(draft, by=the_portal(), **adopted)

    assert draft.principle.get_absolute_url() in markup(stages(lia.amira, lia.nora))
    page = Client().get((version or draft).principle.get_absolute_url())
    assert address("principles", "stage_list") in markup(page)


def test_without_a_child_everybody_reads_all_of_them():
    shown = Client().get(address("principles", "stage_list"), headers={"accept-language": "en"})

    assert shown.status_code == 200
    assert [
        stage
        for stage in ("The first grades, to grade 3", "Grades 4 to 6", "Grades 7 to 10")
        if stage not in text(shown)
    ] == []


def test_the_page_of_the_child_and_the_first_page_lead_there_without_a_query(lia):
    for page in (as_(lia.amira).get("/"), as_(lia.amira).get(address("people", "child_show", lia.nora.key))):
        assert address("principles", "stage_show", lia.nora.key) in markup(page)


def test_it_asks_at_most_twelve_times(lia):
    client = as_(lia.amira)
    client.get("/")
    with CaptureQueriesContext(connection) as queries:
        client.get(address("principles", "stage_show", lia.nora.key))

    assert len(queries) <= 12


@pytest.mark.parametrize("language", ["en", "nb", "nn", "da"])
def test_the_help_names_the_link_and_every_language_has_words_of_its_own(language):
    with translation.override(language):
        label = translation.gettext("Who does what")
        for hat in (PARENT, PUPIL):
            [one] = next(one.questions for one in chapters_for(hat) if one.name == DOING.name)
            assert label in one.says[0]
        if language != "en":
            assert str(FOR_GROWN_UPS[0].shift) != "The grown-ups carry most. The child tries, with a hand to hold."
