"""A name that is hidden from whoever writes to the class leaves no trace for them: to the last byte it goes as nobody's."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone, translation

from networks import actions
from networks.models import Bulletin, BulletinAnswer, BulletinOver
from portal.ledger import tasks as ledger
from portal.messaging import composing
from portal.messaging.kinds import KINDS
from portal.messaging.models import Notice
from portal.people.models import AddressProtection, Household, Person
from tests import make
from tests.ground import once
from tests.networks.test_notices import told
from tests.pages import address, as_, text

SENT, ASKED = "networks.bulletin_sent", "networks.bulletin_release_asked"
SPELLINGS = [
    *[("ludvik", "zakari"), ("Ludvik", "Zakari"), ("LUDVIK", "ZAKARI"), ("ludviks", "zakaris"), ("Ludviks", "Zakaris")],
    *[("ludvikk", "zakarii"), ("Ludvikk", "Zakarii"), ("ludviken", "zakarien"), ("lud-vik", "zak-ari")],
    *[("l u d v i k", "z a k a r i"), ("ludvik holmen", "zakari belmen"), ("людвик", "закарик"), ("ludv1k", "zak1rk")],
]
TEXT = "We meet {0} at nine.\n{0} fell, and we all helped.\nOn the way home: {0}"
NEVER_THE_SAME = re.compile(
    r"(?<=csrfmiddlewaretoken\" value=\")\w+|(?<=/notices/)\d+|(?<=/questions/)\d+|(?<=nonce=\")[^\"]+"
)


class Undo(Exception):
    pass


@once
def ludvik(town):
    child, adult = make.family(town.first, pupil_name="Ludvik", adult_name="Anne", family_name="Holmen")
    AddressProtection.objects.create(person=child, grade="strict", valid_from=timezone.localdate())
    AddressProtection.objects.create(person=adult, grade="strict", valid_from=timezone.localdate())
    return child


@once
def kim(town):
    """Of the writer's home, a guardian in the class too."""
    home = Household.objects.create()
    Person.objects.filter(pk=town.jurgita.pk).update(household=home)
    town.jurgita.household = home
    return make.guardian("Kim", "Nordlie", of=town.iver, household=home)


class Seen:
    """All that one person reads, with this word taken out."""

    def __init__(self, word):
        self.word, self.said = re.compile(re.escape(word), re.IGNORECASE), []

    def page(self, answer):
        self.add(f"{answer.status_code} {answer.headers.get('Location', '')}\n{answer.content.decode()}")
        return answer

    def add(self, said):
        self.said.append(NEVER_THE_SAME.sub("", self.word.sub("X", str(said))))


def mails_to(person):
    ledger.sweep()
    notices = Notice.objects.filter(recipient=person).order_by("pk")
    for notice in notices.exclude(kind="networks.question_asked"):
        kind = KINDS[notice.kind]
        with translation.override("en"):
            mail = composing.mail_of(
                [kind(notice)], person, key="x", school="Lia", preferences_url="https://x.example/"
            )
        ways = list(notice.deliveries.values_list("channel", "state"))
        yield notice.kind, notice.not_before, kind.wanted(notice), ways, mail.subject, mail.alternatives[0][0]


def look_round(town, person, bulletin, *, shortly):
    reader, pages = as_(person), ("show",) if shortly else ("show", "edit", "send", "take_back", "release", "return")
    yield from (reader.get(address("networks", f"bulletin_{name}", bulletin.pk)) for name in pages)
    yield reader.get(address("networks", "bulletin_list", town.first.pk))
    if not shortly:
        yield reader.get(address("people", "class_show", town.first.pk))
        yield reader.get(address("people", "child_show", town.iver.key))
        yield from (reader.get(at) for at in ("/", "/me/", "/gatherings/"))


def story(town, word, school_does, readers, shortly):
    """What the writer reads from the first page to the last, and whoever lives with the writer."""
    seen, writer = Seen(word), as_(town.jurgita)
    typed = {"kind": "practical", "title": "This week", "text": TEXT.format(word), "noticed_on": "", "noticed_time": ""}

    def all_look(bulletin):
        for person in readers:
            for answer in look_round(town, person, bulletin, shortly=shortly):
                seen.page(answer)
            for mail in mails_to(person):
                seen.add(mail)

    seen.page(writer.post(address("networks", "bulletin_write", town.first.pk), typed))
    bulletin = Bulletin.objects.latest("pk")
    send = address("networks", "bulletin_send", bulletin.pk)
    asked = seen.page(writer.get(send))
    words = re.findall(r'name="not_names"[^>]*?value="([^"]+)"', " ".join(asked.content.decode().split()))
    seen.page(writer.post(send, {"not_names": words}))
    all_look(bulletin)
    school_does(Bulletin.objects.get(pk=bulletin.pk))
    all_look(bulletin)
    return seen.said


def undone(tell, *args):
    """What it returns, when nothing of it is left."""
    found = []
    try:
        with transaction.atomic():
            found += tell(*args)
            raise Undo
    except Undo:
        return found


def released(bulletin, tom):
    if bulletin.is_waiting and bulletin.is_quiet:
        Bulletin.objects.filter(pk=bulletin.pk).update(state="sent", sent_at=timezone.now() + timedelta(hours=2))


def taken_back(bulletin, tom):
    if bulletin.is_out:
        actions.take_back_bulletin(bulletin, by=tom)


