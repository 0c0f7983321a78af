from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from django.utils import timezone, translation

from portal.messaging import actions, composing, frames
from portal.messaging.actions import stop_sending
from portal.messaging.email import Post
from portal.messaging.kinds import KINDS
from portal.messaging.marking import Marks
from portal.messaging.models import AlreadySent, Delivery, Notice, PersonalLink
from portal.messaging.queries import reach_of
from portal.messaging.sending import send
from portal.people.actions import end_relation
from portal.people.models import AddressProtection, GuardianRelation, the_portal
from tests import make
from tests.portal.messaging.conftest import HANG_UP, NOBODY, OK
from tests.portal.messaging.kinds import PLACE, news, tell

pytestmark = pytest.mark.django_db


def news_of(school_class):
    return news(SimpleNamespace(subject=school_class))


def states():
    return sorted(Delivery.objects.values_list("channel", "state"))


def plain(message):
    return message.get_body(("plain",)).get_content()


def test_a_message_is_sent_in_both_dresses_with_the_same_words(server, school_class, amira):
    tell(school_class, amira)

    send("email")

    [message] = server.messages
    html = message.get_body(("html",)).get_content()
    assert message["Subject"] == "Nyheter på nb om 1A"
    assert message["To"] == "Amira Vik <amira@example.org>"
    assert "Klassen skal på tur." in plain(message)
    assert "Klassen skal på tur." in html
    assert "http://testserver/g/1/" in plain(message)
    assert 'href="http://testserver/g/1/"' in html
    assert "Lia skole" in html
    assert len(html.encode()) < 15_000
    assert message["List-Unsubscribe"].strip("<>").startswith("http://testserver/messages/choices/")


def test_a_message_goes_out_once(server, school_class, amira):
    tell(school_class, amira)
    tell(school_class, amira)

    send("email")
    send("email")

    assert server.receivers == ["amira@example.org"]
    assert Notice.objects.get().state == Notice.State.TOLD


@pytest.fixture
def six(school_class):
    adults = [make.family(school_class, adult_name=f"Adult{n}", email=f"adult{n}@example.org")[1] for n in range(6)]
    tell(school_class, *adults)
    return adults


def test_a_batch_uses_one_connection(server, six):
    send("email")

    assert sorted(server.receivers) == sorted(adult.email for adult in six)
    assert len({message.connection for message in server.messages}) == 1


def test_a_server_that_gives_one_connection_gets_them_all(server, six):
    server.most = 1

    send("email")

    assert sorted(server.receivers) == sorted(adult.email for adult in six)
    assert len({message.connection for message in server.messages}) == 1


@pytest.mark.parametrize("answer", ["421 Enough for one connection", HANG_UP])
def test_when_the_server_hangs_up_the_others_go_over_a_new_connection(server, six, clock, answer):
    server.recipients = [OK, OK, answer]

    send("email")
    assert len({message.connection for message in server.messages}) == 2
    assert [row.attempts for row in Delivery.objects.filter(state="queued")] == [1]
    clock.shift(timedelta(minutes=2))
    send("email")

    assert sorted(server.receivers) == sorted(adult.email for adult in six)


def test_each_answer_belongs_to_its_own_message(server, six):
    server.recipients = [NOBODY]

    send("email")

    assert len(server.messages) == 5
    [lost] = {adult.email for adult in six} - set(server.receivers)
    failed = Delivery.objects.get(channel="email", state=Delivery.State.FAILED)
    assert failed.notice.recipient.email == lost


def test_a_letter_arrives_as_it_was_composed(server, school_class, amira):
    letter, address = news_of(school_class), "http://testserver/?a=1&b=2"
    mail = composing.mail_of([letter], amira, key="k", school="Lia & co", preferences_url=address)
    with Post() as post:
        post.send(mail)

    [arrived] = server.messages
    assert arrived["Subject"] == letter.subject
    assert arrived["From"] == "Skolebro <no-reply@testserver>"
    assert arrived["To"] == "Amira Vik <amira@example.org>"
    assert arrived["Message-ID"] == "<k@testserver>"
    assert arrived["List-Unsubscribe"] == f"<{address}>"
    for kind, words in (("plain", mail.body), ("html", mail.alternatives[0].content)):
        assert arrived.get_body((kind,)).get_content().strip().splitlines() == words.strip().splitlines()


