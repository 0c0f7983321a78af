"""A notice to the class: who writes it, what stops it, who releases it, and that it is taken back whole."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from networks import actions
from networks.bulletins.queries import preview
from networks.bulletins.todos import bulletins_for_leaders, bulletins_to_release
from networks.models import Bulletin, BulletinOver
from portal.actions import Refusal
from portal.ledger import tasks as ledger
from portal.messaging.models import Notice
from portal.people.hats import hats_of
from portal.people.models import AddressProtection
from tests import make
from tests.networks.test_notices import letter, still_wanted, told
from tests.pages import address, as_
from tests.pages import text as text_of
from tests.threads import in_a_thread

SENT, BACK = "networks.bulletin_sent", "networks.bulletin_taken_back"


def sees(person, bulletin):
    return Bulletin.objects.visible_to(person).filter(pk=bulletin.pk).exists()


def hear(*people):
    """As if a message had reached them."""
    ledger.sweep()
    notices = Notice.objects.filter(kind=SENT, recipient__in=people)
    notices.update(state="told", told_at=timezone.now())


def assert_only_the_teacher_reads(bulletin, town, releaser):
    assert Bulletin.objects.get(pk=bulletin.pk).is_waiting
    assert told("networks.bulletin_release_asked") == {releaser.given_name}
    assert sees(releaser, bulletin)
    assert not any(sees(person, bulletin) for person in (town.amira, town.ben))
    assert not {"Amira", "Ben"} & told(SENT)


def waiting(write, town, **words):
    bulletin = write(kind="happened", text="There was an accident in the yard. All are well.", **words)
    actions.ask_release(bulletin, by=bulletin.written_by, not_names=[])
    return bulletin


def test_every_guardian_of_the_class_is_told_in_both_homes_and_nobody_else(town, sent):
    bulletin = sent()

    assert told(SENT) == {"Jurgita", "Amira", "Ben"}
    assert all(sees(person, bulletin) for person in (town.amira, town.ben, town.principal))
    assert not sees(town.carla, bulletin)


def test_a_restricted_relation_gets_nothing_and_sees_nothing(town, sent):
    cato = make.guardian("Cato", of=town.nora)
    make.restricted(cato, town.nora)
    make.proposed(make.person("Proposed"), town.nora)

    bulletin = sent()

    assert not {"Cato", "Proposed"} & told(SENT)
    assert not sees(cato, bulletin)


def test_only_the_class_contact_and_its_teachers_write(town, tom, write):
    subject = make.holder("subject_teacher", town.first)
    assert write(by=tom).is_from_teacher
    assert write(by=subject).is_from_teacher
    assert not write().is_from_teacher
    for other in (town.amira, town.carla, town.principal, make.holder("contact_teacher", town.second)):
        with pytest.raises(PermissionDenied):
            write(by=other)


def test_a_draft_is_read_by_its_writer_alone_and_changes_until_it_is_sent(town, tom, write):
    draft = write()
    assert sees(town.jurgita, draft)
    assert not any(sees(person, draft) for person in (town.amira, tom, town.principal))
    words = {"kind": "home", "title": "Talk", "text": "About screens.", "is_knowable": False, "noticed_at": None}
    actions.change_bulletin(draft, by=town.jurgita, **words)

    actions.send_bulletin(draft, by=town.jurgita, not_names=[])

    for change in (
        lambda: actions.change_bulletin(draft, by=town.jurgita, **words),
        lambda: actions.send_bulletin(draft, by=town.jurgita, not_names=[]),
    ):
        with pytest.raises(BulletinOver):
            change()


@pytest.mark.parametrize("name", ["Nora", "noras", "N o r a", "WARSAME", "Warsmae"])
def test_a_text_with_a_childs_name_is_not_sent_to_anybody(town, tom, write, name):
    draft = write(text=f"Today {name} fell in the yard.")

    for go in (actions.send_bulletin, actions.ask_release):
        with pytest.raises(actions.NameInside):
            go(draft, by=town.jurgita, not_names=[name, "Nora"])


def test_a_name_in_the_heading_counts_too(town, write):
    with pytest.raises(actions.NameInside):
        actions.send_bulletin(write(title="About Nora"), by=town.jurgita, not_names=[])


def test_a_name_that_is_a_word_asks_and_what_was_said_is_kept(town, write):
    make.family(town.first, pupil_name="Even")
    draft = write(text="We share it even then.")
    with pytest.raises(actions.IsItAName):
        actions.send_bulletin(draft, by=town.jurgita, not_names=[])

    actions.send_bulletin(draft, by=town.jurgita, not_names=["even"])

    draft.refresh_from_db()
    assert draft.is_sent
    assert draft.not_names == ["even"]


def test_a_word_with_a_capital_that_may_be_a_name_is_read_by_the_teacher_first(town, tom, write):
    make.family(town.first, pupil_name="Even")
    draft = write(text="Today Even was pushed.")

    with pytest.raises(actions.NeedsRelease):
        actions.send_bulletin(draft, by=town.jurgita, not_names=["Even"])


@pytest.mark.parametrize(
    "words", [{"kind": "happened"}, {"is_knowable": True}, {"text": "A boy in the class was hurt."}], ids=str
)
def test_what_a_child_can_be_known_from_waits_for_the_contact_teacher(town, tom, write, words):
    subject = make.holder("subject_teacher", town.first)
    for writer in (town.jurgita, subject):
        draft = write(by=writer, **words)
        with pytest.raises(actions.NeedsRelease):
            actions.send_bulletin(draft, by=writer, not_names=[])

    own = write(by=tom, **words)
    actions.send_bulletin(own, by=tom, not_names=[])
    assert Bulletin.objects.get(pk=own.pk).is_sent


def test_it_waits_for_the_teacher_who_releases_it_and_the_writer_is_told(town, tom, write):
    bulletin = waiting(write, town)
    assert told("networks.bulletin_release_asked") == {"Tom"}
    assert told(SENT) == set()
    assert [one.url for one in bulletins_to_release(hats_of(tom)[0])] == [bulletin.get_absolute_url()]
    assert bulletins_for_leaders(hats_of(town.principal)[0]) == []
    assert sees(tom, bulletin)
    assert not sees(town.amira, bulletin)
    for other in (town.jurgita, town.amira, make.holder("subject_teacher", town.first)):
        with pytest.raises(PermissionDenied):
            actions.release_bulletin(bulletin, by=other)

    actions.release_bulletin(bulletin, by=tom)

    assert told(SENT) == {"Jurgita", "Amira", "Ben"}
    assert told("networks.bulletin_released") == {"Jurgita"}
    assert Bulletin.objects.get(pk=bulletin.pk).released_by == tom
    assert bulletins_to_release(hats_of(tom)[0]) == []
    with pytest.raises(BulletinOver):
        actions.release_bulletin(bulletin, by=town.principal)


def test_without_a_contact_teacher_it_waits_for_the_leaders(town, write):
    waiting(write, town)

    assert told("networks.bulletin_release_asked") == {"Solveig"}
    assert len(bulletins_for_leaders(hats_of(town.principal)[0])) == 1


def test_it_comes_back_with_words_and_is_a_draft_again(town, tom, write):
    bulletin = waiting(write, town)

    actions.return_bulletin(bulletin, by=tom, returned_because="Leave the yard out.")

    assert told("networks.bulletin_returned") == {"Jurgita"}
    assert still_wanted("networks.bulletin_returned", town.jurgita)
    assert Bulletin.objects.get(pk=bulletin.pk).is_draft
    assert not sees(tom, bulletin)


def test_a_child_who_came_meanwhile_stops_the_release(town, tom, write):
    bulletin = write(kind="happened", text="Ludvik fell.")
    actions.ask_release(bulletin, by=town.jurgita, not_names=["Ludvik"])
    make.family(town.first, pupil_name="Ludvik", adult_name="Anne", family_name="Holm")

    with pytest.raises(actions.NameInside):
        actions.release_bulletin(bulletin, by=tom)


@pytest.mark.parametrize(
    "text", ["{} fell.", "Today {} fell.", "It was {} H. again.", "About Holmen {}.", "Godt nytt. {} er her."]
)
def test_a_name_the_writer_may_not_know_goes_the_same_way_as_nobodys(town, tom, write, text):
    hidden, _adult = make.family(town.first, pupil_name="Ludvik", adult_name="Anne", family_name="Holmen")
    AddressProtection.objects.create(person=hidden, grade="strict", valid_from=timezone.localdate())

    def way_of(name):
        draft = write(text=text.format(name))
        shown, steps = preview(draft, town.jurgita), []
        for go in (actions.send_bulletin, actions.ask_release):
            for not_names in ([], shown.doubtful):
                try:
                    steps.append(go(draft, by=town.jurgita, not_names=not_names))
                except Refusal as refusal:
                    steps.append(type(refusal))
        said = [str(each).replace(name, "X") for each in (shown.named, shown.doubtful, shown.goes_first, steps)]
        return said, draft, text_of(as_(town.jurgita).get(draft.get_absolute_url()))

    one, draft, seen = way_of("Ludvik")
    other, _draft, seen_of_other = way_of("Zakarias")

    assert one == other
    assert seen.replace("Ludvik", "X") == seen_of_other.replace("Zakarias", "X")
    for releaser in (tom, town.principal):
        with pytest.raises(actions.NameInside):
            actions.release_bulletin(draft, by=releaser)


@pytest.mark.parametrize("name", ["ludvik", "lud-vik"])
def test_a_name_the_writer_may_not_know_is_read_by_the_teacher_also_in_small_letters(town, tom, write, name):
    hidden, _adult = make.family(town.first, pupil_name="Ludvik", adult_name="Anne", family_name="Holmen")
    AddressProtection.objects.create(person=hidden, grade="strict", valid_from=timezone.localdate())
    draft = write(text=f"Today {name} fell.")

    actions.send_bulletin(draft, by=town.jurgita, not_names=preview(draft, town.jurgita).doubtful)

    assert_only_the_teacher_reads(draft, town, tom)


def test_a_teacher_kept_from_a_child_reads_nothing_of_it_in_the_check(town, tom, write):
    hidden, _adult = make.family(town.first, pupil_name="Ludvik", adult_name="Anne", family_name="Holmen")
    make.confirmed(tom, hidden)
    make.restricted(tom, hidden)
    draft = write(by=tom, text="Ludvik fell.")

    assert preview(draft, tom).named == []
    actions.send_bulletin(draft, by=tom, not_names=[])

    assert_only_the_teacher_reads(draft, town, town.principal)


def test_taken_back_it_is_gone_for_all_but_its_writer_and_those_who_had_it_are_told(town, sent):
    bulletin = sent(text="A secret that should not have gone out.")
    hear(town.amira)
    unheard = Notice.objects.get(kind=SENT, recipient=town.ben)

    actions.take_back_bulletin(bulletin, by=town.jurgita)

    assert told(BACK) == {"Amira"}
    assert still_wanted(BACK, town.amira)
    assert not still_wanted(SENT, unheard.recipient)
    assert sees(town.jurgita, bulletin)
    assert not any(sees(person, bulletin) for person in (town.amira, town.ben, town.principal))
    with pytest.raises(BulletinOver):
        actions.take_back_bulletin(bulletin, by=town.jurgita)


def test_no_message_carries_the_words_of_a_notice(town, sent):
    sent(title="Heading", text="A secret that should not have gone out.")

    said = letter(SENT, town.amira)

    assert said.subject == "New notice in 1A: Practical"
    assert not any(word in f"{said.subject} {said.lines} {said.facts}" for word in ("Heading", "secret"))


def test_a_leader_takes_it_back_and_its_writer_is_told(town, tom, sent):
    bulletin = sent()
    with pytest.raises(PermissionDenied):
        actions.take_back_bulletin(bulletin, by=town.amira)

    actions.take_back_bulletin(bulletin, by=town.principal)

    assert told("networks.bulletin_taken_from_writer") == {"Jurgita"}


def test_what_has_happened_says_when_it_was_noticed(town, write):
    now = timezone.now()
    for noticed_at in (None, now + timedelta(hours=2)):
        with pytest.raises(actions.NoticedWhen):
            actions.write_bulletin(
                town.first,
                by=town.jurgita,
                kind="happened",
                title="a",
                text="b",
                is_knowable=False,
                noticed_at=noticed_at,
            )


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"state": "sent"},
        {"state": "back", "sent_at": timezone.now()},
        {"state": "waiting"},
        {"kind": "happened", "state": "waiting", "asked_at": timezone.now()},
        {"is_knowable": True, "state": "sent", "sent_at": timezone.now()},
    ],
    ids=lambda wrong: "-".join(wrong),
)
def test_the_database_keeps_what_must_be_true(town, write, wrong):
    draft = write()
    with pytest.raises(IntegrityError), transaction.atomic():
        Bulletin.objects.filter(pk=draft.pk).update(**wrong)


@pytest.mark.django_db(transaction=True)
def test_two_who_release_at_once_send_it_once(town, tom, write):
    bulletin, seen = waiting(write, town), []
    with transaction.atomic():
        actions.release_bulletin(bulletin, by=tom)
        second = in_a_thread(
            seen, lambda: actions.release_bulletin(Bulletin.objects.get(pk=bulletin.pk), by=town.principal)
        )
    second.join(20)

    assert seen == [BulletinOver]


@pytest.mark.parametrize("day", ["0001-01-01", "1900-01-01", "9999-12-31"])
def test_what_was_noticed_in_no_time_that_can_be_is_refused_and_the_list_can_be_read(town, day):
    """A year that Python cannot read from the database would shut the page for the whole class."""
    contact = as_(town.jurgita)
    typed = {"kind": "happened", "title": "Lice", "text": "Lice again.", "noticed_on": day, "noticed_time": "00:00"}

    again = contact.post(address("networks", "bulletin_write", town.first.pk), typed)

    assert "Lice again." in again.content.decode()
    assert not Bulletin.objects.exists()
