"""Domain 5: another child's name, and hints at what the school keeps elsewhere, are warned of and never blocked."""

import pytest

from conferences.after.wording import MATTERS, names_in, warnings_in, words_in
from tests import make
from tests.ground import once

HINTS = {
    "diagnosis": ("Han har fått ADHD-diagnose.", "Ho har dysleksi.", "Hun er ordblind.", "He has dyslexia."),
    "health": (
        "Han tar medisin hver dag.",
        "Ho er ofte på sjukehus.",
        "Hun går til lægen.",
        "She sees a psychologist.",
    ),
    "child_welfare": (
        "Barnevernet er med.",
        "Skulen har sendt uromelding.",
        "Der er lavet en underretning.",
        "We think of neglect.",
    ),
    "faith": ("Familien er muslimsk.", "Dei er med i menigheten.", "Hun bærer tørklæde.", "They are Jewish."),
    "family_conflict": (
        "Foreldrene har tatt ut skilsmisse.",
        "Det er mykje alkohol heime.",
        "Der er en sag om forældremyndighed.",
        "There is a custody case.",
    ),
}
FINE = (
    "Legen på tavla: hun vil leke mer. Børnene leger godt, og legegruppen virker.",
    "Han kjenner alle trafikkskilt, og har voldsomt god fart.",
    "Ho øver på å legge saman, og er glad i religion og KRLE.",
    "He can add and subtract, and Christian helps him.",
    "Samvær med andre går godt.",
)


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in HINTS.items() for text in texts])
def test_a_word_hints_at_its_matter_in_four_languages(name, text):
    assert [matter.name for matter in MATTERS if words_in(text, matter)] == [name]


@pytest.mark.parametrize("text", FINE)
def test_everyday_words_are_left_alone(text):
    assert [words_in(text, matter) for matter in MATTERS if words_in(text, matter)] == []


@once
def others(school, school_class, nora):
    beside = make.school_class("4A", at=school, grades=(4,))
    return [make.pupil("Oda Marie", "Ås", in_class=beside), make.pupil("Li", "Ng", in_class=beside)]


@pytest.mark.parametrize("text", ["Sits with Oda Marie Ås.", "oda ås is kind", "Plays with Oda\nÅs", "(Li Ng)"])
def test_a_first_and_last_name_of_another_child_is_met(others, nora, teacher, text):
    assert names_in(text, pupil=nora, writer=teacher)


@pytest.mark.parametrize("text", ["Nora Warsame reads.", "Oda is kind.", "Ås is a place.", "Li Ngata", "Bli Ng", ""])
def test_the_childs_own_name_and_half_a_name_are_not(others, nora, teacher, text):
    assert names_in(text, pupil=nora, writer=teacher) == ()


def test_a_first_name_alone_is_met_in_the_own_class_and_with_a_capital_letter(others, nora, teacher, school_class):
    make.pupil("Liv", "Dahl", in_class=school_class)
    assert names_in("Plays with Liv.", pupil=nora, writer=teacher) == ("Liv",)
    assert names_in("Full of liv, with Oda.", pupil=nora, writer=teacher) == ()


def test_the_first_name_of_those_at_home_is_not(others, nora, amina, teacher, school_class):
    for name in (nora.given_name, amina.given_name):
        make.pupil(name, "Dahl", in_class=school_class)
    assert names_in("Nora reads with Amina.", pupil=nora, writer=teacher) == ()


def test_a_child_of_another_school_is_not_looked_for(others, nora, teacher):
    elsewhere = make.school_class("1A", at=make.school("Elsewhere"))
    make.pupil("Far", "Away", in_class=elsewhere)
    assert names_in("Far Away", pupil=nora, writer=teacher) == ()


def test_a_warning_does_not_tell_of_a_protected_child_or_one_kept_from_the_writer(
    others, nora, teacher, school_class, school
):
    make.restricted(teacher, others[0])
    assert names_in("Oda Ås", pupil=nora, writer=teacher) == ()
    others[1].protections.create(grade="strict", valid_from=school.today())
    assert names_in("Li Ng", pupil=nora, writer=teacher) == ()
    own = make.pupil("Mina", "Vik", in_class=school_class)
    own.protections.create(grade="strict", valid_from=school.today())
    assert names_in("Mina Vik", pupil=nora, writer=teacher)


def test_a_warning_says_why_and_where_it_belongs(others, nora, teacher):
    found = warnings_in("Li Ng has ADHD", pupil=nora, writer=teacher)
    assert [caution.found for caution in found] == [("Li Ng",), ("adhd",)]
    assert all("case files" in caution.why or "a friend" in caution.why for caution in found)


def test_warnings_take_the_same_queries_at_any_size(others, nora, teacher, school_class, django_assert_num_queries):
    for number in range(30):
        make.pupil(f"Barn{number}", "Vik", in_class=school_class)
    with django_assert_num_queries(1):
        warnings_in("Barn7 Vik", pupil=nora, writer=teacher)


def test_hostile_text_is_read_in_no_time(others, nora, teacher):
    assert warnings_in("(" * 20_000 + "a\x00" * 9, pupil=nora, writer=teacher) == []
