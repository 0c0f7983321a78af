"""What people write is nothing but words in a message, and one row's fault is that row's alone."""

import email
import email.policy
from dataclasses import replace
from datetime import timedelta
from smtplib import SMTP

import pytest
from django.db import connection
from django.urls import reverse

from portal.messaging import composing, sending
from portal.messaging import email as over_smtp
from portal.messaging.actions import tell_otherwise
from portal.messaging.email import Post
from portal.messaging.kinds import KINDS
from portal.messaging.letters import Button, Letter
from portal.messaging.marking import MARK_SENT
from portal.messaging.models import AlreadySent, Delivery, Notice
from portal.messaging.sending import send
from portal.people.models import Role
from tests import make
from tests.portal.messaging.kinds import tell

pytestmark = pytest.mark.django_db

MARK = "\ue000buttons 0 1\ue001"
OWN = "http://testserver/g/{}/"


def wrote(words, url="http://testserver/g/1/"):
    return Letter(words, [words], [(words, words)], [Button(words, url)], preheader=words, sender=words)


def mail_of(words, person, url="http://testserver/g/1/"):
    return composing.mail_of([wrote(words, url)], person, key="k", school=words, preferences_url="http://testserver/p/")


def read(mail):
    return email.message_from_bytes(mail.written, policy=email.policy.default)


# Words go in last


@pytest.mark.parametrize(
    "mark", ["\ue000buttons 0 1\ue001", "\ue000links 0 1\ue001", "\ue000x\ue001", "\ue000", "\ue001"]
)
def test_a_mark_in_what_somebody_wrote_puts_no_address_there(amira, mark):
    whole = read(mail_of(f"http://evil.example/{mark}", amira, "http://testserver/secret/"))

    for kind in ("plain", "html"):
        words = whole.get_body((kind,)).get_content()
        assert words.count("http://testserver/secret/") == words.count("http://testserver/p/") == 1
        assert "evil.example/http" not in words


def test_letters_of_the_same_words_keep_their_own_addresses_whatever_the_words_are(amira):
    """The first draws the frame that the second is put into."""
    for number in range(2):
        whole = read(mail_of(MARK, amira, OWN.format(number)))
        assert OWN.format(number) in whole.get_body(("plain",)).get_content()
        assert OWN.format(1 - number) not in whole.as_string()


@pytest.mark.parametrize(
    "words",
    [
        "å" * 3000,
        "a\rb",
        "a\r\n.\r\nb",
        "--=_mixed--",
        "From x",
        "=\r\n=3D",
        "{{ school }}{% now %}",
        "\u2028\x85\x0b",
        " \t ",
    ],
)
def test_hostile_words_arrive_as_they_were_drawn(server, amira, words):
    mail = mail_of(words, amira)
    with Post() as post:
        assert post.send(mail).state == "sent"

    [arrived] = server.messages
    for kind, drawn in (("plain", mail.body), ("html", mail.alternatives[0].content)):
        lines = arrived.get_body((kind,)).get_content().splitlines()
        assert [line.rstrip() for line in lines] == [line.rstrip() for line in drawn.splitlines()]


# Headers


ENCODED = ["=?utf-8?b?SGFja2Vk?=", "=?iso-8859-1?q?Hacked?= Vik", "Lia =?UTF-8?B?SGFja2Vk?=", "=?utf-8?q?=0ABcc=3A_x?="]


@pytest.mark.parametrize("words", ENCODED)
def test_an_encoded_word_in_a_name_or_a_title_is_read_as_it_was_written(amira, words):
    amira.given_name, amira.family_name = words, ""

    whole = read(mail_of(words, amira))

    assert whole["Subject"] == words
    assert [(one.display_name, one.addr_spec) for one in whole["To"].addresses] == [(words, "amira@example.org")]
    assert whole["Bcc"] is None


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x0b", "\x85", "\u2028", "\r\n\r\n"])
def test_a_title_of_several_lines_is_one_line_and_no_header(amira, end):
    amira.given_name = f"Amira{end}Bcc: x@example.com"
    mail = mail_of(f"Fest{end}Bcc: x@example.com{end}", amira)

    assert read(mail)["Subject"].strip() == "Fest Bcc: x@example.com"
    assert b"\nBcc:" not in mail.written.partition(b"\r\n\r\n")[0]


@pytest.mark.parametrize("address", ["a@b.no>\r\nRCPT TO:<x@y.z", "a b@c.no", "å@c.no", "a<b@c.no", "@", "a"])
def test_what_is_not_an_address_is_refused_before_it_is_spoken(address):
    with pytest.raises((ValueError, UnicodeError)):
        over_smtp.address("Amira", address)