def test_a_filled_frame_is_what_the_template_draws():
    context = {
        "subject": "Å <b>", "heading": "Kommer dere & co?", "preheader": "", "paragraphs": ["a\nb <i>", "c"],
        "facts": [("", "x & y"), ("Sted", "z\nz")], "buttons": [("Ja", "http://x/?a=1&b=2")], "after": ["d\n<e>"],
        "closing": ["Hilsen", "Åse"], "footer": ["f"], "links": [("Velg", "http://x/?c&d")], "school": "Lia & co",
        "language": "nb", "dir": "ltr",
    }  # fmt: skip
    with translation.override("nb"):
        for _frame_is_new in (True, False):
            text, html = frames.bodies(context)
            assert text == render_to_string("messaging/mail.txt", context)
            assert html.split() == render_to_string("messaging/mail.html", context).split()


def test_the_html_of_a_mail_has_few_lines_and_none_that_a_server_may_cut():
    word = "Åsgårdstrand" * 7
    context = {"subject": word, "heading": word, "paragraphs": [f"{word}\n{word}"] * 9, "facts": [(word, word)] * 9}
    context |= {"buttons": [(word, "http://x/")] * 3, "closing": [word] * 3, "footer": [word], "language": "nb"}
    with translation.override("nb"):
        _text, html = frames.bodies(context)

    assert max(len(line.encode()) for line in html.splitlines()) < 998
    assert len(html.splitlines()) < render_to_string("messaging/mail.html", context).count("\n") / 2


def test_words_follow_the_language_at_the_time_of_sending(server, school_class, amira):
    tell(school_class, amira)
    amira.language = "da"
    amira.save(update_fields=["language"])

    send("email")

    assert server.messages[0]["Subject"] == "Nyheter på da om 1A"


def test_the_calendar_file_asks_or_cancels(server, school_class, amira):
    tell(school_class, amira, kind="tests.invitation")

    send("email")

    [attached] = list(server.messages[0].iter_attachments())
    assert attached.get_content_type() == "text/calendar"
    assert attached.get_param("method") == "REQUEST"
    assert PLACE in attached.get_content()


def test_a_temporary_refusal_is_tried_again_later(server, school_class, amira, clock):
    server.recipients = ["451 Try again later"]
    tell(school_class, amira)

    send("email")
    send("email")
    assert server.messages == []
    assert Delivery.objects.get().answer == "451 Try again later"
    clock.shift(timedelta(minutes=2))
    send("email")

    assert server.receivers == ["amira@example.org"]
    assert states() == [("email", "sent")]


def test_a_temporary_refusal_of_the_text_is_tried_again_later(server, school_class, amira, clock):
    server.data = ["452 Too busy"]
    tell(school_class, amira)

    send("email")
    clock.shift(timedelta(minutes=2))
    send("email")

    assert server.receivers == ["amira@example.org"]


def test_tries_come_to_an_end_and_the_portal_keeps_the_message(server, school_class, amira, clock):
    server.recipients = ["451 Try again later"] * 20
    tell(school_class, amira)

    for _day in range(20):
        send("email")
        clock.shift(timedelta(days=2))
    send("in_app")

    assert states() == [("email", "failed"), ("in_app", "sent")]


def test_a_refused_address_fails_and_the_phone_takes_over(server, school_class, amira, settings, tmp_path):
    settings.STATE_DIR, settings.SMS_URL = tmp_path, ""
    amira.phone = "+47 900 00 001"
    amira.save(update_fields=["phone"])
    server.unknown = {"amira@example.org"}
    tell(school_class, amira)

    send("email")
    send("sms")

    amira.refresh_from_db()
    assert amira.email_failed_at is not None
    assert states() == [("email", "failed"), ("sms", "sent")]
    assert len(list((tmp_path / "sms").iterdir())) == 1


