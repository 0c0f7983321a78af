"""The plan before the talk: laid ready, sent in time, opened by both homes and the pupil, and by nobody else."""

import re
import zipfile
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from conferences import actions
from conferences.before.documents import DOCX, kind_of
from conferences.before.files import MOST_BYTES, PlanFile, plan_file, whose
from conferences.before.queries.plans import plan_page, plans_of_round
from conferences.forms.rounds import SettingForm
from conferences.models import (
    Conference,
    ConferenceRound,
    LearningPlanRef,
    NotAPlan,
    NotNow,
    PlanOpening,
)
from conferences.queries.settings import plan_label_of, setting_of
from portal.ledger.models import Event
from portal.messaging.kinds import KINDS
from portal.messaging.models import Notice, naming
from portal.people.actions import protect_address
from portal.people.models import Role
from portal.uploads import Cap
from tests import make
from tests.conftest import Browser
from tests.ground import once

PDF = make.pdf()
PNG = b"\x89PNG\r\n\x1a\n" + bytes(4) + b"IHDR" + bytes(20) + b"IEND" + bytes(4)
JPEG = b"\xff\xd8\xff\xe0" + bytes(20) + b"\xff\xd9"
CASES = Path(__file__).resolve().parents[4] / "shared" / "data" / "cases" / "messages"
READY = PlanFile("Nora Warsame.pdf", "application/pdf", PDF)
MANY = 30


@pytest.fixture(autouse=True)
def _reads_english(client):
    client.cookies["django_language"] = "en"


def word(*names):
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        for name in ("[Content_Types].xml", "word/document.xml", *names):
            file.writestr(name, "<x/>")
    return packed.getvalue()


def file(name="Nora Warsame.pdf", content=PDF):
    return plan_file(SimpleUploadedFile(name, content))


def born(age, school):
    return school.today().replace(year=school.today().year - age, day=1)


@once
def plan(conference, teacher):
    return actions.add_plan(conference, by=teacher, file=READY)[0]


@once
def sent(plan, round, teacher):
    actions.send_plans(round, by=teacher)
    plan.refresh_from_db()
    return plan


def test_add_plan_records(plan, conference):
    assert (plan.file_type, plan.file_name, plan.sent_at) == ("application/pdf", "Nora Warsame.pdf", None)
    assert Event.objects.get(verb="conferences.plan_added").subject_id == str(conference.pk)


def test_a_plan_may_be_a_link(conference, teacher):
    link = actions.add_plan(conference, by=teacher, url="https://example.org/plan", title="Vurdering")[0]
    assert (link.title, link.file) == ("Vurdering", None)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, "application/pdf"),
        (PNG, "image/png"),
        (JPEG, "image/jpeg"),
        (word(), DOCX),
        (word("word/vbaProject.bin"), None),
        (b"PK\x03\x04 broken", None),
        (b"<html><script>", None),
        (b" %PDF-1.7", None),
        (b"MZ\x90", None),
        (b"", None),
    ],
)
def test_a_file_is_what_its_content_says(content, kind):
    assert kind_of(content) == kind


