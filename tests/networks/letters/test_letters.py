"""A home that no message reaches gets a letter with a code: who prints, what it says, what the code opens."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from pypdf import PdfReader

from networks import actions, queries
from networks.letters.homes import paper_page
from networks.letters.paper import letters_of, letters_pdf
from networks.letters.queries import link_by_code, on_paper
from networks.models import Gathering, NotNow, PrintedLetter, Rsvp
from networks.notices.invitations import answered_on_behalf
from portal.ledger.models import Event
from portal.messaging.models import Delivery, Notice, PersonalLink, naming
from portal.people import actions as people
from portal.people.models import AddressProtection, Household, Person, School, the_portal
from tests import make
from tests.ground import once
from tests.threads import in_a_thread

CHOSEN = ("odd", "principal", "jurgita")


@pytest.fixture(autouse=True)
def _anew():
    cache.clear()


@once
def odd(town):
    return make.holder("office", town.school, "Odd", "Office")


@once
def dark(town, bonfire):
    """Amira has neither e-mail nor phone."""
    Person.objects.filter(pk=town.amira.pk).update(email="", phone="")
    town.amira.refresh_from_db()
    return town.amira


def printed(gathering, by):
    return actions.print_letters(gathering, by=by)


def protect(person, **details):
    AddressProtection.objects.create(
        person=person, grade="strict", valid_from=timezone.localdate() - timedelta(days=1), **details
    )


@pytest.mark.parametrize("who", CHOSEN)
def test_contact_office_and_leader_print_for_homes_that_no_message_reaches(town, bonfire, dark, odd, who):
    by = odd if who == "odd" else getattr(town, who)

    (letter,) = printed(bonfire, by)

    assert letter.family.household_id == dark.household_id
    assert PrintedLetter.objects.get().printed_by == by
    assert Event.objects.filter(verb="networks.letter_printed").count() == 1


def test_nobody_else_prints(town, bonfire, dark):
    helper = actions.add_helper(bonfire, by=town.jurgita, person_asked=town.ben).person
    others = (
        dark,
        helper,
        town.carla,
        make.holder("contact_teacher", town.first),
        make.holder("office", make.school()),
    )

    for person in others:
        with pytest.raises(PermissionDenied):
            printed(bonfire, person)

    assert not PrintedLetter.objects.exists()


@pytest.mark.parametrize(
    ("said", "comes"),
    [
        ({"email": "", "phone": ""}, True),
        ({"email": "amira@example.net", "email_failed_at": timezone.now(), "phone": ""}, True),
        ({"email": "", "phone": "+4790000001"}, False),
        ({"email": "amira@example.net", "phone": ""}, False),
    ],
)
def test_a_letter_goes_where_no_address_works(town, bonfire, said, comes):
    Person.objects.filter(pk=town.amira.pk).update(**said)

    homes = {home.household_id for home in paper_page(bonfire, town.jurgita).homes}

    assert (town.amira.household_id in homes) is comes


@pytest.mark.parametrize("state", ["queued", "sent"])
@pytest.mark.parametrize(("email", "reach"), [("", "none"), ("amira@example.net", "failed")])
def test_what_lies_in_the_portal_alone_reaches_nobody_without_an_address(town, bonfire, dark, state, email, reach):
    """The office counts it, the list of letters has it, and the class contact reads that nobody is reached."""
    now = timezone.now()
    Person.objects.filter(pk=dark.pk).update(email=email, email_failed_at=now if email else None)
    told = {"kind": "networks.gathering_invited", "category": "invitations", "state": "told", "told_at": now}
    notice = Notice.objects.create(**naming(bonfire), **told, recipient=dark, not_before=now)
    sent_at = now if state == "sent" else None
    Delivery.objects.create(notice=notice, channel="in_app", state=state, next_try_at=now, sent_at=sent_at)

    (home,) = paper_page(bonfire, town.jurgita).homes
    (counted,) = on_paper([town.school])
    rows = queries.board_of(bonfire, town.jurgita).rows

    assert (home.household_id, counted.homes) == (dark.household_id, 1)
    assert next(row.reach for row in rows if row.household_id == dark.household_id) == reach


@pytest.mark.parametrize(
    ("states", "counts"),
    [({"email": "failed"}, 1), ({"email": "bounced", "sms": "failed"}, 1), ({"email": "failed", "sms": "queued"}, 0)],
)
def test_a_home_to_which_all_came_back_is_counted_as_the_list_of_letters_has_it(town, bonfire, states, counts):
    """Though its e-mail and its phone look as if they worked."""
    now = timezone.now()
    Person.objects.filter(pk=town.amira.pk).update(email="amira@example.net", phone="+4790000001")
    told = {"kind": "networks.gathering_invited", "category": "invitations", "state": "told", "told_at": now}
    notice = Notice.objects.create(**naming(bonfire), **told, recipient=town.amira, not_before=now)
    for channel, state in states.items():
        sent_at = now if state == "bounced" else None
        Delivery.objects.create(notice=notice, channel=channel, state=state, next_try_at=now, sent_at=sent_at)

    homes = [home.household_id for home in paper_page(bonfire, town.jurgita).homes]

    assert homes.count(town.amira.household_id) == counts
    assert sum(one.homes for one in on_paper([town.school])) == len(homes)


def test_one_adult_with_a_phone_is_enough_for_the_home(town, bonfire, dark):
    make.guardian("Yusuf", "Warsame", of=town.nora, household=dark.household, phone="+4790000002")

    assert paper_page(bonfire, town.jurgita).homes == []


def test_the_code_opens_the_homes_own_link_and_stands_nowhere(town, bonfire, dark):
    (letter,) = printed(bonfire, town.jurgita)

    link = link_by_code(letter.code)

    assert (link.person, link.household_id, link.subject) == (dark, dark.household_id, bonfire)
    with connection.cursor() as cursor:
        cursor.execute("SELECT l::text || coalesce(e::text, '') FROM networks_printedletter l, ledger_event e")
        assert not [row for (row,) in cursor.fetchall() if letter.code in row]
    assert letter.code not in repr(letter)


def test_a_code_is_eight_signs_that_look_like_no_other(town, bonfire, dark):
    codes = {printed_again(bonfire, town.jurgita, dark).code for _time in range(20)}

    assert len(codes) == 20
    assert {len(code) for code in codes} == {8}
    assert not set("".join(codes)) & set("01ILO")


def printed_again(gathering, by, adult):
    return actions.print_letter(gathering, by=by, household=adult.household)[0]


def test_a_new_letter_makes_the_earlier_code_dead(town, bonfire, dark):
    first, second = (printed_again(bonfire, town.jurgita, dark) for _time in range(2))

    assert link_by_code(first.code) is None
    assert link_by_code(second.code) is not None


def test_the_letters_of_the_class_are_printed_once(town, bonfire, dark):
    printed(bonfire, town.jurgita)

    with pytest.raises(actions.NothingToPrint):
        printed(bonfire, town.jurgita)


def test_a_letter_that_says_the_old_time_is_printed_anew(town, bonfire, dark):
    printed(bonfire, town.jurgita)
    Gathering.objects.filter(pk=bonfire.pk).update(sequence=1)
    bonfire.refresh_from_db()

    assert len(printed(bonfire, town.jurgita)) == 1


def over(gathering, adult):
    now = timezone.now()
    times = {"answer_by": now - timedelta(days=2), "starts_at": now - timedelta(hours=3), "ends_at": now}
    Gathering.objects.filter(pk=gathering.pk).update(**times)


def left(gathering, adult):
    people.end_relation(adult.pupil_relations.get(), by=the_portal())


def moved(gathering, adult):
    Person.objects.filter(pk=adult.pk).update(household=Household.objects.create())


def locked_out(gathering, adult):
    Person.objects.filter(pk=adult.pk).update(is_active=False)


def revoked(gathering, adult):
    PersonalLink.objects.filter(person=adult).update(revoked_at=timezone.now())


@pytest.mark.parametrize("happens", [over, left, moved, locked_out, revoked])
def test_a_code_is_dead_when_it_is_nobodys_any_more(town, bonfire, dark, happens):
    (letter,) = printed(bonfire, town.jurgita)
    letters_of(bonfire, [letter])

    happens(bonfire, dark)

    assert link_by_code(letter.code) is None


def test_a_restricted_guardian_is_let_in_by_no_letter(town, bonfire, dark):
    (letter,) = printed(bonfire, town.jurgita)

    make.restricted(dark, town.nora)

    assert link_by_code(letter.code) is None
    assert paper_page(bonfire, town.jurgita).homes == []


def test_a_code_reads_that_a_gathering_is_cancelled(town, bonfire, dark):
    (letter,) = printed(bonfire, town.jurgita)
    actions.cancel_gathering(bonfire, by=town.jurgita, because="Storm")

    assert link_by_code(letter.code) is not None
    (anew,) = letters_of(bonfire, [printed_again(bonfire, town.jurgita, dark)])
    assert "Storm" in anew["lines"]
    with pytest.raises(actions.NothingToPrint):
        printed_again(bonfire, town.jurgita, dark)


def test_the_key_of_the_portal_may_change(town, bonfire, dark, settings):
    (letter,) = printed(bonfire, town.jurgita)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another-key-of-fifty-letters" * 2, [settings.SECRET_KEY]

    assert link_by_code(letter.code) is not None


# Protected families


def test_the_letter_of_a_protected_family_is_the_offices_alone_by_itself(town, bonfire, dark, odd):
    protect(town.nora, alias="Family Sky")

    assert paper_page(bonfire, town.jurgita).homes == []
    with pytest.raises(PermissionDenied):
        printed_again(bonfire, town.jurgita, dark)
    for by in (town.jurgita, odd):
        with pytest.raises(actions.NothingToPrint):
            printed(bonfire, by)
    assert printed_again(bonfire, odd, dark).family.household_id == dark.household_id


@pytest.mark.parametrize("language", ["nb", "nn", "da", "en"])
def test_the_letter_of_a_protected_family_names_nobody_and_no_place(town, bonfire, dark, odd, language):
    Person.objects.filter(pk=dark.pk).update(language=language)
    protect(dark)

    (letter,) = letters_of(bonfire, [printed_again(bonfire, odd, dark)])

    told = " ".join(str(part) for name, part in letter.items() if name not in ("svg", "code"))
    for word in ("Amira", "Nora", "Warsame", "1A", bonfire.title, bonfire.place, "Lia skole", "Jurgita"):
        assert word not in told
    assert letter["language"] == language


def test_the_other_home_of_a_protected_child_reads_its_letter_as_ever(town, bonfire, odd):
    """Its names are kept from the class, so the office prints it; what it says to the home itself is as before."""
    Person.objects.filter(pk=town.ben.pk).update(email="", phone="")
    protect(town.amira)

    assert paper_page(bonfire, town.jurgita).homes == []
    (letter,) = letters_of(bonfire, [printed_again(bonfire, odd, town.ben)])
    assert (letter["title"], "Ben" in letter["to"]) == (bonfire.title, True)


@pytest.mark.parametrize("is_protected", [False, True])
def test_the_other_home_of_the_contacts_own_child_is_the_offices_whether_protected_or_not(town, bonfire, is_protected):
    """So that nothing tells the one home that the other is protected."""
    other = make.guardian("Rimas", "Nordlie", of=town.iver)
    Person.objects.filter(pk=other.pk).update(email="", phone="")
    if is_protected:
        protect(other)

    assert paper_page(bonfire, town.jurgita).homes == []
    with pytest.raises(PermissionDenied):
        printed_again(bonfire, town.jurgita, other)


def test_the_office_prints_nothing_about_a_child_it_must_know_nothing_about(town, bonfire, dark):
    own = make.holder("office", town.school, "Own", "Office")
    make.confirmed(own, town.nora)
    make.restricted(own, town.nora)

    assert paper_page(bonfire, own).homes == []
    with pytest.raises(PermissionDenied):
        printed_again(bonfire, own, dark)


def test_no_letter_carries_an_address_of_anybody(town, bonfire, odd):
    School.objects.filter(pk=town.school.pk).update(address="Skoleveien 1", email="post@lia.example", phone="22334455")
    failed = {"email": "amira@example.net", "email_failed_at": timezone.now(), "phone": ""}
    Person.objects.filter(pk=town.amira.pk).update(**failed)
    bonfire.refresh_from_db()

    (letter,) = letters_of(bonfire, printed(bonfire, odd))

    told = str({name: part for name, part in letter.items() if name != "svg"})
    assert "@" not in told
    assert "Skoleveien" not in told
    assert "22334455" in told


# On paper


def test_the_paper_says_who_where_when_the_address_and_the_code(town, bonfire, dark):
    (letter,) = printed(bonfire, town.jurgita)

    told, title = read(letters_pdf(bonfire, [letter]))

    for word in (
        "Nora (1A)",
        "Amira",
        bonfire.title,
        bonfire.place,
        f"{letter.code[:4]} {letter.code[4:]}",
        "/letter/",
    ):
        assert word in told
    assert "Jurgita" in told
    assert bonfire.title in title


def read(pdf):
    reader = PdfReader(BytesIO(pdf))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split()), reader.metadata.title


@pytest.mark.parametrize(
    ("language", "words"), [("nb", "Slik svarer dere"), ("da", "Sådan svarer I"), ("en", "How to answer")]
)
def test_each_home_reads_its_own_language(town, bonfire, dark, language, words):
    Person.objects.filter(pk=dark.pk).update(language=language)

    with translation.override("nn"):
        (letter,) = letters_of(bonfire, printed(bonfire, town.jurgita))

    assert (letter["language"], letter["how"]) == (language, words)


def test_a_sign_that_no_font_has_is_printed_all_the_same(town, dark):
    fire = make.published(town.first, by=town.jurgita, title="Fire 🔥")

    assert letters_pdf(fire, printed(fire, town.jurgita)).startswith(b"%PDF")


def test_as_many_queries_for_three_letters_as_for_thirty(town, bonfire):
    counts = []
    for homes in (3, 30):
        for number in range(homes):
            make.family(town.first, family_name=f"F{homes}x{number}", adult_name=f"A{homes}x{number}")
        Person.objects.filter(given_name__startswith=f"A{homes}x").update(email="", phone="")
        gathering = Gathering.objects.select_related("school_class__school").get(pk=bonfire.pk)
        with CaptureQueriesContext(connection) as asked:
            letters_of(gathering, printed(gathering, town.jurgita))
        counts.append(len(asked))
    assert PrintedLetter.objects.count() == 33
    assert counts[0] == counts[1]


@pytest.mark.django_db(transaction=True)
def test_two_who_print_at_once_make_one_letter(town, bonfire, dark, odd):
    told = []
    with transaction.atomic():
        printed(bonfire, town.jurgita)
        thread = in_a_thread(told, lambda: printed(Gathering.objects.get(pk=bonfire.pk), odd))
    thread.join()

    assert told == [actions.NothingToPrint]


# Answers


def test_the_office_answers_for_such_a_home_and_says_so(town, bonfire, dark, odd):
    rsvp = actions.answer_by_office(bonfire, by=odd, household=dark.household, answer="yes")

    assert (rsvp.on_behalf, rsvp.by_office, rsvp.answered_by) == (True, True, odd)
    event = Event.objects.get(verb="networks.gathering_answered")
    assert (event.details["on_behalf"], event.details["by_office"]) == (True, True)


def test_the_office_answers_for_no_home_that_a_message_reaches(town, bonfire, odd):
    with pytest.raises(NotNow):
        actions.answer_by_office(bonfire, by=odd, household=town.amira.household, answer="yes")

    assert not Rsvp.objects.exists()


def test_nobody_outside_the_office_answers_as_the_office(town, bonfire, dark):
    other = make.holder("office", make.school("Elsewhere"))
    for person in (town.jurgita, dark, other, make.holder("contact_teacher", town.first)):
        with pytest.raises(PermissionDenied):
            actions.answer_by_office(bonfire, by=person, household=dark.household, answer="yes")


def test_what_a_home_says_itself_is_not_the_offices(town, bonfire, dark, odd):
    actions.answer_by_office(bonfire, by=odd, household=dark.household, answer="maybe")

    rsvp = actions.answer(bonfire, by=dark, household=dark.household, answer="yes")

    assert (rsvp.on_behalf, rsvp.by_office) == (False, False)
    with pytest.raises(NotNow):
        actions.answer_by_office(bonfire, by=odd, household=dark.household, answer="no")


def test_a_letter_is_a_way_and_reaches_nobody_until_the_home_answers(town, bonfire, dark):
    printed(bonfire, town.jurgita)
    row = next(one for one in the_list(bonfire, town) if one.row.household_id == dark.household_id)
    before = queries.board_of(bonfire, town.jurgita).reached_families

    actions.answer(bonfire, by=dark, household=dark.household, answer="yes")

    assert (row.need, row.step, row.printed_at is not None) == ("address", "handed", True)
    assert queries.board_of(bonfire, town.jurgita).reached_families == before + 1
    assert dark.household_id not in {one.row.household_id for one in the_list(bonfire, town)}


def the_list(gathering, town):
    return queries.list_to_reach(queries.board_of(gathering, town.jurgita), town.jurgita, may_print=True).rows


def test_letters_are_forgotten_sixty_days_after_the_gathering(town, bonfire, dark):
    printed(bonfire, town.jurgita)
    ended = timezone.now() - timedelta(days=61)
    times = {"answer_by": ended - timedelta(days=2), "starts_at": ended - timedelta(hours=3), "ends_at": ended}
    Gathering.objects.filter(pk=bonfire.pk).update(**times)

    actions.forget_reaching_out(bonfire, by=the_portal())

    assert not PrintedLetter.objects.exists()


def test_the_office_reads_where_letters_are_due(town, bonfire, dark, odd):
    schools = School.objects.run_by(odd)
    assert [(one.homes, one.unprinted) for one in on_paper(schools)] == [(1, 1)]

    printed(bonfire, odd)

    assert [(one.homes, one.unprinted) for one in on_paper(schools)] == [(1, 0)]
    assert on_paper(School.objects.run_by(make.holder("office", make.school("Elsewhere")))) == []


def test_the_home_is_told_by_whom_its_answer_was_written_down(town, bonfire, dark, odd):
    actions.answer_by_office(bonfire, by=odd, household=dark.household, answer="yes")
    notice = Notice(kind="networks.answered_on_behalf", recipient=dark)
    notice.subject = bonfire

    with translation.override("en"):
        letter = answered_on_behalf.write(notice)

    assert "office" in letter.lines[0]
