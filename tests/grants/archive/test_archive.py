"""What goes to the archive: every paper stands in the XML with its checksum, both forms are valid, and nothing is deleted
that was not handed over."""

import hashlib
import io
import re
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
import xmlschema
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from grants import actions
from grants.appeal import actions as appeals
from grants.archive.folders import extract_of, faults_of, folder_of, write_folder
from grants.models import Decision, GrantApplication, GrantReport, Receipt
from portal.people.models import Role, the_portal
from tests import make
from tests.grants.appeal.conftest import after, decided
from tests.grants.cast import applied
from tests.ground import once
from tests.pages import address, as_, text

pytestmark = pytest.mark.django_db

SCHEMAS = [above / "shared" / "data" / "schemas" for above in Path(settings.BASE_DIR).parents]
ARKIVMELDING = "arkivmelding/no.ks.fiks.arkiv.v1.arkivering.arkivmelding.opprett.xsd"
NOARK = "noark5/arkivstruktur.xsd"


def schema(name):
    found = next((place / name for place in SCHEMAS if (place / name).is_file()), None)
    if found is None:
        pytest.skip(f"the public schema {name} is not beside this checkout (../shared/data/schemas)")
    return xmlschema.XMLSchema(found)


@once
def rejected(town):
    """A case with everything that a case may hold: a question, its answer, two versions, an appeal and its outcome."""
    application = applied(town.gathering, town.zofia, reply_language="nn")
    actions.take_up_application(application, by=town.principal)
    asked = actions.ask_for_information(
        application, by=town.principal, question="Kor mange?", answer_by=town.school.today() + timedelta(days=2)
    )
    actions.answer_request(asked, by=town.zofia, answer="Tjue 😀")
    actions.take_up_application(application, by=town.principal)
    said = {"reasons": "Berre nokre er bedne.", "considerations": "Alle skal med.", "rules": [town.ground]}
    decision = actions.decide_application(application, by=town.principal, result="rejected", **said)
    decision = actions.correct_decision(decision, by=town.principal, correction_note="Dagen var feil.")
    appeals.tell_decision(decision, by=the_portal(), told_on=town.school.today())
    return decision


@once
def appealed(town, rejected):
    appeal = appeals.send_appeal(rejected, by=town.zofia, what="Avslaget", change="Vi vil ha 1000 kroner.")
    appeals.forward_appeal(appeal, by=town.officer, statement="Vi står ved det.")
    day = town.school.today()
    appeals.settle_appeal(appeal, by=town.officer, state="upheld", outcome="Regelen er klar.", decided_on=day)
    return GrantApplication.objects.with_names().get(pk=rejected.application_id)


def sums_in(xml):
    return set(re.findall(r"sjekksum>([0-9a-f]{64})<", xml.decode()))


def papers(folder):
    return {name: content for name, content in folder.items() if name.endswith(".pdf")}


def test_a_case_is_valid_arkivmelding(appealed):
    schema(ARKIVMELDING).validate(io.BytesIO(folder_of(appealed)["arkivmelding.xml"]))


def test_every_paper_of_a_case_stands_in_the_xml_with_its_checksum(appealed):
    folder = folder_of(appealed)

    kinds = [name[3:].partition(".")[0].rstrip("0123456789-") for name in papers(folder)]
    first = ["application", "judged", "question", "answer", "decision", "decision"]
    assert kinds == [*first, "appeal", "statement", "outcome"]
    assert sums_in(folder["arkivmelding.xml"]) == {hashlib.sha256(pdf).hexdigest() for pdf in papers(folder).values()}
    assert all(one in folder["sha256sums.txt"].decode() for one in sums_in(folder["arkivmelding.xml"]))


def test_a_report_and_its_receipts_go_along(town, appealed):
    content = b"%PDF-1.7 a receipt"
    digest = hashlib.sha256(content).hexdigest()
    Receipt.objects.create(
        application=appealed,
        name="Rema.pdf",
        kind="application/pdf",
        content=content,
        size=len(content),
        digest=digest,
        added_by=town.zofia,
    )
    counted = dict.fromkeys(("families", "adults", "children", "siblings"), 9)
    said = {"involved": "Alle.", "used_for": "Mat.", "spent": 90_000, "held_on": town.school.today()}
    GrantReport.objects.create(application=appealed, sent_by=town.zofia, **counted, **said)

    folder = folder_of(appealed)

    assert [name[3:] for name in papers(folder)][-2:] == ["report.pdf", "receipt-1.pdf"]
    assert digest in sums_in(folder["arkivmelding.xml"])
    schema(ARKIVMELDING).validate(io.BytesIO(folder["arkivmelding.xml"]))


def test_every_paper_is_kept_for_ever(appealed):
    for pdf in papers(folder_of(appealed)).values():
        assert b"<pdfaid:conformance>A" in pdf


def test_a_folder_with_one_file_less_or_another_is_not_whole(appealed, tmp_path):
    write_folder(folder_of(appealed), tmp_path)
    assert faults_of(tmp_path) == []
    files = sorted(tmp_path.glob("*.pdf"))

    files[0].write_bytes(files[1].read_bytes())
    files[2].unlink()

    assert sorted(fault.partition(": ")[2] for fault in faults_of(tmp_path)) == ["another checksum", "missing"]


def test_titles_name_nobody_and_no_account_is_handed_over(town, appealed):
    xml = folder_of(appealed)["arkivmelding.xml"].decode()

    titles = re.findall(r"(?:T|t)ittel>([^<]*)<", xml)
    names = [town.zofia.family_name, town.zofia.given_name, town.amir.family_name, town.gathering.title]
    assert titles
    assert not [title for title in titles for name in names if name in title]
    assert "17947" not in xml