FLAWS = {
    "locked": make.pdf(locked="secret"),
    "html": b"%PDF-1.7\n<html><body>Logg inn</body></html>",
    "cut": PDF[: len(PDF) // 3],
    "no pages": make.pdf(pages=0),
    "png": PNG[:14],
    "jpeg": JPEG[:-2],
    "old office": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
}


@pytest.mark.parametrize("content", FLAWS.values(), ids=FLAWS)
def test_a_file_that_nobody_could_open_is_refused_in_words(content):
    with translation.override("en"), pytest.raises(NotAPlan, match=r"locked|damaged"):
        file(content=content)


@pytest.mark.parametrize("name", ["23-locked.pdf", "23-pdf-that-is-html.pdf"])
def test_a_pdf_that_somebody_really_sent_is_refused_in_words(name):
    if not CASES.is_dir():
        pytest.skip("the files that failed lie beside the repository, in ../shared/data/cases")
    with pytest.raises(NotAPlan):
        file(content=(CASES / name).read_bytes())


def test_a_pdf_that_is_only_locked_against_changes_is_a_plan():
    content = make.pdf(locked="secret", opens=True)

    assert file(content=content).content == content


@pytest.mark.slow  # it is looked at for as long as any plan may be
def test_a_pdf_of_a_million_pages_is_refused_in_words():
    """A few hundred bytes, in which the same pages are said over and over."""
    kids = b"".join(
        b"%d 0 obj<</Type/Pages/Count 9/Kids[%s]>>endobj\n" % (n, b"%d 0 R " % (n + 1) * 9) for n in range(2, 12)
    )
    page = b"12 0 obj<</Type/Page/MediaBox[0 0 9 9]>>endobj\n"
    content = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n" + kids + page + b"trailer<</Root 1 0 R>>\n%%EOF"

    with pytest.raises(NotAPlan):
        file(content=content)


def test_each_of_many_files_says_what_is_wrong_with_it(client, round, teacher, conference):
    client.force_login(teacher)
    files = [SimpleUploadedFile("a.pdf", FLAWS["locked"]), SimpleUploadedFile("b.pdf", b"<html>")]

    page = client.post(reverse("conferences:plans_add", args=[round.pk]), {"files": files})

    assert [line.split(" is ")[0] for line in page.context["form"].errors["files"]] == ["a.pdf", "b.pdf"]
    assert not LearningPlanRef.objects.exists()


def test_a_file_is_renamed_to_what_it_is():
    assert file("..\\..\\Nora\x00 <b>.exe", PDF).name == "Nora b.pdf"
    assert file("page.html.png", JPEG).name == "page.html.jpg"


def test_add_plan_refuses_a_false_file(conference, teacher):
    with pytest.raises(NotAPlan, match="is not a PDF"):
        file("page.pdf", b"<script>alert(1)</script>")
    forged = PlanFile(name="a.pdf", kind="application/pdf", content=b"<script>")
    with pytest.raises(NotAPlan):
        actions.add_plan(conference, by=teacher, file=forged)


def test_two_hundred_megabytes_are_let_in_ten_and_told_in_words():
    """The rest is counted and thrown away as it comes."""
    cap, megabyte = Cap(None, MOST_BYTES), bytes(1024 * 1024)
    cap.new_file("file", "film.pdf", "application/pdf", None)
    kept = sum(len(cap.receive_data_chunk(megabyte, start * len(megabyte)) or b"") for start in range(200))
    assert kept == LearningPlanRef.MOST_BYTES
    with pytest.raises(NotAPlan, match="is larger than 10 MB"):
        plan_file(cap.file_complete(200 * len(megabyte)))


def test_too_large_a_file_is_refused_on_the_page(client, conference, teacher, round):
    client.force_login(teacher)
    large = SimpleUploadedFile("Nora Warsame.pdf", PDF + bytes(LearningPlanRef.MOST_BYTES))
    for url in (
        reverse("conferences:plan_add", args=[conference.pk]),
        reverse("conferences:plans_add", args=[round.pk]),
    ):
        large.seek(0)
        answer = client.post(url, {"file": large} if "rounds" not in url else {"files": [large]})
        assert answer.status_code == 200
        assert "Nora Warsame.pdf is larger than 10 MB" in answer.content.decode()
    assert not LearningPlanRef.objects.exists()


def test_an_upload_needs_the_forms_own_mark(teacher, conference, client):
    client.handler.enforce_csrf_checks = True
    client.force_login(teacher)
    answer = client.post(reverse("conferences:plan_add", args=[conference.pk]), {"url": "https://example.org"})
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Nora Warsame 3B.pdf", "Nora"),
        ("WARSAME_nora_2026.docx", "Nora"),
        ("nora-3b.pdf", "Nora"),
        ("Nora Hansen.pdf", None),
        ("Asa Bjornstad.pdf", "Åsa"),
        ("A\u030asa Bjo\u0308rnstad.pdf", "Åsa"),
        ("Iver.pdf", None),
        ("Iver Lie Vik.pdf", "Iver Lie"),
        ("Iver Lie.pdf", None),
        ("IMG_0012.jpg", None),
    ],
)
def test_a_file_finds_its_child_by_name(db, name, found):
    people = [("Nora", "Warsame"), ("Åsa", "Bjørnstad"), ("Iver", "Vik"), ("Iver Lie", "Vik"), ("Iver", "Lund")]
    pupil = whose(name, [make.person(*one) for one in people])
    assert (pupil and pupil.given_name) == found


