"""Word by word, what went and what came."""

from principles.wording import Run, runs


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


def test_very_long_texts_are_compared_by_sentence_and_lose_nothing():
    before = "".join(f"Punkt {number} gælder.  " for number in range(1000)) + "Uden punktum"
    after = before.replace("Punkt 500 gælder", "Punkt 500 er slettet")

    found = runs(before, after)

    assert [run.text for run in found if run.kind != "same"] == ["Punkt 500 gælder.  ", "Punkt 500 er slettet.  "]
    assert "".join(run.text for run in found if run.kind != "new") == before
    assert "".join(run.text for run in found if run.kind != "gone") == after