@pytest.mark.parametrize(
    "address", ['"a"@c.no', "a,b@c.no", "(x)a@c.no", "a@c.no,d@e.no", "a;b@c.no", "a..b@c.no", "a@c.no."]
)
def test_what_would_be_read_as_more_than_an_address_is_refused(address):
    with pytest.raises(ValueError, match="is not an address"):
        over_smtp.address("Amira", address)


@pytest.mark.parametrize("address", ["o'brien+a=?b@c.no", "a.b@[127.0.0.1]", "a@xn--c-5fa.no", "a_b@blåbær.no"])
def test_the_server_hears_the_address_as_the_letter_names_it(server, amira, address):
    amira.email = address
    mail = mail_of("Fest", amira)
    with Post() as post:
        assert post.send(mail).state == "sent"

    [arrived] = server.messages
    assert [arrived["To"].addresses[0].addr_spec] == arrived.spoken == [over_smtp.address("", address)]


@pytest.mark.parametrize("files", [True, False], ids=["with files", "alone"])
@pytest.mark.parametrize("words", ["Fest", "Bålkveld ved vannet", "å" * 250, "ord " * 60, "long" * 300, *ENCODED])
def test_a_mail_is_written_as_the_library_would(amira, words, files):
    amira.given_name = words[:100]
    mail = mail_of(words, amira)
    mail.body += words
    if files:
        mail.attach("fest.ics", f"BEGIN:VCALENDAR\r\nSUMMARY:{words}\r\n", "text/calendar; method=REQUEST")
        mail.attach("fest.png", b"\x89PNG\r\n", "image/png")
    ours = mail.written
    mail.encoding = None  # the framework looks for long lines itself
    message = mail.message()

    message.policy = email.policy.compat32.clone(max_line_length=over_smtp.LONGEST)
    for mine, theirs in zip(email.message_from_bytes(ours).walk(), message.walk(), strict=True):
        if theirs.is_multipart():
            theirs.set_boundary(mine.get_boundary())

    assert ours == message.as_bytes(linesep="\r\n")


def test_each_mail_has_a_boundary_that_nobody_knew(amira):
    boundaries = {read(mail_of("Fest", amira)).get_boundary() for _mail in range(3)}
    assert len(boundaries) == 3
    assert {len(one) for one in boundaries} == {32}


# One row's fault


@pytest.fixture
def six(school_class):
    adults = [make.family(school_class, adult_name=f"Adult{n}", email=f"adult{n}@example.org")[1] for n in range(6)]
    tell(school_class, *adults)
    return adults


def on_compose(monkeypatch, poisoned):
    kind = KINDS["tests.news"]
    write = kind.write
    monkeypatch.setattr(kind, "write", lambda notice: write(notice) if notice.recipient != poisoned else 1 / 0)


def on_draw(monkeypatch, poisoned):
    kind, bodies = KINDS["tests.news"], composing.bodies
    write = kind.write
    monkeypatch.setattr(
        kind, "write", lambda notice: wrote("poison") if notice.recipient == poisoned else write(notice)
    )
    monkeypatch.setattr(composing, "bodies", lambda said: 1 / 0 if said["subject"] == "poison" else bodies(said))


def on_encode(monkeypatch, poisoned):
    type(poisoned).objects.filter(pk=poisoned.pk).update(email="å@example.org")


def on_asking(monkeypatch, poisoned):
    monkeypatch.setattr(KINDS["tests.news"], "wanted", lambda notice: True if notice.recipient != poisoned else 1 / 0)


def on_sending(monkeypatch, poisoned):
    sendmail = SMTP.sendmail

    def breaks(connection, sender, to, written):
        if poisoned.email in to[0]:
            raise KeyError(poisoned.email)
        return sendmail(connection, sender, to, written)

    monkeypatch.setattr(SMTP, "sendmail", breaks)


def on_the_batch(monkeypatch, poisoned):
    schools = sending.links_for

    def links_for(pairs, **more):
        return 1 / 0 if any(person == poisoned for person, _subject in pairs) else schools(pairs, **more)

    monkeypatch.setattr(sending, "links_for", links_for)


STEPS = [on_compose, on_draw, on_encode, on_asking, on_sending, on_the_batch]


@pytest.mark.parametrize("poison", STEPS)
def test_a_fault_in_one_row_holds_up_nobody_else_and_ends_after_three_tries(server, six, monkeypatch, clock, poison):
    poisoned, *others = six
    poison(monkeypatch, poisoned)

    for tries in (1, 2, 3):
        send("email")
        assert sorted(server.receivers) == sorted(person.email for person in others)
        row = Delivery.objects.get(notice__recipient=poisoned, channel="email")
        assert (row.attempts, row.claimed_until) == (tries, None)
        clock.shift(timedelta(minutes=20))

    assert row.state == Delivery.State.FAILED
    send("email")
    assert len(server.messages) == 5