def test_many_files_are_laid_beside_their_children(client, conference, nora, round, school_class, teacher):
    iver = make.pupil("Iver", "Nordlie", in_class=school_class)
    make.conference(round, iver, teacher)
    client.force_login(teacher)
    names = ("Nora Warsame.pdf", "iver nordlie 3B.pdf", "scan.pdf")
    files = [SimpleUploadedFile(name, PDF) for name in names]
    answer = client.post(reverse("conferences:plans_add", args=[round.pk]), {"files": files}, follow=True)
    assert {plan.conference.pupil for plan in LearningPlanRef.objects.all()} == {nora, iver}
    assert "We could not tell whose these are: scan.pdf" in answer.content.decode()
    client.post(reverse("conferences:plans_add", args=[round.pk]), {"files": [SimpleUploadedFile(names[0], PDF)]})
    assert LearningPlanRef.objects.count() == 2


def test_add_plans_denies_another_teachers_children(round, school, teacher):
    other_class = make.school_class("5A", at=school, grades=(5,))
    stranger = make.holder(Role.Kind.CONTACT_TEACHER, other_class)
    child = make.pupil("Liv", in_class=other_class)
    with pytest.raises(PermissionDenied):
        actions.add_plans(round, by=teacher, plans=[(make.conference(round, child, stranger), READY)])


def test_send_plans_records(sent, round, conference):
    assert sent.sent_at is not None
    assert Event.objects.get(verb="conferences.plans_sent").details["conferences"] == [conference.pk]


def test_send_plans_refuses_twice_and_before_the_round_is_told(sent, round, teacher):
    with pytest.raises(NotNow, match="Nothing lies ready"):
        actions.send_plans(round, by=teacher)
    ConferenceRound.objects.update(state="draft", published_at=None)
    round.refresh_from_db()
    with pytest.raises(NotNow, match="not been called"):
        actions.send_plans(round, by=teacher)


def test_both_homes_with_a_talk_each_get_the_same(round, nora, amina, yusuf, teacher):
    first, second = (make.conference(round, nora, teacher, home=one.household) for one in (amina, yusuf))
    actions.add_plan(first, by=teacher, file=READY)
    actions.send_plans(round, by=teacher)
    for guardian, own in ((amina, first), (yusuf, second)):
        assert [plan.conference for plan in LearningPlanRef.objects.visible_to(guardian)] == [own]
    assert [len(row.plans) for row in plan_page(round, teacher).rows] == [1]


@pytest.mark.parametrize("age", [11, 12, 15, 18])
def test_who_may_open_a_plan(client, sent, nora, amina, yusuf, school, school_class, principal, age):
    nora.born_on = born(age, school)
    nora.save()
    outsiders = [make.family(school_class, pupil_name="Iver")[1], make.holder("class_contact", school_class)]
    outsiders += [make.holder(kind, school) for kind in ("office", "board_member")]
    may = {amina: age < 18, yusuf: age < 18, nora: age >= 12, principal: True, **dict.fromkeys(outsiders, False)}
    address = reverse("conferences:plan_open", args=[sent.pk])
    for person, opens in may.items():
        client.force_login(person)
        assert client.post(address).status_code == (200 if opens else 404), person
    assert {opening.person for opening in PlanOpening.objects.all()} == {
        person for person, opens in may.items() if opens and person != principal
    }
    assert Event.objects.filter(verb="conferences.plan_opened", by=principal.pk).exists()


def test_nobody_at_home_sees_a_plan_that_is_not_sent(client, plan, amina, nora, school):
    nora.born_on = born(13, school)
    nora.save()
    for person in (amina, nora):
        client.force_login(person)
        assert client.get(reverse("conferences:plan_open", args=[plan.pk])).status_code == 404


def test_a_restricted_guardian_finds_no_plan_even_as_its_teacher(client, sent, nora, yusuf, school_class):
    make.role(yusuf, Role.Kind.CONTACT_TEACHER, school_class)
    make.restricted(yusuf, nora)
    client.force_login(yusuf)
    assert client.post(reverse("conferences:plan_open", args=[sent.pk])).status_code == 404
    assert sent.conference not in [row.conference for row in plan_page(sent.conference.round, yusuf).rows]


