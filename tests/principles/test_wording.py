"""Word by word, what went and what came."""

from principles.wording import LONGEST, Run, difference, numbered_as_before, runs


def test_runs_show_whole_phrases():
    found = runs("Vi indkalder mindst en uge før.", "Vi indkalder mindst 14 dage før.")

    assert found == [
        Run("same", "Vi indkalder mindst "),
        Run("gone", "en uge"),
        Run("new", "14 dage"),
        Run("same", " før."),
    ]


def test_runs_lose_nothing():
    before, after = "Én forælder deltager, på skolen.", "Mindst én forælder deltager på video eller i telefon."

    found = runs(before, after)

    assert "".join(run.text for run in found if run.kind != "new") == before
    assert "".join(run.text for run in found if run.kind != "gone") == after


def test_numbers_follow_the_most_alike():
    before = {1: "Skolen svarer inden to dage", 2: "Skolen ringer hjem"}
    texts = {"a": "Skolen ringer hjem", "b": "Skolen svarer altid inden to dage", "c": "Noget helt andet"}

    assert numbered_as_before(before, texts) == {"a": 2, "b": 1}


def test_what_is_too_long_to_compare_while_somebody_waits_is_gone_and_new_as_a_whole():
    before, after = "a b " * LONGEST, "c d " * LONGEST
    assert difference(before, after) == [Run("gone", before), Run("new", after)]
    assert difference("", after) == [Run("new", after)]
    assert difference("one two", "one three") == runs("one two", "one three")
