"""The commands: counts as JSON, a made-up roster that reads back, and errors that say where."""

import json

import pytest
from django.core.management import CommandError, call_command

from portal.people.models import Person, RosterImport
from portal.rosters.reading import read_roster


def run(capsys, *words):
    call_command("import_roster", *words, "--json")
    return json.loads(capsys.readouterr().out.splitlines()[-1])


@pytest.mark.django_db
def test_import_roster_prints_what_was_read_and_done(folder, capsys):
    path = str(folder())

    tried = run(capsys, path, "--dry-run")
    assert Person.objects.filter(given_name="Nora").count() == RosterImport.objects.count() == 0
    first, again = run(capsys, path), run(capsys, path)

    assert {word: first[word] for word in tried if word != "dry_run"} == {
        word: tried[word] for word in tried if word != "dry_run"
    }
    assert (first["persons"], first["pupils"], first["guardians"], first["staff"]) == (7, 2, 3, 2)
    assert (first["created"], first["updated"], first["deactivated"]) == (16, 0, 0)
    assert (again["created"], again["updated"], again["unchanged"], again["deactivated"]) == (0, 0, 16, 0)
    assert first["errors"] == []
    assert {"file", "row", "text"} == set(first["warnings"][0])


@pytest.mark.django_db
def test_import_roster_tells_errors_by_file_and_row(folder, changed, capsys):
    path = folder(changed("demographics.csv", ("2020-03-04", "1/05/2020")))

    with pytest.raises(CommandError, match="Nothing was imported"):
        call_command("import_roster", str(path), "--json")

    said = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert [(error["file"], error["row"]) for error in said["errors"]] == [("demographics.csv", 2)]
    assert said["persons"] == said["created"] == 0


@pytest.mark.parametrize("out", ["made", "made.zip"])
def test_make_roster_writes_what_can_be_read(out, tmp_path):
    call_command("make_roster", str(tmp_path / out), schools=2, pupils=120, verbosity=0)

    roster = read_roster(tmp_path / out)

    assert roster.format == "OneRoster 1.2"
    assert (len(roster.schools), len(roster.pupils)) == (2, 120)
    assert roster.notes.warnings == []
    guardians = [{row.guardian for row in roster.relations.values() if row.pupil == pupil} for pupil in roster.pupils]
    assert {len(found) for found in guardians} == {1, 2}
    children = [len([1 for row in roster.relations.values() if row.guardian == one]) for one in roster.guardians]
    assert max(children) > 1


def test_make_roster_with_the_same_seed_writes_the_same(tmp_path):
    for name in ("one", "other"):
        call_command("make_roster", str(tmp_path / name), schools=1, pupils=40, seed=7, verbosity=0)

    assert (tmp_path / "one" / "users.csv").read_bytes() == (tmp_path / "other" / "users.csv").read_bytes()