def test_a_teacher_sees_the_own_childs_plan_as_guardian_only(sent, plan, yusuf, school_class, conference, teacher):
    make.role(yusuf, Role.Kind.CONTACT_TEACHER, school_class)
    actions.add_plan(conference, by=teacher, url="https://example.org/more")
    assert list(LearningPlanRef.objects.visible_to(yusuf)) == [sent]
    with pytest.raises(PermissionDenied):
        actions.add_plan(conference, by=yusuf, url="https://example.org")


def test_a_protected_childs_plan_goes_to_the_own_home(sent, nora, amina, school):
    protect_address(nora, by=make.holder("office", school), grade="strict")
    assert LearningPlanRef.objects.visible_to(amina).get() == sent


def test_a_file_is_downloaded_and_never_run(client, sent, amina):
    client.force_login(amina)
    answer = client.post(reverse("conferences:plan_open", args=[sent.pk]))
    assert answer.content == PDF
    assert answer["Content-Disposition"] == 'attachment; filename="Nora Warsame.pdf"'
    assert (answer["X-Content-Type-Options"], answer["Content-Type"]) == ("nosniff", "application/pdf")
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in answer["Cache-Control"]


def test_a_plan_is_opened_from_where_the_family_prepares(client, sent, conference, amina):
    client.handler.enforce_csrf_checks = True
    client.force_login(amina)
    page = client.get(reverse("conferences:prepare", args=[conference.pk])).content.decode()
    address = reverse("conferences:plan_open", args=[sent.pk])
    form = page[page.index(f'action="{address}"') :].partition("</form>")[0]

    mark = re.search(r'csrfmiddlewaretoken" value="(\w+)', form)

    assert client.post(address, {"csrfmiddlewaretoken": mark and mark[1]}).status_code == 200
    assert PlanOpening.objects.filter(plan=sent, person=amina).exists()


def test_a_link_that_is_none_is_said_once(client, conference, teacher):
    client.force_login(teacher)
    answer = client.post(reverse("conferences:plan_add", args=[conference.pk]), {"url": "javascript:alert(1)"})
    assert len(answer.context["form"].errors["url"]) == 1


def test_looking_at_the_page_is_not_opening(client, sent, amina):
    client.force_login(amina)
    client.get(reverse("conferences:plan_open", args=[sent.pk]))
    assert not PlanOpening.objects.exists()


def test_open_plan_records_once_that_it_is_opened_and_every_time_by_whom(sent, amina):
    for _time in range(2):
        actions.open_plan(sent, by=amina)
    assert PlanOpening.objects.count() == 1
    assert Event.objects.filter(verb="conferences.plan_opened", by=amina.pk).count() == 2


def test_remove_plan_takes_back_what_was_sent(client, sent, teacher, amina):
    client.force_login(teacher)
    client.post(reverse("conferences:plan_remove", args=[sent.pk]))
    assert not LearningPlanRef.objects.visible_to(amina).exists()
    assert Event.objects.get(verb="conferences.plan_removed").details["was_sent"]


def test_remove_plan_denies_the_family(sent, amina):
    with pytest.raises(PermissionDenied):
        actions.remove_plan(sent, by=amina)


def test_in_time_is_so_many_days_before_the_talk(sent, round, teacher, conference, amina, school_class):
    make.conference(round, make.pupil("Iver", in_class=school_class), teacher)
    page = plan_page(round, teacher)
    assert (page.in_time, page.sent, len(page.rows)) == (1, 1, 2)
    make.booked(conference, by=amina, at=make.slot(round, teacher, days=5))
    assert plan_page(round, teacher).in_time == 0
    ConferenceRound.objects.update(plan_days=2)
    round.refresh_from_db()
    assert plans_of_round(round, Conference.objects.all()).in_time == 1


def test_late_without_a_time_is_after_the_promised_day(sent, round):
    LearningPlanRef.objects.update(sent_at=timezone.now() + timedelta(days=11))
    assert plans_of_round(round, Conference.objects.all()).in_time == 0


def test_the_state_is_ready_then_sent_then_opened(client, plan, round, teacher, amina):
    client.force_login(teacher)
    address = reverse("conferences:plan_list", args=[round.pk])
    assert "Ready to send" in client.get(address).content.decode()
    client.post(reverse("conferences:plans_send", args=[round.pk]))
    assert "Sent" in client.get(address).content.decode()
    actions.open_plan(plan_page(round, teacher).rows[0].plans[0], by=amina)
    assert "Opened at home" in client.get(address).content.decode()


