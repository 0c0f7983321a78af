"""A hundred texts, with and without a child's name: how many get through, and how many are stopped or asked in vain."""

from pathlib import Path

import pytest

from networks.names.naming import look_for, one_edit, points_at_a_child
from tests.networks.names.texts import ADULTS, CLASS, NICKNAMES, WITH, WITHOUT

FEATURES = Path(__file__).parents[3] / "docs" / "features.md"


def found(text, pupils=CLASS):
    return look_for(text, pupils, ADULTS)


def test_both_error_rates_are_those_that_are_written_down():
    assert len(WITH) == len(WITHOUT) == 50
    through = [text for _language, text in WITH if not found(text)]
    stopped = [text for _language, text in WITHOUT if found(text).named]
    asked = [text for _language, text in WITHOUT if found(text).doubtful and not found(text).named]

    assert set(through) == set(NICKNAMES)
    said = f"let through {len(through)} of 50, stopped wrongly {len(stopped)} of 50, asked in vain {len(asked)} of 50"

    assert said in FEATURES.read_text(encoding="utf-8"), [said, through, stopped, asked]


@pytest.mark.parametrize("text", [text for _language, text in WITH[:45] if text not in NICKNAMES])
def test_a_name_that_is_only_a_name_is_found(text):
    assert found(text)


@pytest.mark.parametrize("text", [text for _language, text in WITH[45:]])
def test_a_name_that_is_a_word_is_asked_about_and_read_by_the_teacher(text):
    assert found(text).doubtful
    assert not found(text).named or "familien" in text


@pytest.mark.parametrize(
    "name", ["Liv", "Even", "Bo", "Storm", "Sol", "Mai", "Vår", "Jo", "Tor", "Stein", "Dag", "Odd", "Signe"]
)
def test_names_that_are_words_ask_and_never_stop(name):
    for text in (f"Vi så {name} i dag", f"vi så {name.lower()} i dag", f"{name}s sekk", name.upper()):
        asked = look_for(text, [(name, "Kristoffersen")])

        assert not asked.named
        assert asked.doubtful


def test_an_adult_of_the_class_may_be_named_whole_and_a_child_of_the_same_name_may_not():
    assert not found("Nora Bekkelund er vikar.")
    assert look_for("Nora Bekkelund er vikar.", [("Nora", "Bekkelund")], ADULTS).named
    assert found("Nora er vikar.").named == ["Nora"]


@pytest.mark.parametrize(
    "text",
    [
        "N\u200do\u200cra",
        "Nо\u0301ra",
        "NORA",
        "ｎｏｒａ",
        "Ñora",
        "nora_w",
        "N\no\nr\na",
        "(Nora)",
        "«Nora»",
        "Nora/Emilie",
        "Νοrα",  # Greek letters among them
        "Нора",  # as a Ukrainian writes it
        "ɴᴏʀᴀ",
        "Ⓝⓞⓡⓐ",
        "🅽🅾🆁🅰",
        "🇳🇴🇷🇦",
        "No**ra**",
        "N(o)ra",
        "N-or-a",
        "Nor@",
    ],
)
def test_a_name_in_disguise_is_found(text):
    assert found(f"Det gjelder {text} i dag").named


@pytest.mark.parametrize("text", ["نورا", "نوره", "إميلي", "يوناس", "مُحَمَّد", "وارسامي", "سوفي", "الحسن"])
def test_a_name_in_arabic_letters_is_asked_about_and_read_by_the_teacher(text):
    asked = found(f"Det gjelder {text} igjen")

    assert len(asked.doubtful) == 1
    assert asked.capital == set(asked.doubtful)
    assert not asked.named


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("I går falt A.W. igjen", "A.W."),
        ("A. W. falt", "A. W."),
        ("A.W har det fint", "A.W"),
        ("Det gjelder Ludvik H. igjen", "Ludvik H."),
        ("Nora W. falt", "Nora W."),
    ],
)
def test_initials_are_asked_about_and_read_by_the_teacher(text, said):
    asked = found(text)

    assert said in asked.doubtful
    assert said in asked.capital


@pytest.mark.parametrize("text", ["Warsame Nora falt", "warsame, nora", "WarsameNora", "Haugland,Emilie"])
def test_a_name_the_other_way_round_is_found(text):
    assert found(text).named


def test_joiners_hide_neither_a_name_nor_that_a_text_points_at_a_child():
    assert found("Det gjelder \u200dNo\u2060ra i dag").named == ["Nora"]
    assert points_at_a_child("En gu\u200dtt i klassen er skadet.")


@pytest.mark.parametrize("text", ["Klasse A. Kom", "Møt opp på 2.B. Takk", "P.S. Ta med ball", "Ring kl. 17 til 3 B."])
def test_letters_that_mean_nobody_ask_nothing(text):
    assert not found(text)


@pytest.mark.parametrize("text", ["No\nra", "No-\nra", "No  ra", "No - ra"])
def test_a_name_in_parts_that_are_words_is_asked_about_and_read_by_the_teacher(text):
    asked = found(f"Det gjelder {text} igjen")

    assert asked.doubtful == [text]
    assert text in asked.capital


@pytest.mark.parametrize("text", ["Noros", "Nory", "Noran", "Noranın", "Норы", "Норе"])
def test_a_name_inflected_as_in_another_language_is_asked_about(text):
    assert found(f"Det gjelder {text} igjen").doubtful == [text]


@pytest.mark.parametrize(("name", "text"), [("Нора", "Nora"), ("Νικος", "Nikos"), ("Юля", "Julja")])
def test_a_name_that_the_school_has_in_another_script_is_found_in_ours(name, text):
    assert look_for(f"Det gjelder {text} igjen", [(name, "Moe")]).named == [text]


@pytest.mark.parametrize(
    "text",
    [
        "Norge rundt i år, og Norsk på mandag",
        "Skriv til kontakt@solskole.example.org eller 5@2",
        "Kom! Ta med ball, no\nbanning",
        "Kl. 17 - 19 (i dag) er det 3 + 4",
    ],
)
def test_words_signs_and_addresses_that_are_no_names_ask_nothing(text):
    assert not look_for(text, [("Nora", "Warsame"), ("Ida", "Sørensen")])


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("En gutt i klassen er skadet.", True),
        ("Den nye eleven trenger en venn.", True),
        ("Eit barn er borte.", True),
        ("En pige er faldet.", True),
        ("A boy in the class was hurt.", True),
        ("Vi har fått en rullestol i klassen.", True),
        ("Alle barna var med.", False),
        ("Guttene og jentene spilte sammen.", False),
        ("The children were out all day.", False),
    ],
)
def test_a_text_that_points_at_one_child_is_known(text, points):
    assert points_at_a_child(text) == points


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("jonas", "jonsa", True),
        ("jonas", "jona", True),
        ("jonas", "jonass", True),
        ("jonas", "tonas", True),
        ("jonas", "jonas", False),
        ("jonas", "janos", False),
        ("jonas", "jon", False),
    ],
)
def test_one_edit_is_one_letter_or_two_that_changed_places(one, other, near):
    assert one_edit(one, other) == near
    assert one_edit(other, one) == near


def test_a_long_text_in_a_big_class_is_checked_at_once():
    text = " ".join(text for _language, text in WITHOUT)[:3000]

    assert found(text, CLASS + tuple((f"Barnenavn{n}", f"Etternavn{n}") for n in range(40)))
