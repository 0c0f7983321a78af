"""manage.py import_principle, as it is typed."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from principles import actions
from principles.models import Clause, PrincipleVersion
from tests.principles.conftest import TEXT


@pytest.fixture
def file(tmp_path):
    written = tmp_path / "princip.txt"
    written.write_text(TEXT)
    return written


def run(*arguments):
    out = StringIO()
    call_command("import_principle", *map(str, arguments), stdout=out, stderr=StringIO())
    return out.getvalue()


def test_import_principle_prints_json(file, engen):
    printed = json.loads(run(file, "--school", engen.number, "--json").splitlines()[-1])

    assert printed["title"] == "Princip for skole-hjem-samtaler"
    assert printed["language"] == "da"
    assert [(section["kind"], len(section["clauses"])) for section in printed["sections"]] == [
        ("purpose", 1),
        ("school", 2),
        ("parents", 1),
    ]
    assert printed["updated_on"] is None
    assert printed["warnings"] == []


def test_import_principle_saves_a_draft(file, engen):
    run(file, "--school", engen.number)

    assert PrincipleVersion.objects.get().is_draft
    assert Clause.objects.count() == 4


def test_import_principle_twice_changes_nothing(file, engen):
    run(file, "--school", engen.number)
    run(file, "--school", engen.number)

    assert PrincipleVersion.objects.count() == 1


def test_import_principle_begins_a_new_version_of_what_is_published(file, engen, published):
    file.write_text(TEXT.replace("• Læreren sender en plan.", "• Læreren sender en plan.\n• Barnet får ordet først."))

    run(file, "--school", engen.number)

    assert [version.number for version in PrincipleVersion.objects.all()] == [2, 1]


def test_import_principle_leaves_a_doubtful_point_to_whoever_writes_the_text(file, engen, published):
    file.write_text(TEXT.replace("en plan", "en god plan"))

    with translation.override("en"), pytest.raises(CommandError, match="1 point may be an earlier one in new words"):
        run(file, "--school", engen.number)

    assert PrincipleVersion.objects.count() == 1


def test_import_principle_never_writes_over_a_draft(file, engen, published, karen):
    actions.draft_revision(published.principle, by=karen)
    file.write_text(TEXT.replace("en plan", "en god plan"))

    with translation.override("en"), pytest.raises(CommandError, match="draft"):
        run(file, "--school", engen.number)


def test_import_principle_dry_run_saves_nothing(file, engen):
    run(file, "--school", engen.number, "--dry-run")

    assert not PrincipleVersion.objects.exists()


def test_import_principle_without_a_school_is_common_to_all(file, engen):
    run(file)

    assert PrincipleVersion.objects.get().principle.school is None


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02" * 500])
def test_import_principle_says_what_is_wrong(tmp_path, engen, content):
    (tmp_path / "file").write_bytes(content)

    with pytest.raises(CommandError):
        run(tmp_path / "file", "--school", engen.number)


def test_import_principle_says_that_there_is_no_file_or_school(file, db):
    with pytest.raises(CommandError):
        run("nowhere.txt", "--dry-run")
    with pytest.raises(CommandError):
        run(file, "--school", "nowhere")