def test_a_refused_sender_is_not_blamed_on_the_receiver(server, school_class, amira):
    server.data = ["554 We do not like this text"]
    tell(school_class, amira)

    send("email")

    amira.refresh_from_db()
    assert amira.email_failed_at is None
    assert states() == [("email", "failed"), ("in_app", "queued")]


def test_one_refused_address_does_not_hold_up_the_others(server, school_class, amira, ben):
    server.unknown = {"amira@example.org"}
    tell(school_class, amira, ben)

    send("email")

    assert server.receivers == ["ben@example.org"]


def test_a_server_that_is_away_costs_no_tries(settings, school_class, amira, clock):
    settings.EMAIL_BACKEND = "portal.messaging.email.Wire"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    tell(school_class, amira)

    for _minute in range(30):
        send("email")
        clock.shift(timedelta(minutes=2))

    assert Delivery.objects.get().attempts == 0
    assert Delivery.objects.get().state == Delivery.State.QUEUED


def test_a_letter_that_cannot_be_written_does_not_hold_up_the_others(server, school_class, amira, ben):
    broken = KINDS["tests.news"]
    tell(school_class, amira)
    tell(school_class, ben, kind="tests.duty")
    KINDS["tests.news"] = type(broken)("tests.news", lambda notice: 1 / 0, "news")
    send("email")
    KINDS["tests.news"] = broken

    assert server.receivers == ["ben@example.org"]
    assert Delivery.objects.get(notice__recipient=amira).state == Delivery.State.QUEUED


def test_several_messages_to_one_person_travel_as_one(server, school_class, amira, ben, clock):
    tell(school_class, amira, ben, kind="tests.slow")
    clock.shift(timedelta(minutes=4))
    tell(school_class, amira, kind="tests.slow", occasion="second")
    clock.shift(timedelta(minutes=2))
    send("email")
    assert server.receivers == ["ben@example.org"]
    clock.shift(timedelta(minutes=4))
    send("email")

    assert server.receivers == ["ben@example.org", "amira@example.org"]
    assert server.messages[1]["Subject"].startswith("2 ")
    assert plain(server.messages[1]).count("Klassen skal på tur.") == 2
    assert Delivery.objects.filter(state="sent").count() == 3


def test_a_bundle_is_never_held_more_than_ten_minutes(server, school_class, amira, clock):
    for number in range(8):
        tell(school_class, amira, kind="tests.slow", occasion=str(number))
        clock.shift(timedelta(minutes=2))

    send("email")

    assert len(server.messages) == 1


def test_urgent_travels_alone_and_at_once(server, school_class, amira):
    tell(school_class, amira)
    tell(school_class, amira, kind="tests.urgent")

    send("email")

    assert len(server.messages) == 2


def test_who_is_restricted_after_queueing_gets_nothing(server, school_class, amira):
    tell(school_class, amira, kind="tests.live")
    end_relation(GuardianRelation.objects.get(guardian=amira), by=the_portal())

    send("email")

    assert server.messages == []
    assert Notice.objects.get().state == Notice.State.UNWANTED
    assert reach_of(school_class, "tests.live") == {}


def test_who_has_left_gets_nothing(server, school_class, amira):
    tell(school_class, amira)
    amira.is_active = False
    amira.save(update_fields=["is_active"])

    send("email")

    assert server.messages == []


def test_what_is_about_something_that_is_gone_is_not_sent(server, school_class, amira):
    tell(school_class, amira)
    Notice.objects.update(subject_id="999999999")

    send("email")

    assert server.messages == []
    assert Notice.objects.get().state == Notice.State.UNWANTED


