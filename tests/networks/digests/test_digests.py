"""The monthly letter of a class: when there is one, who sends it, what stands in it, and who gets it."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from networks import actions
from networks.digests.lines import lines_of
from networks.digests.tasks import prepare_digests
from networks.models import Bulletin, ClassDigest, DigestOver, NoDigest
from portal.ledger import tasks as ledger
from portal.messaging.kinds import KINDS
from portal.messaging.models import Notice, Preference
from portal.messaging.sending import send
from portal.people import actions as people
from portal.people.models import Role, the_portal
from tests import make
from tests.threads import in_a_thread

SENT = "networks.digest_sent"


def told(kind):
    ledger.sweep()
    return {one.recipient for one in Notice.objects.filter(kind=f"networks.{kind}")}


def post(mailoutbox, at=None):
    """What goes out at noon."""
    mailoutbox.clear()
    with time_machine.travel(at or timezone.localtime().replace(hour=12, minute=0), tick=False) as clock:
        ledger.sweep()
        clock.shift(timedelta(minutes=6))
        send("email")
        send("sms")
    return mailoutbox


def texts(digest, reader):
    return {group.name: [line.text for line in group.lines] for group in lines_of(digest, reader)}


def notice_of(town, month, title="Swimming"):
    bulletin = actions.write_bulletin(
        town.first, by=town.jurgita, kind="practical", title=title, text="Bring it.", is_knowable=False, noticed_at=None
    )
    actions.send_bulletin(bulletin, by=town.jurgita, not_names=[])
    at = timezone.make_aware(timezone.datetime(month.year, month.month, 9, 12))
    Bulletin.objects.filter(pk=bulletin.pk).update(sent_at=at)
    bulletin.refresh_from_db()
    return bulletin


# when there is one


def test_it_is_prepared_once_for_the_class_contact_and_nobody_else_hears(town, prepared):
    prepared()
    with pytest.raises(actions.PreparedAlready):
        prepared()

    assert told("digest_prepared") == {town.jurgita}
    assert told("digest_sent") == set()


def test_a_class_without_a_contact_has_none(town, prepared):
    for role in Role.objects.filter(kind="class_contact", school_class=town.first):
        people.end_role(role, by=the_portal())

    with pytest.raises(actions.NobodySends):
        prepared()


def test_there_is_none_when_there_is_nothing_to_say(town, prepared):
    make.holder("class_contact", town.second)

    with pytest.raises(actions.NothingToSay):
        prepared(of=town.second)


def test_prepare_digests_in_the_first_week_and_never_twice(town, held, month):
    first = (month.replace(day=28) + timedelta(days=5)).replace(day=2)
    for day, many in ((first.replace(day=8), 0), (first, 1), (first + timedelta(days=1), 1)):
        with time_machine.travel(day, tick=False):
            prepare_digests()

        assert ClassDigest.objects.count() == many


def test_the_database_keeps_one_of_a_class_and_month(town, prepared, month):
    prepared()

    with pytest.raises(IntegrityError, match="one_digest_per_class_and_month"), transaction.atomic():
        ClassDigest.objects.create(school_class=town.first, month=month)


def test_what_was_not_sent_is_nobodys_task_when_its_month_is_over(town, prepared):
    digest = prepared()

    with time_machine.travel(timezone.now() + timedelta(days=40)), pytest.raises(DigestOver):
        actions.send_digest(digest, by=town.jurgita)


# what stands in it


def test_what_was_held_planned_told_agreed_and_proposed_stands_in_it(town, held, bonfire, month):
    notice_of(town, month)
    make.event(town.school, classes=[town.first], title="Parents' evening", days=12)
    make.event(town.school, classes=[town.second], title="Of the other class")
    actions.propose(town.first, by=town.amira, kind="topic", title="Pocket money")
    make.published(town.second, by=make.holder("class_contact", town.second), title="Of the others")
    digest = actions.prepare_digest(town.first, by=the_portal(), month=month)

    assert texts(digest, town.jurgita) == {
        "held": ["Sledging"],
        "ahead": [bonfire.title],
        "event": ["Parents' evening"],
        "answer": [bonfire.title],
        "notice": ["Swimming"],
        "proposal": ["Pocket money"],
    }


def test_a_line_is_left_out_and_what_is_taken_back_later_is_gone_from_it(town, held, bonfire, month):
    bulletin = notice_of(town, month)
    digest = actions.prepare_digest(town.first, by=the_portal(), month=month)
    actions.write_digest(digest, by=town.jurgita, opening="", left_out=[f"held:{held.pk}"])
    actions.send_digest(digest, by=town.jurgita)
    digest.refresh_from_db()
    assert texts(digest, town.amira)["notice"] == ["Swimming"]

    actions.take_back_bulletin(bulletin, by=town.jurgita)
    actions.cancel_gathering(bonfire, by=town.jurgita, because="Ice")

    assert texts(digest, town.amira) == {}


def test_what_families_propose_is_not_read_by_who_only_leads(town, held, month):
    actions.propose(town.first, by=town.amira, kind="topic", title="Pocket money")
    digest = actions.prepare_digest(town.first, by=the_portal(), month=month)
    actions.send_digest(digest, by=town.jurgita)
    digest.refresh_from_db()

    assert "proposal" in texts(digest, town.amira)
    assert "proposal" not in texts(digest, town.principal)


def test_no_child_is_named_in_its_opening_nor_in_a_line_of_it(town, prepared, held):
    digest = prepared()
    with pytest.raises(actions.NameInside):
        actions.write_digest(digest, by=town.jurgita, opening="Thanks to Nora.", left_out=[])
    with pytest.raises(actions.IsItAName):
        actions.write_digest(digest, by=town.jurgita, opening="We were at Tjernet.", left_out=[])
    held.title = "Goodbye to Nora"
    held.save(update_fields=["title"])
    with pytest.raises(actions.NameInside):
        actions.send_digest(digest, by=town.jurgita)

    actions.write_digest(
        digest, by=town.jurgita, opening="We were at Tjernet.", left_out=[f"held:{held.pk}"], not_names=["Tjernet"]
    )
    actions.send_digest(digest, by=town.jurgita)


def test_it_is_not_sent_when_all_is_left_out(town, prepared, held):
    digest = prepared()
    actions.write_digest(digest, by=town.jurgita, opening="", left_out=[f"held:{held.pk}"])

    with pytest.raises(actions.NothingToSay):
        actions.send_digest(digest, by=town.jurgita)


# the contact teacher's words


def test_the_contact_teacher_is_asked_and_writes_and_the_contact_hears(town, tom, prepared):
    digest = prepared()
    with pytest.raises(PermissionDenied):
        actions.write_paragraph(digest, by=tom, text="We read a lot.")
    actions.ask_paragraph(digest, by=town.jurgita, until=town.school.today() + timedelta(days=2))
    assert told("paragraph_asked") == {tom}

    with pytest.raises(actions.NameInside):
        actions.write_paragraph(digest, by=tom, text="Iver reads a lot.")
    actions.write_paragraph(digest, by=tom, text="We read a lot.")

    assert told("paragraph_written") == {town.jurgita}
    actions.send_digest(digest, by=town.jurgita)
    with pytest.raises(DigestOver):
        actions.write_paragraph(digest, by=tom, text="More.")


def test_nobody_waits_for_the_teacher(town, tom, prepared):
    digest = prepared()
    with pytest.raises(actions.WaitsTooLong):
        actions.ask_paragraph(digest, by=town.jurgita, until=town.school.today() + timedelta(days=15))
    actions.ask_paragraph(digest, by=town.jurgita, until=town.school.today())

    actions.send_digest(digest, by=town.jurgita)

    assert ClassDigest.objects.get().is_sent


def test_without_a_contact_teacher_nobody_is_asked(town, prepared):
    with pytest.raises(actions.NobodyToAsk):
        actions.ask_paragraph(prepared(), by=town.jurgita, until=town.school.today())


# who gets it


def test_every_guardian_in_both_homes_gets_it_once(town, sent, mailoutbox):
    make.family(town.second, adult_name="Zoe")
    digest = sent("A good month.")
    with pytest.raises(DigestOver):
        actions.send_digest(digest, by=town.jurgita)

    mails = post(mailoutbox)
    of_letter = [mail for mail in mails if "A good month." in mail.body]

    assert told("digest_sent") == {town.jurgita, town.amira, town.ben}
    assert len(of_letter) == 3
    assert post(mailoutbox) == []


def test_two_who_press_at_once_send_it_once(transactional_db, town, prepared):
    other = make.guardian("Odd", "Moe", of=town.iver)
    make.role(other, Role.Kind.CLASS_CONTACT, town.first)
    digest, heard = prepared(), []
    with transaction.atomic():
        actions.send_digest(digest, by=town.jurgita)
        one = in_a_thread(heard, lambda: actions.send_digest(ClassDigest.objects.get(), by=other))
    one.join()

    assert heard == [DigestOver]


def test_the_words_go_by_mail_but_what_can_be_taken_back_does_not(town, held, month, mailoutbox):
    notice_of(town, month)
    actions.propose(town.first, by=town.amira, kind="topic", title="Pocket money")
    digest = actions.prepare_digest(town.first, by=the_portal(), month=month)
    actions.send_digest(digest, by=town.jurgita)

    [mail] = [m for m in post(mailoutbox) if town.ben.email in m.to[0] and "Sledging" in m.body]

    assert "Swimming" not in mail.body
    assert "Pocket money" not in mail.body


def test_by_text_message_it_is_one_line_with_what_comes_next(town, bonfire, sent):
    Preference.objects.create(person=town.ben, news="sms")
    digest = sent()
    ledger.sweep()

    letter = KINDS[SENT](Notice.objects.get(kind=SENT, recipient=town.ben))

    assert bonfire.title in letter.sms
    assert letter.sms.endswith(digest.get_absolute_url())


def test_whoever_leaves_before_it_is_sent_gets_nothing(town, sent, mailoutbox):
    sent("A good month.")
    ledger.sweep()
    people.end_relation(town.ben.pupil_relations.get(), by=the_portal())

    assert not [mail for mail in post(mailoutbox) if town.ben.email in mail.to[0]]


# no more of them


def test_one_press_in_the_mail_ends_them_for_that_person_alone(town, held, sent, mailoutbox):
    post(mailoutbox)  # the invitation
    sent("A good month.")
    [mail] = [m for m in post(mailoutbox) if town.ben.email in m.to[0] and "A good month." in m.body]
    address = mail.extra_headers["List-Unsubscribe"].strip("<>")
    assert mail.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    client = Client(enforce_csrf_checks=True)
    client.get(urlsplit(address).path)
    assert not NoDigest.objects.exists()

    client.post(urlsplit(address).path, {"List-Unsubscribe": "One-Click"})

    assert NoDigest.objects.get().person == town.ben
    actions.choose_digests(town.ben, by=town.ben, wanted=True)
    assert not NoDigest.objects.exists()


def test_whoever_wants_none_gets_none_and_reads_it_on_the_page(town, sent):
    actions.choose_digests(town.ben, by=town.ben, wanted=False)

    digest = sent()

    assert told("digest_sent") == {town.jurgita, town.amira}
    assert ClassDigest.objects.visible_to(town.ben).filter(pk=digest.pk).exists()


def test_nobody_chooses_for_another(town):
    with pytest.raises(PermissionDenied):
        actions.choose_digests(town.ben, by=town.amira, wanted=False)


# taken back, and who reads old ones


def test_taken_back_it_is_gone_for_all_but_the_contact_and_those_who_had_it_hear(town, tom, sent, mailoutbox):
    digest = sent("A good month.")
    post(mailoutbox)
    with pytest.raises(PermissionDenied):
        actions.take_back_digest(digest, by=town.amira)

    actions.take_back_digest(digest, by=tom)

    visible = ClassDigest.objects.visible_to
    assert not visible(town.amira).exists()
    assert not visible(tom).exists()
    assert visible(town.jurgita).exists()
    assert told("digest_taken_back") == {town.jurgita, town.amira, town.ben}
    with pytest.raises(DigestOver):
        actions.take_back_digest(digest, by=tom)


def test_a_family_that_joins_reads_old_ones_and_one_that_leaves_no_longer(town, sent):
    digest = sent()
    _zara, adult = make.family(town.first, adult_name="Zoe", pupil_name="Zara")

    assert ClassDigest.objects.visible_to(adult).get() == digest
    assert not ClassDigest.objects.visible_to(town.carla).exists()
    people.end_relation(town.ben.pupil_relations.get(), by=the_portal())
    assert not ClassDigest.objects.visible_to(town.ben).exists()


def test_a_restricted_or_proposed_relation_gets_nothing(town, sent):
    kept_away = make.guardian("Karl", "Vik", of=town.nora)
    make.restricted(kept_away, town.nora)
    waiting = make.person("Vera", "Vik")
    make.proposed(waiting, town.nora)

    digest = sent()

    assert told("digest_sent") == {town.jurgita, town.amira, town.ben}
    for person in (kept_away, waiting):
        assert not ClassDigest.objects.visible_to(person).filter(pk=digest.pk).exists()