def test_the_same_case_is_the_same_folder_each_time(appealed):
    assert folder_of(appealed) == folder_of(appealed)


# A year


def over(town):
    """Long after the last day to appeal, in the same or the next year; the year in which the case ended."""
    return time_machine.travel(timezone.localtime() + timedelta(days=60), tick=False)


def year_of(decision):
    return (decision.last_day_to_appeal + timedelta(days=1)).year


def test_the_closed_cases_of_a_year_are_valid_noark(town, rejected, appealed):
    with over(town):
        folder, cases = extract_of(town.school.municipality, year_of(rejected))

    assert [one.pk for one in cases] == [appealed.pk]
    schema(NOARK).validate(io.BytesIO(folder["arkivstruktur.xml"]))
    assert sums_in(folder["arkivstruktur.xml"]) == {hashlib.sha256(pdf).hexdigest() for pdf in papers(folder).values()}


def test_how_long_a_case_is_kept_stands_in_the_extract(town, rejected):
    town.scheme.archive_class, town.scheme.kept_years = "223 Tilskudd", 10
    town.scheme.save()
    with over(town):
        folder, _cases = extract_of(town.school.municipality, year_of(rejected))
    xml = folder["arkivstruktur.xml"]

    schema(NOARK).validate(io.BytesIO(xml))
    assert b"<klasseID>223 Tilskudd</klasseID>" in xml
    assert b"<bevaringstid>10</bevaringstid>" in xml


def test_what_can_still_be_appealed_or_is_appealed_is_not_closed(town, rejected):
    municipality, year = town.school.municipality, year_of(rejected)
    assert extract_of(municipality, year)[1] == []
    appeals.send_appeal(rejected, by=town.zofia, what="Avslaget", change="Meir.")
    with over(town):
        assert extract_of(municipality, year)[1] == []


# The commands and the page


def test_export_case_writes_the_folder_and_that_it_was_handed_over(appealed, tmp_path):
    call_command("export_case", appealed.case_number, str(tmp_path / "out"))

    assert faults_of(tmp_path / "out") == []
    appealed.refresh_from_db()
    assert appealed.exported_at


@pytest.mark.parametrize("number", ["99/9999", "nothing", ""])
def test_export_case_refuses_a_number_that_there_is_not(db, number, tmp_path):
    with pytest.raises(CommandError):
        call_command("export_case", number, str(tmp_path / "out"))


def test_export_case_refuses_a_folder_in_use(appealed, tmp_path):
    (tmp_path / "other").write_text("mine")
    with pytest.raises(CommandError, match="not empty"):
        call_command("export_case", appealed.case_number, str(tmp_path))


def test_export_case_refuses_what_is_not_decided(sent, tmp_path):
    with pytest.raises(CommandError, match="not decided"):
        call_command("export_case", sent.case_number, str(tmp_path / "out"))


def test_export_archive_writes_a_folder_for_each_municipality(town, rejected, tmp_path):
    with over(town):
        call_command("export_archive", str(year_of(rejected)), str(tmp_path))

    assert faults_of(tmp_path / town.school.municipality.number) == []
    assert GrantApplication.objects.get().exported_at


def test_one_press_hands_over_a_zip_and_the_list_says_so(town, appealed, client):
    client.force_login(town.principal)
    assert client.get(address("grants", "archive_list")).context["cases"] == [appealed]

    answer = client.post(address("grants", "archive_file", appealed.pk))

    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    assert sorted(Path(name).name for name in archive.namelist()) == sorted(folder_of(appealed))
    [case] = client.get(address("grants", "archive_list")).context["cases"]
    assert case.exported_at


def test_an_appeal_after_the_handing_over_has_to_be_handed_over_too(town, rejected, tmp_path):
    call_command("export_case", rejected.application.case_number, str(tmp_path / "out"))
    appeals.send_appeal(rejected, by=town.zofia, what="Avslaget", change="Meir.")

    assert GrantApplication.objects.get().exported_at is None


def test_the_list_asks_no_more_for_many_cases(town, appealed, client, django_assert_max_num_queries):
    client.force_login(town.principal)
    with django_assert_max_num_queries(30) as before:
        client.get(address("grants", "archive_list"))
    with after(1), transaction.atomic():
        decided(town, result="approved", amount=100_000, told=False)
    with django_assert_max_num_queries(len(before)):
        client.get(address("grants", "archive_list"))


# Nothing is deleted before


def test_nothing_is_deleted_that_was_not_handed_over(town, rejected, tmp_path):
    application = rejected.application
    application.impartiality_answers.all().delete()
    application.information_requests.all().delete()
    for rows in (Decision.objects, GrantApplication.objects):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.all()._raw_delete("default")

    call_command("export_case", application.case_number, str(tmp_path / "out"))
    for rows in (Decision.objects, GrantApplication.objects):
        rows.all()._raw_delete("default")
    assert not GrantApplication.objects.exists()


def test_a_draft_may_go(town):
    actions.draft_application(town.gathering, by=town.zofia)

    GrantApplication.objects.all().delete()
    assert not GrantApplication.objects.exists()


def test_who_answers_for_no_case_reads_so_and_not_that_none_is_decided(town, rejected):
    """What a school decided is the school's to hand over, also when the municipality looks."""
    officer = as_(town.officer)

    assert "There is no case that you answer for" in text(officer.get(address("grants", "archive_list")))
    elsewhere = make.holder(Role.Kind.PRINCIPAL, make.school("Annen skole"))
    assert "No case is decided yet" in text(as_(elsewhere).get(address("grants", "archive_list")))
