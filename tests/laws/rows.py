"""The small town of the access matrix, and more of each thing: in every state from which somebody may act on it."""

from datetime import timedelta

from django.apps import apps
from django.utils import timezone

from conferences import actions as talks
from grants import actions as grants
from grants.appeal import actions as appeals
from grants.attachments.actions import add_attachments
from grants.models import GrantApplication, RuleReference
from networks import actions as networks
from networks.models import ClassVote, Gathering, Lift
from portal.messaging.actions import open_calendar
from portal.people import actions
from portal.people.models import (
    GuardianRelation,
    Household,
    Person,
    Role,
    RosterImport,
    SchoolClass,
    SignInMove,
    the_portal,
)
from principles import actions as principles
from principles.adoption.models import Communication
from principles.hearings.models import Hearing, Theme
from principles.models import Principle, PrincipleVersion
from principles.outline import read_outline
from principles.references.models import TextLink
from principles.supervision import actions as supervision
from principles.supervision.models import SupervisionResult
from tests import make
from tests.grants import cast
from tests.grants.reports.files import PNG
from tests.laws.code import PACKAGES
from tests.laws.world import world


def rows():
    """{model: its rows}, and under "people" those of the matrix."""
    town = world()
    people = town.people
    here = Role.objects.get(kind="class_contact", person=people["class contact"]).school_class
    _grants(here, people)
    _supervised(here.school, people["principal"], people["board member"])
    _told(here.school, people["principal"])
    _conferences(here, people)
    _people(here, people)
    _children(here, people["class contact"])
    _polls(here, people["class contact"])
    networks.write_weekly(here, by=people["contact teacher"], text="why leaves turn yellow")
    unreached = _called_off(here.school, people["office"])
    principle = Principle.objects.filter(school=here.school, versions__state="published").first()
    draft = principles.draft_revision(principle, by=people["principal"])
    principles.add_section(draft, by=people["principal"], kind="other", heading="Empty")
    Gathering.objects.create(
        **_begun(here), made_by=people["class contact"], state="published", published_at=timezone.now()
    )
    ours = [model for model in apps.get_models() if model.__module__.split(".")[0] in PACKAGES]
    found = {model: _from_both_ends(list(model._base_manager.order_by("pk"))) for model in ours}
    known = [person for person in people.values() if person] + [
        make.guardian("Second", of=_child_of(people["guardian"]))
    ]
    failing = Person.objects.exclude(email_failed_at=None)
    pupils = Person.objects.filter(enrolments__isnull=False).order_by("pk")[:2]
    lift = Lift.objects.first()
    found[Household] = [lift.giver, lift.taker, unreached, *found[Household]]
    found[Person] = [*failing, known[0], *pupils, *known[1:], *found[Person]]
    found[SchoolClass] = [here, *found[SchoolClass]]
    of_here = GrantApplication.objects.filter(school_class=here)
    found[GrantApplication] = [*of_here, *found[GrantApplication]]
    found[Role] = [Role.objects.get(kind="contact_teacher", person=people["contact teacher"]), *found[Role]]
    of_class = Person.objects.filter(enrolments__school_class=here).order_by("pk")[:2]
    elected = [people["class contact"], people["guardian"]]  # of two homes, as two keepers are
    return {**found, "people": [*elected, *of_class, *known]}


def _from_both_ends(rows):
    """The newest and the oldest in turn: what the town began with is not far behind what came last."""
    ends = zip(reversed(rows), rows, strict=True)
    return list(dict.fromkeys(row for pair in ends for row in pair))[:80]


def _children(here, dina):
    """An idea in the box, a vote on three, and one that is closed."""
    collecting = ClassVote.objects.get(school_class=here)
    networks.leave_idea(collecting, by=dina, text="Sledging")
    ClassVote.objects.create(school_class=here, state="closed")
    other = make.school_class("Vote", at=here.school)
    teacher = make.holder("contact_teacher", other, "Vera")
    vote = networks.ask_children(other, by=teacher)
    networks.open_vote(vote, by=teacher, options=["Sledging", "Skating", "Games"])