def test_a_message_that_cannot_be_marked_has_left_all_the_same(server, six, clock):
    poisoned, *others = six
    notice = Notice.objects.get(recipient=poisoned).pk
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'poisoned'; END $$;"
            "CREATE TRIGGER poisoned BEFORE UPDATE ON messaging_notice FOR EACH ROW "
            f"WHEN (OLD.id = {notice}) EXECUTE FUNCTION refuse()"
        )

    for _again in range(3):
        send("email")
        clock.shift(timedelta(minutes=20))

    assert sorted(server.receivers) == sorted(person.email for person in six)
    assert {row.state for row in Delivery.objects.all()} == {Delivery.State.SENT}
    assert Notice.objects.told().count() == len(others)


def test_a_group_of_marks_reads_its_own_rows_only(six):
    """However many wait beside them."""
    row = Delivery.objects.select_related("notice").first()
    columns = [[row.pk], [row.notice_id], [row.next_try_at], *[["x"]] * 5]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {MARK_SENT}", columns)
        plan = "\n".join(line for (line,) in cursor.fetchall())

    assert "messaging_delivery_pkey" in plan
    assert "delivery_due" not in plan


def test_a_telephone_that_breaks_ends_no_batch(six, monkeypatch, clock, settings, tmp_path):
    settings.STATE_DIR, settings.SMS_URL = tmp_path, ""
    for number, person in enumerate(six):
        type(person).objects.filter(pk=person.pk).update(email="", phone=f"+47 900 00 00{number}")
    Delivery.objects.update(channel="sms")
    dial = sending.dialled
    monkeypatch.setattr(sending, "dialled", lambda number: 1 / 0 if number.endswith("0") else dial(number))

    send("sms")

    assert Delivery.objects.filter(state="sent").count() == 5
    assert Delivery.objects.get(state="queued").attempts == 1


def with_a_file_named_on_two_lines(notice):
    return replace(wrote("Tur"), attachments=(("a\nb.txt", "", "text/plain"),))


@pytest.mark.parametrize("write", [lambda notice: 1 / 0, with_a_file_named_on_two_lines])
def test_one_letter_that_cannot_be_written_does_not_keep_the_others_of_the_same_person(
    server, school_class, amira, monkeypatch, write
):
    tell(school_class, amira)
    tell(school_class, amira, kind="tests.duty")
    monkeypatch.setattr(KINDS["tests.news"], "write", write)

    send("email")

    assert server.receivers == ["amira@example.org"]
    assert {row.notice.kind: row.state for row in Delivery.objects.all()} == {
        "tests.news": "queued",
        "tests.duty": "sent",
    }


# The office


@pytest.fixture
def lost(school_class, amira, monkeypatch, clock):
    tell(school_class, amira)
    on_compose(monkeypatch, amira)
    for channel in ("email", "in_app"):
        for _time in range(3):
            send(channel)
            clock.shift(timedelta(minutes=20))
    return Notice.objects.get()


@pytest.fixture
def office(school_class):
    return make.holder(Role.Kind.OFFICE, school_class.school)


def test_the_office_sees_what_was_set_aside_and_takes_it_off_its_list(client, lost, office, amira):
    assert lost.state == Notice.State.WAITING
    client.force_login(office)
    listed = reverse("messaging:address_list")
    assert "Amira Vik" in client.get(listed).content.decode()
    assert listed in client.get("/", follow=True).content.decode()

    client.post(reverse("messaging:message_told", args=[lost.pk]))

    assert "Amira Vik" not in client.get(listed).content.decode().partition('id="unsent"')[2]
    lost.refresh_from_db()
    assert lost.state == Notice.State.STOPPED


def test_tell_otherwise_records_and_refuses_the_second_time(lost, office):
    tell_otherwise(lost, by=office)

    with pytest.raises(AlreadySent):
        tell_otherwise(lost, by=office)


def test_tell_otherwise_denies_the_receiver_and_another_office(lost, amira):
    elsewhere = make.holder(Role.Kind.OFFICE, make.school("Fjell skole"))

    assert not tell_otherwise.may(amira, lost)
    assert not tell_otherwise.may(elsewhere, lost)


def test_what_was_told_another_way_is_not_set_aside(server, school_class, amira, clock):
    server.unknown = {"amira@example.org"}
    tell(school_class, amira)
    send("email")
    assert not Notice.objects.set_aside().exists()
    send("in_app")

    assert not Notice.objects.set_aside().exists()