@pytest.mark.parametrize(("country", "label"), [("NO", "Assessment and goals"), ("DK", "Meddelelsesbog")])
def test_the_label_is_the_countrys_until_the_school_has_its_own(db, country, label):
    school = make.school(country=country, language_form="da" if country == "DK" else "nb")
    assert plan_label_of(school) == label


OTHERWISE = re.compile(r"\bplans?\b|Assessment and goals|Meddelelsesbog", re.IGNORECASE)
QUESTION = "What do you call the plan?"


def test_another_label_renames_every_page(sent, round, teacher, amina, principal, conference, slot, school):
    """B7: the plan is called what the school calls it, on every page and in every letter about it."""
    actions.change_setting(
        school, by=principal, **SettingForm.values_of(setting_of(school)) | {"plan_label": "Utviklingsbok"}
    )
    make.booked(conference, by=amina, at=slot)
    draft = make.round(conference.school_class, title="Spring", state="draft")
    named = {
        principal: [("round_show", round.pk), ("round_publish", draft.pk), ("round_edit", round.pk), ("setting_edit",)],
        teacher: [
            ("round_show", round.pk),
            ("plan_list", round.pk),
            ("plans_add", round.pk),
            ("plans_send", round.pk),
            ("plan_add", conference.pk),
            ("talk_show", conference.pk),
        ],
        amina: [("plan_open", sent.pk), ("prepare", conference.pk)],
    }
    silent = {
        principal: [("coverage_show",), ("round_draft",)],
        teacher: [("teacher_day", f"{slot.starts_at:%Y-%m-%d}"), ("talk_shared", conference.pk)],
        amina: [("conference_show", conference.pk), ("conference_list",)],
    }
    for pages in (named, silent):
        for person, names in pages.items():
            browser = Browser()
            browser.cookies["django_language"] = "en"
            browser.force_login(person)
            for name, *keys in names:
                answer = browser.get(reverse(f"conferences:{name}", args=keys))
                assert answer.status_code == 200, name
                shown = re.sub(r"<[^>]+>", " ", answer.content.decode().split("<main", 1)[1])
                left = OTHERWISE.findall(shown.replace(QUESTION, "").replace("Plan a round", ""))
                assert left == [], (name, left)
                assert pages is silent or "Utviklingsbok" in shown, name
    letter = KINDS["conferences.plans_due"](Notice(recipient=teacher, **naming(round)))
    assert "Utviklingsbok" in letter.subject
    assert not OTHERWISE.search(f"{letter.subject} {letter.lines} {letter.buttons[0].label}")


def test_a_link_is_shown_when_it_is_opened_and_only_links_of_the_web_are_taken(
    client, conference, round, teacher, amina
):
    client.force_login(teacher)
    address = reverse("conferences:plan_add", args=[conference.pk])
    client.post(address, {"url": "javascript:alert(1)"})
    client.post(address, {"url": "ftp://example.org/plan"})
    assert not LearningPlanRef.objects.exists()
    client.post(address, {"url": "https://example.org/plan", "title": "Plan"})
    actions.send_plans(round, by=teacher)
    client.force_login(amina)
    opened = client.post(reverse("conferences:plan_open", args=[LearningPlanRef.objects.get().pk]))
    assert 'href="https://example.org/plan"' in opened.content.decode()
    assert PlanOpening.objects.get().person == amina


@pytest.mark.parametrize("name", ["plan_list", "plans_add", "plans_send"])
def test_as_many_queries_for_three_as_for_thirty(client, round, teacher, school_class, name):
    client.force_login(teacher)
    counts = []
    for number in range(MANY):
        child = make.pupil(f"Barn{number}", in_class=school_class)
        LearningPlanRef.objects.create(
            conference=make.conference(round, child, teacher), title="Plan", url="https://example.org", made_by=teacher
        )
        if number in (2, MANY - 1):
            with CaptureQueriesContext(connection) as asked:
                client.get(reverse(f"conferences:{name}", args=[round.pk]))
            counts.append(len(asked))
    assert counts[0] == counts[1] <= 24
