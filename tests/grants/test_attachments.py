"""What a class sends along with its application: looked through, read by those who read it all, kept as it was taken in."""

import hashlib
import io
from functools import partial

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import translation

from grants import actions as core
from grants.archive.folders import folder_of
from grants.attachments import actions
from grants.batch.queries import plain_cases
from grants.files import SoundFile
from grants.models import Attachment, GrantApplication
from grants.models.attachments import NotAttachable
from grants.models.files import NotAFile
from grants.money.actions import forget_draft
from portal.people.models import the_portal
from tests import make
from tests.grants.archive.test_archive import ARKIVMELDING, schema, sums_in
from tests.grants.cast import FULL
from tests.grants.reports.files import HTML, PNG, pdf, picture
from tests.ground import once
from tests.pages import address, as_, markup, text
from tests.threads import in_a_thread

page = partial(address, "grants")

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@once
def draft(town):
    return core.draft_application(town.gathering, by=town.zofia, **FULL)


def upload(name, content):
    return SimpleUploadedFile(name, content, content_type="text/plain")


def add(person, application, *files):
    return as_(person).post(page("attachment_add", application.pk), {"files": list(files)}, follow=True)


def test_a_file_is_added_to_a_draft_and_stands_among_the_answers(town, draft):
    shown = add(town.zofia, draft, upload("Program.txt", pdf()))

    assert "Program.pdf" in text(shown)
    checked = as_(town.zofia).get(page("application_check", draft.pk))
    assert "Program.pdf" in text(checked)
    assert page("attachment_add", draft.pk) in markup(checked)


def test_what_is_unsound_is_told_and_what_is_sound_is_kept(town, draft):
    shown = add(town.zofia, draft, upload("a.png", picture()), upload("b.pdf", HTML))

    assert "“b” is not a PDF, a JPEG or a PNG" in text(shown)
    assert [one.name for one in draft.attachments.all()] == ["a.png"]
    assert "a.png" in text(shown)


def test_no_file_at_all_is_said_in_words(town, draft):
    assert "Choose the files that you want to send." in text(add(town.zofia, draft))


def test_a_double_press_and_another_name_keep_it_once(town, draft):
    for name in ("a.png", "a.png", "again.png"):
        shown = add(town.zofia, draft, upload(name, picture()))

    assert draft.attachments.count() == 1
    assert "You have added it already." in text(shown)


def test_there_is_room_for_five(town, draft):
    files = [SoundFile(f"{n}.png", "image/png", picture(size=(n + 1, 1))) for n in range(6)]

    with pytest.raises(NotAFile, match="room for five"):
        actions.add_attachments(draft, by=town.zofia, files=files)

    assert actions.add_attachments(draft, by=town.zofia, files=files[:5]) == 5


def test_it_leaves_as_a_download_that_nothing_runs(town, sent):
    actions.add_attachments(sent, by=town.zofia, files=[PNG])

    answer = as_(town.principal).get(page("attachment_open", sent.attachments.get().pk))

    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer.content == PNG.content


def test_the_guardians_of_the_class_and_another_school_do_not_get_it(town, awarded):
    said = {"name": PNG.name, "kind": PNG.kind, "content": PNG.content, "size": 9, "digest": PNG.digest}
    file = Attachment.objects.create(application=awarded, added_by=town.zofia, **said)
    elsewhere = make.holder("principal", make.school("Sol skole"))

    assert as_(town.parent).get(page("application_show", awarded.pk)).status_code == 200
    for person in (town.parent, elsewhere):
        assert as_(person).get(page("attachment_open", file.pk)).status_code == 404
    assert PNG.name not in text(as_(town.parent).get(page("application_show", awarded.pk)))


def test_the_decider_reads_it_and_no_batch_passes_it_by(town, sent):
    assert [one.pk for one in plain_cases(town.principal)] == [sent.pk]

    actions.add_attachments(sent, by=town.zofia, files=[PNG])

    assert PNG.name in text(as_(town.principal).get(page("application_open", sent.pk)))
    assert plain_cases(town.principal) == []


def test_files_stand_still_once_it_is_opened_and_open_again_with_a_question(town, sent):
    actions.add_attachments(sent, by=town.zofia, files=[PNG])
    core.take_up_application(sent, by=town.principal)
    with pytest.raises(NotAttachable):
        actions.add_attachments(sent, by=town.zofia, files=[SoundFile("b.pdf", "application/pdf", pdf())])
    assert "Add the files" not in text(as_(town.zofia).get(page("attachment_add", sent.pk)))

    asked = core.ask_for_information(sent, by=town.principal, question="Program?", answer_by=town.school.today())
    add(town.zofia, sent, upload("Program.pdf", pdf()))
    with pytest.raises(NotAttachable):
        actions.remove_attachment(sent.attachments.first(), by=town.zofia)
    core.answer_request(asked, by=town.zofia, answer="Se vedlegget.")

    assert [one.name for one in sent.attachments.all()] == [PNG.name, "Program.pdf"]
    said = text(as_(town.principal).get(page("application_show", sent.pk)))
    assert "The class added files to the application." in said


def test_a_wrong_file_is_taken_away_once(town, draft):
    actions.add_attachments(draft, by=town.zofia, files=[PNG])
    file = draft.attachments.get()

    shown = as_(town.zofia).post(page("attachment_remove", file.pk), follow=True)

    assert "The file is taken away." in text(shown)
    assert as_(town.zofia).post(page("attachment_remove", file.pk)).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_of_two_who_add_the_same_file_at_once_one_adds_it(town, draft):
    told = []
    with transaction.atomic():
        actions.add_attachments(draft, by=town.zofia, files=[PNG])
        other = in_a_thread(
            told,
            lambda: actions.add_attachments(GrantApplication.objects.get(pk=draft.pk), by=town.amir, files=[PNG]),
        )
    other.join()

    assert told == ["yes"]
    assert draft.attachments.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_file_that_is_added_while_it_is_opened_is_refused_in_words(town, sent):
    told = []
    with transaction.atomic():
        core.take_up_application(sent, by=town.principal)
        other = in_a_thread(
            told,
            lambda: actions.add_attachments(GrantApplication.objects.get(pk=sent.pk), by=town.zofia, files=[PNG]),
        )
    other.join()

    assert told == [NotAttachable]


def test_attachments_stand_in_the_archive_with_their_checksum(town, sent):
    actions.add_attachments(sent, by=town.zofia, files=[PNG])
    core.take_up_application(sent, by=town.principal)
    core.decide_application(sent, by=town.principal, result="approved", amount=100_000)

    folder = folder_of(GrantApplication.objects.with_names().get(pk=sent.pk))

    assert "02-attachment-1.png" in folder
    assert hashlib.sha256(PNG.content).hexdigest() in sums_in(folder["arkivmelding.xml"])
    assert PNG.name not in folder["arkivmelding.xml"].decode()
    schema(ARKIVMELDING).validate(io.BytesIO(folder["arkivmelding.xml"]))


def test_a_draft_that_is_forgotten_takes_its_files_along(town, draft):
    actions.add_attachments(draft, by=town.zofia, files=[PNG])
    GrantApplication.objects.filter(pk=draft.pk).update(changed_at="2020-01-01T00:00Z")

    forget_draft(draft, by=the_portal())

    assert not Attachment.objects.exists()