def test_protected_families_get_neutral_words_and_no_place(server, school_class, amira):
    pupil = GuardianRelation.objects.get(guardian=amira).pupil
    AddressProtection.objects.create(person=pupil, grade="strict", valid_from=timezone.localdate())
    school_class.name = "Revehiet"  # a name that no signed address holds by chance
    school_class.save(update_fields=["name"])
    tell(school_class, amira, kind="tests.invitation")

    send("email")

    whole = server.messages[0].as_string()
    [calendar] = list(server.messages[0].iter_attachments())
    for word in ("Lia skole", PLACE, "Revehiet", "Bålkveld"):
        assert word not in plain(server.messages[0])
        assert word not in server.messages[0]["Subject"]
        assert word not in calendar.get_content()
        assert word not in server.messages[0].get_body(("html",)).get_content()
    assert "LOCATION" not in whole
    assert "http://testserver/g/1/" in plain(server.messages[0])


def test_who_cannot_be_written_to_finds_it_in_the_portal(school_class, amira):
    amira.email = ""
    amira.save(update_fields=["email"])
    tell(school_class, amira)

    send("in_app")

    assert states() == [("in_app", "sent")]
    assert Notice.objects.visible_to(amira).get().title == "Nyheter på nb om 1A"


def test_an_address_taken_away_after_queueing_falls_back(server, school_class, amira):
    tell(school_class, amira)
    amira.email = ""
    amira.save(update_fields=["email"])

    send("email")

    assert states() == [("email", "failed"), ("in_app", "queued")]


def test_stop_sending_records(school_class, amira, ben):
    tell(school_class, amira, ben, kind="tests.slow")

    stopped = stop_sending(school_class, by=the_portal(), kind="tests.slow")

    assert stopped == 2
    assert states() == [("email", "stopped"), ("email", "stopped")]
    assert {notice.state for notice in Notice.objects.all()} == {Notice.State.STOPPED}


def test_stop_sending_refuses_what_has_been_sent(server, school_class, amira):
    tell(school_class, amira)
    send("email")

    with pytest.raises(AlreadySent):
        stop_sending(school_class, by=the_portal(), kind="tests.news")


def test_stop_sending_denies_somebody_else(school_class, amira, ben):
    tell(school_class, amira, kind="tests.slow")

    assert not stop_sending.may(ben, school_class, kind="tests.slow")


def test_what_is_stopped_is_not_sent(server, school_class, amira, clock):
    tell(school_class, amira, kind="tests.slow")
    stop_sending(school_class, by=the_portal(), kind="tests.slow")

    clock.shift(timedelta(minutes=10))
    send("email")

    assert server.messages == []


def test_what_was_stopped_on_the_way_is_not_marked_as_sent(school_class, amira, ben):
    rows = list(tell(school_class, amira, ben))
    stopped, queued = rows
    Delivery.objects.filter(pk=stopped.pk).update(state=Delivery.State.STOPPED)

    with Marks("email") as marks:
        for row in rows:
            marks.add([row], [composing.line_of(news_of(school_class))], "250")

    assert {row.pk: row.state for row in Delivery.objects.all()} == {stopped.pk: "stopped", queued.pk: "sent"}


def test_reach_of_follows_a_message(server, school_class, amira, ben):
    tell(school_class, amira, ben)
    assert {reach.state for reach in reach_of(school_class, "tests.news").values()} == {"queued"}
    send("email")
    assert {reach.state for reach in reach_of(school_class, "tests.news").values()} == {"sent"}
    PersonalLink.objects.create(
        person=ben,
        purpose="messaging.preferences",
        subject_type="people.SchoolClass",
        subject_id=str(school_class.pk),
        expires_at=timezone.now(),
        opened_at=timezone.now(),
    )
    actions.read_notice(Notice.objects.get(recipient=amira), by=amira)

    assert {reach.state for reach in reach_of(school_class, "tests.news").values()} == {"opened"}


def test_messages_of_another_person_are_not_visible(server, school_class, amira, ben):
    tell(school_class, amira)
    send("email")

    assert not Notice.objects.visible_to(ben).exists()