def assert_same(town, tom, words, school_does, readers, *, shortly):
    with time_machine.travel(timezone.now(), tick=False):
        one, other = (undone(story, town, word, lambda b: school_does(b, tom), readers, shortly) for word in words)
    for mine, theirs in zip(one, other, strict=True):
        assert mine.splitlines() == theirs.splitlines()


@pytest.mark.parametrize("words", SPELLINGS, ids=lambda words: words[0])
def test_for_the_writer_a_hidden_name_is_nobodys(town, tom, ludvik, words):
    assert_same(town, tom, words, taken_back, [town.jurgita], shortly=True)


@pytest.mark.parametrize("school_does", [released, taken_back])
def test_for_the_writers_home_it_is_so_on_every_page_whatever_the_school_does(town, tom, ludvik, kim, school_does):
    assert_same(town, tom, ("ludvik", "zakari"), school_does, [town.jurgita, kim], shortly=False)


@pytest.fixture
def quiet(town, tom, ludvik, write):
    draft = write(text="We meet ludvikken at nine, and zakari too.")
    actions.send_bulletin(draft, by=town.jurgita, not_names=[])
    return Bulletin.objects.get(pk=draft.pk)


def test_the_teacher_is_told_that_its_writer_does_not_know_and_may_send_it(town, tom, quiet):
    assert told(ASKED) == {"Tom"}
    assert told(SENT) == {"Jurgita"}
    page = as_(tom).get(quiet.get_absolute_url())
    assert "Its writer does not know that it waits" in text(page)
    assert "Give it back" not in text(page)
    with pytest.raises(BulletinOver):
        actions.return_bulletin(quiet, by=tom, returned_because="No.")

    as_(tom).post(address("networks", "bulletin_release", quiet.pk))

    assert told(SENT) == {"Jurgita", "Amira", "Ben", "Anne"}
    assert told("networks.bulletin_released") == set()
    assert Notice.objects.filter(kind=SENT, recipient=town.jurgita).count() == 1


def test_what_the_teacher_does_not_send_is_for_its_writer_as_if_the_school_had_taken_it_back(town, tom, quiet):
    as_(tom).post(address("networks", "bulletin_take_back", quiet.pk))

    assert told("networks.bulletin_taken_from_writer") == {"Jurgita"}
    assert told("networks.bulletin_taken_back") == set()
    assert Bulletin.objects.get(pk=quiet.pk).is_taken_back


def test_whoever_releases_and_lives_with_the_writer_reads_that_it_waits(town, tom, ludvik, kim, write):
    make.role(kim, "contact_teacher", town.first)
    draft = write(text="We meet ludvik at nine.")
    actions.send_bulletin(draft, by=town.jurgita, not_names=[])

    assert "Its writer does not know that it waits" in text(as_(kim).get(draft.get_absolute_url()))
    assert told(SENT) == {"Jurgita"}


@pytest.mark.parametrize(("name", "nobodys"), [("ludvik", "zakari"), ("Ludvik", "Zakari")])
def test_an_answer_for_all_goes_the_same_way(town, tom, ludvik, sent, name, nobodys):
    bulletin = sent()

    def answered(word, school_drops):
        question = actions.ask_question(bulletin, by=town.amira, text="And then?")
        seen, writer = Seen(word), as_(town.jurgita)
        at = address("networks", "question_answer", question.pk)
        said = {"answer": f"We meet {word} at nine.", "for_all": "yes"}
        asked = seen.page(writer.post(at, said))
        if asked.status_code == 200:
            seen.page(writer.post(at, {**said, "not_names": word}))
        for _turn in range(2):
            seen.page(writer.get(bulletin.get_absolute_url()))
            for mail in mails_to(town.jurgita):
                seen.add(mail)
            if school_drops and _turn == 0:
                seen.add(as_(tom).post(address("networks", "answer_drop", BulletinAnswer.objects.get().pk)).status_code)
        return seen.said

    with time_machine.travel(timezone.now(), tick=False):
        for school_drops in (False, True):
            one, other = (undone(answered, word, school_drops) for word in (name, nobodys))
            assert one == other


def test_an_answer_with_a_hidden_name_is_read_by_the_teacher_and_by_no_other_family(town, tom, ludvik, sent):
    bulletin = sent()
    question = actions.ask_question(bulletin, by=town.amira, text="And then?")
    actions.answer_all(question, by=town.jurgita, answer="We meet ludvikken.", not_names=[])

    assert "We meet ludvikken." in text(as_(town.jurgita).get(bulletin.get_absolute_url()))
    assert "We meet ludvikken." not in text(as_(town.amira).get(bulletin.get_absolute_url()))
    assert told("networks.answer_waits") == {"Tom"}
    assert told("networks.question_answered") == set()
    as_(tom).post(address("networks", "answer_release", BulletinAnswer.objects.get().pk))

    assert "We meet ludvikken." in text(as_(town.amira).get(bulletin.get_absolute_url()))


def test_the_school_deletes_an_answer_that_stands_already(town, tom, sent):
    bulletin = sent()
    question = actions.ask_question(bulletin, by=town.amira, text="And then?")
    answer = actions.answer_all(question, by=town.jurgita, answer="We go home.", not_names=[])
    assert "Delete it" not in text(as_(town.amira).get(bulletin.get_absolute_url()))

    as_(tom).post(address("networks", "answer_drop", answer.pk))

    assert told("networks.answer_dropped") == {"Jurgita"}
    assert "We go home." not in text(as_(town.amira).get(bulletin.get_absolute_url()))
