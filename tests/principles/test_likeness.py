"""Which point of the version before a point of a new text may be: the same words are, what is like is asked about."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from principles.descent.likeness import BESIDE, Descends, Point, _beside, _word_for_word, _words, propose, settled
from principles.descent.models import SaidTwice, refuse_wrong

TWELVE = [
    "Skolen indkalder til samtale to gange om året.",
    "Læreren sender elevplanen en uge før samtalen.",
    "Skolen tilbyder tolk til alle, der har brug for det.",
    "Klassens lærere svarer på beskeder inden to hverdage. De ringer hjem, når noget haster.",
    "Ledelsen deltager, når lærer og hjem ikke er enige.",
    "Kontoret skriver mødetider på skolens hjemmeside.",
    "Mindst én forælder deltager i hver samtale.",
    "Forældre læser planen sammen med barnet.",
    "Hjemmet giver besked samme morgen, når barnet er sygt.",
    "Forældre taler pænt om andres børn ved spisebordet.",
    "Barnet møder udhvilet og har madpakke med.",
    "Bestyrelsen følger op på princippet hvert andet år.",
]


def points(texts, under="Skolens ansvar"):
    return [Point(number, text, under) for number, text in enumerate(texts, 1)]


def read(texts, under="Skolens ansvar"):
    return [(under, text) for text in texts]


def proposed(before, after):
    return [one.proposed for one in propose(points(before), read(after))]


def same(*numbers):
    return [Descends(same=number) for number in numbers]


def test_what_is_put_in_struck_and_split_leaves_every_other_its_number():
    after = [*TWELVE]
    first, second = after[3].split(". ")
    after[3:4] = [f"{first}.", second]
    after.remove(TWELVE[8])
    after.insert(1, "Samtalen handler også om, hvordan barnet trives.")

    found = propose(points(TWELVE), read(after))

    assert [one.proposed for one in found] == [
        *same(1),
        Descends(),
        *same(2, 3, 4),
        Descends(split=4),
        *same(5, 6, 7, 8, 10, 11, 12),
    ]
    assert [one.text for one in found if not one.sure] == [f"{first}.", second]


def test_what_is_merged_goes_on_as_the_one_and_takes_the_other_in():
    after = [*TWELVE]
    after[6:8] = ["Mindst én forælder deltager i hver samtale, og forældre læser planen sammen med barnet."]

    (merged,) = [one for one in propose(points(TWELVE), read(after)) if not one.sure]

    assert merged.proposed in (Descends(same=7, takes=(8,)), Descends(same=8, takes=(7,)))
    assert Descends() in merged.options


def test_what_is_moved_and_what_only_looks_different_is_sure():
    after = [TWELVE[11], *TWELVE[:11]]
    after[1] = after[1].upper()

    found = propose(points(TWELVE), read(after))

    assert [one.proposed for one in found] == same(12, *range(1, 12))
    assert all(one.sure for one in found)


def test_the_same_words_twice_go_on_where_they_stand():
    before = [Point(1, "Vi møder til tiden.", "Skolens ansvar"), Point(2, "Vi møder til tiden.", "Forældrenes ansvar")]

    (left,) = propose(before, [("Forældrenes ansvar", "Vi møder til tiden.")])

    assert left.proposed == Descends(same=2)


def test_the_likest_go_together():
    before = ["Skolen svarer inden to dage", "Skolen ringer hjem"]
    after = ["Skolen ringer hjem", "Skolen svarer altid inden to dage", "Noget helt andet"]

    assert proposed(before, after) == [*same(2, 1), Descends()]


def test_what_is_a_little_like_is_asked_about_and_proposed_as_new():
    (one,) = propose(
        points(["Læreren ringer til hjemmet hver fredag"]), read(["Rektor ringer til kontoret hver måned nu"])
    )

    assert not one.sure
    assert one.options == [Descends(), Descends(same=1), Descends(split=1)]


def test_a_point_without_words_and_an_empty_text():
    assert proposed(["✅", "…"], ["…", "✅"]) == same(2, 1)
    assert propose([], []) == propose(points(TWELVE), []) == []
    assert proposed([], ["Ny"]) == [Descends()]


def test_a_point_that_nobody_carries_on_goes_on_as_the_first_of_its_parts():
    assert settled([Descends(split=1), Descends(split=1)]) == [Descends(same=1), Descends(split=1)]
    assert settled([Descends(split=1), Descends(same=1)]) == [Descends(split=1), Descends(same=1)]


def test_no_point_goes_on_twice():
    refuse_wrong([Descends(same=1), Descends(split=1), Descends(same=2, takes=(3,))], {1, 2, 3})
    for wrong in ([*same(1, 1)], [*same(1), Descends(same=2, takes=(1,))]):
        with pytest.raises(SaidTwice):
            refuse_wrong(wrong, {1, 2})


WORDS = [
    f"{first}{second}{third}" for first in "bdfglmprst" for second in "aeiouyæø" for third in ("k", "nd", "rt", "vl")
]


def sentences(draw, many):
    return [" ".join(draw.sample(WORDS, draw.randint(8, 14))) for _ in range(many)]


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**9), many=st.integers(4, 40))
def test_whatever_is_edited_every_other_point_keeps_its_identity(seed, many):
    """Points are put in, struck, moved, reworded by a word or two and split in halves; the numbers follow the words."""
    draw = random.Random(seed)
    before = sentences(draw, many)
    after = [(text, number) for number, text in enumerate(before, 1)]
    parts = {}
    for _ in range(draw.randint(1, max(1, many // 3))):
        what, at = draw.choice(["put in", "strike", "move", "reword", "split"]), draw.randrange(len(after))
        text, number = after[at]
        if what == "put in":
            after.insert(at, (sentences(draw, 1)[0], None))
        elif what == "strike" and len(after) > 1:
            del after[at]
        elif what == "move":
            after.insert(draw.randrange(len(after)), after.pop(at))
        elif what == "reword" and number and number not in parts:
            words = text.split()
            words[draw.randrange(len(words))] = "helt andet"
            after[at] = (" ".join(words), number)
        elif what == "split" and number and before[number - 1] == text:
            words = text.split()
            half = len(words) // 2
            parts[number] = {" ".join(words[:half]), " ".join(words[half:])}
            after[at : at + 1] = [(part, number) for part in (" ".join(words[:half]), " ".join(words[half:]))]

    found = propose(points(before), read([text for text, _number in after]))

    for (text, number), one in zip(after, found, strict=True):
        if number in parts:
            assert number in (one.proposed.same, one.proposed.split), text
        elif number:
            assert one.proposed.same == number, text
        else:
            assert one.proposed.same is None, text
    carried = [one.proposed.same for one in found if one.proposed.same]
    assert len(carried) == len(set(carried))


@pytest.mark.parametrize("many", [100, 1000])
def test_each_point_is_laid_beside_a_few_however_many_there_are(many):
    """Each of them reworded, and full of words that stand in all of them."""
    draw = random.Random(many)
    before = points([f"Skolen og hjemmet skal altid {text}" for text in sentences(draw, many)])
    texts = read([f"{point.text} også" for point in before])
    same = _word_for_word(before, texts)
    old = {point.number: _words(point.text) for point in before}
    new = {place: _words(text) for place, (_under, text) in enumerate(texts)}

    beside = [numbers for _place, numbers in _beside(before, same, old, new)]

    assert max(len(numbers) for numbers in beside) <= BESIDE + 3
    assert [one.proposed.same for one in propose(before, texts)] == [point.number for point in before]