def _polls(here, dina):
    """One that is not sent, and a day of the school's own."""
    make.poll(here, by=dina, title="Lantern walk", sent=False)
    networks.add_faith_day(here.school, by=the_portal(), name="A", tradition="B", day=here.school.today(), source="C")


def _supervised(school, head, board):
    """One of which the board asks more, and one that is concluded."""
    today = school.today()
    for title in ("Asked", "Concluded"):
        version = principles.draft_principle(
            school, by=head, outline=read_outline(f"{title}\n\nPurpose:\n\n• We meet.\n• We call.\n")
        )
        principles.publish_version(version, by=head, adopted_on=today, adopted_by="The board", effective_from=today)
        days = {"starts_on": today - timedelta(days=9), "ends_on": today, "statement_by": today}
        begun = supervision.start_supervision(version.principle, by=head, numbers=[1, 2], **days)
        points = list(begun.points.all())
        for point in points:
            supervision.state_point(point, by=head, did="All.", sees="It.", hard="")
        supervision.hand_statement(begun, by=head)
        if title == "Asked":
            supervision.ask_more(points[0], by=board, question="How?")
            continue
        for point in points:
            judged = {"verdict": "partly", "reason": "Most.", "follow_up": "More", "follow_up_on": today}
            supervision.assess_point(point, by=board, **judged)
        after = today + timedelta(days=90)
        supervision.conclude_supervision(begun, by=board, discussed_on=today, item="7", next_on=after)
        SupervisionResult.objects.create(supervision=begun, number=1, content={}, published_by=board)


def _told(school, head):
    """A reply that is published, and an audience that is told."""
    closed = Hearing.objects.closed().filter(school=school).first()
    Theme.objects.create(hearing=closed, title="Said", outcome="not", reply="No time.")
    version = PrincipleVersion.objects.published().filter(principle__school=school).first()
    Communication.objects.create(
        version=version, audience="pupils", text="Come.", how="Aloud", done_at=timezone.now(), done_by=head
    )
    TextLink.objects.create(principle=version.principle, link="https://example.org/")


def _called_off(school, office):
    """A gathering to which a home was asked on paper; gives the home."""
    beside = make.school_class("1P", at=school)
    contact = make.holder("class_contact", beside, given_name="Per")
    _pupil, adult = make.family(beside, pupil_name="Pia", adult_name="Petra")
    Person.objects.filter(pk=adult.pk).update(email="", phone="")
    gathering = make.published(beside, by=contact, title="On paper")
    networks.print_letters(gathering, by=office)
    networks.cancel_gathering(gathering, by=contact, because="Rain")
    return adult.household


def _child_of(guardian):
    return GuardianRelation.objects.get(guardian=guardian).pupil


def _begun(here):
    now = timezone.now()
    times = {
        "starts_at": now - timedelta(hours=1),
        "ends_at": now + timedelta(hours=1),
        "answer_by": now - timedelta(days=1),
    }
    return {"school_class": here, "title": "Begun", "place": "Here", **times}


def _conferences(here, people):
    tom, amira = people["contact teacher"], people["guardian"]
    nora = _child_of(amira)
    ola, father = make.family(here, pupil_name="Iver", adult_name="Ola")
    round = make.round(here, title="Booked")
    make.slot(round, tom, hour=10)
    mine = make.booked(make.conference(round, nora, tom), by=amira, at=make.slot(round, tom, hour=12))
    theirs = make.booked(make.conference(round, ola, tom), by=father, at=make.slot(round, tom, hour=14))
    talks.ask_swap(mine, by=amira, theirs=theirs.booking)
    past = make.conference(make.round(here, title="Past"), nora, tom)
    talks.write_summary(past, by=tom, words={"child_words": "A draft."})
    make.round(here, title="A draft", state="draft", by=people["principal"])


def _grants(here, people):
    principal = people["principal"]
    asked = GrantApplication.objects.get(status="submitted")
    ground = RuleReference.objects.filter(use="ground").first()
    grants.take_up_application(asked, by=principal)
    grants.ask_for_information(asked, by=principal, question="When?", answer_by=timezone.localdate())
    beside = make.school_class("1C", at=here.school, grades=[1])
    contact = make.holder("class_contact", beside, given_name="Carl")
    decided = cast.applied(cast.gathering(beside), contact)
    grants.take_up_application(decided, by=principal)
    said = {"result": "rejected", "reasons": "No.", "considerations": "None.", "rules": [ground]}
    said["picked"] = [cast.reason(here.school.municipality, title="In a letter")]
    grants.decide_application(decided, by=principal, **said)
    further = make.school_class("1D", at=here.school, grades=[1])
    contact = make.holder("class_contact", further, given_name="Dora")
    in_review = cast.applied(cast.gathering(further), contact)
    grants.take_up_application(in_review, by=principal)
    last = make.school_class("1E", at=here.school, grades=[1])
    contact = make.holder("class_contact", last, given_name="Eva")
    draft = grants.draft_application(cast.gathering(last), by=contact, **cast.FULL)
    add_attachments(draft, by=contact, files=[PNG])
    for name in ("1F", "1G", "1H", "1K"):
        _appealed(make.school_class(name, at=here.school, grades=[1]), name, principal, people["municipality"], said)

    for name, given in (("1I", "Finn"), ("1J", "Gro")):
        beside = make.school_class(name, at=here.school, grades=[1])
        sent = cast.applied(cast.gathering(beside), make.holder("class_contact", beside, given_name=given))
    grants.take_up_application(sent, by=principal)
    grants.decide_application(sent, by=principal, result="approved", amount=100_000)


def _appealed(school_class, name, principal, officer, said):
    """One that was appealed, one that was sent on, one that asks for its reasons, and one that has got them."""
    contact = make.holder("class_contact", school_class, given_name=f"Contact {name}")
    case = cast.applied(cast.gathering(school_class), contact)
    grants.take_up_application(case, by=principal)
    if name in ("1H", "1K"):
        given = grants.decide_application(case, by=principal, result="approved", amount=100_000)
        demand = appeals.ask_reasons(given, by=contact)
        if name == "1K":
            appeals.give_reasons(demand, by=principal, reasons="All came.")
        return
    appeal = appeals.send_appeal(
        grants.decide_application(case, by=principal, **said), by=contact, what="It", change="More"
    )
    if name == "1G":
        appeals.forward_appeal(appeal, by=officer, statement="No.")


def _people(here, people):
    school, pupil = here.school, make.pupil("Mended", in_class=here)
    for state in ("read", "shown", "running", "applied"):
        RosterImport.objects.create(
            municipality=school.municipality,
            school=school,
            file_name=state,
            digest=state,
            source=state,
            state=state,
            applied_at=timezone.now(),
            uploaded_by=the_portal(),
        )
    make.doubt(school)
    for state in ("asked", "offices"):
        mover = make.guardian("Mover", of=pupil)
        SignInMove.objects.create(
            person=mover, old="a@example.org", new="b@example.org", state=state, asked_by=the_portal()
        )
    open_calendar(people["guardian"], by=people["guardian"])
    Person.objects.filter(pk=make.guardian("Failing", of=pupil).pk).update(email_failed_at=timezone.now())
    ended = make.confirmed(make.person("Ended"), pupil)
    actions.end_relation(ended, by=the_portal())
    role = make.role(make.person("Former"), "subject_teacher", here)
    actions.end_role(role, by=the_portal())
    setter = make.holder("office", school, given_name="First")
    restriction = actions.set_restriction(pupil, by=setter, guardian=make.guardian("Cut", of=pupil), reason="an order")
    actions.confirm_restriction(restriction, by=make.holder("office", school, given_name="Second"))
    actions.propose_lift(restriction, by=setter)
