"""One small town with one of each kind of person and one of each thing that a page is about: class 1A of Lia."""

from datetime import date, timedelta
from types import SimpleNamespace
from uuid import uuid4

from django.utils import timezone

from conferences import actions as conferences
from conferences import actions as talks
from conferences.views.ways import SIGNED_IN
from grants.models import (
    Attachment,
    Decision,
    GrantApplication,
    PayeeChange,
    PayingAccount,
    PaymentFile,
    Payout,
    Receipt,
    Repayment,
)
from grants.money import pain
from grants.partners import actions as partners
from networks import actions as networks
from networks.after.questions import asks_of
from networks.agreements.topics import TOPICS
from networks.models import Apart, ClassDigest, FaithDay, Gathering, Pulse, SharedNormAgreement, Turn, month_before
from portal import doors
from portal.messaging.models import Delivery, Notice, naming
from portal.people import actions
from portal.people.models import Person, the_portal
from portal.schoolyear import actions as schoolyear
from portal.surveys.actions import open_survey
from principles import actions as principles
from principles.adoption.actions import add_step
from principles.adoption.models import Adoption, Communication
from principles.confided.actions import confide
from principles.cooperation.models import CooperationSurvey
from principles.cooperation.questions import ASKS
from principles.hearings import actions as hearings
from principles.hearings.models import Hearing
from principles.incoming import actions as incoming
from principles.inquiries import actions as inquiries
from principles.library.actions import copy_inspiration
from principles.library.shelf import SHELF
from principles.life.actions import move_version
from principles.matrix import actions as matrix
from principles.outline import read_outline
from principles.printed.actions import keep_print
from principles.printed.paper import set_version
from principles.references.models import LegalReference, Relation
from principles.supervision import actions as supervision
from principles.wheel.actions import add_yearly_item
from tests import make
from tests.grants import cast as grants

SCHEME_PAGES = ("show", "copy", "edit", "close", "shares", "try")
KINDS = (
    "nobody",
    "guardian",
    "guardian of another class",
    "restricted guardian",
    "class contact",
    "contact teacher",
    "office",
    "principal",
    "principal of another school",
    "board member",
    "municipality",
)


def world(begun=lambda nora, amira: None):
    """The people by kind, and for each URL name its arguments. `begun` is called as soon as there is a family."""
    lia = make.school("Lia skole")
    here, beside = make.school_class("1A", at=lia, grades=[1]), make.school_class("1B", at=lia, grades=[1])
    nora, amira = make.family(here)
    begun(nora, amira)
    _liv, ben = make.family(beside, pupil_name="Liv", adult_name="Ben")
    cato = make.guardian("Cato", of=nora)
    make.restricted(cato, nora)
    dina = make.holder("class_contact", here, given_name="Dina")
    principal = make.holder("principal", lia, given_name="Pia")
    people = {
        "nobody": None,
        "guardian": amira,
        "guardian of another class": ben,
        "restricted guardian": cato,
        "class contact": dina,
        "contact teacher": make.holder("contact_teacher", here, given_name="Tom"),
        "office": make.holder("office", lia, given_name="Odd"),
        "principal": principal,
        "principal of another school": make.holder("principal", make.school("Elsewhere"), given_name="Pål"),
        "board member": make.holder("board_member", lia, given_name="Bo"),
        "municipality": make.holder("municipality_officer", lia.municipality, given_name="Mia"),
    }
    return SimpleNamespace(people=people, nora=nora, args=_args(lia, here, nora, amira, dina, principal))


def _args(lia, here, nora, amira, dina, principal):
    office = {name: [nora.key] for name in ("detail", "contact", "email", "home", "protect")}
    return {
        **{f"people:person_{page}": args for page, args in office.items()},
        **{f"people:{page}": [nora.key] for page in ("relation_propose", "role_give", "restriction_set")},
        **{f"people:{page}": [nora.key] for page in ("child_show", "child_file")},
        "people:year_roll_over": [lia.pk],
        "people:relations_confirm": [here.pk],
        "people:roles_confirm": [here.pk],
        "people:care_choose": [here.pk],
        **{f"principles:guide_{page}": [nora.key] for page in ("show", "management")},
        **{f"principles:{page}": [nora.key] for page in ("conflict_show", "stage_show")},
        "principles:conflict_call": [nora.key, _beside(here).pk],
        **_inquiries(lia, nora, amira),
        **_confided(lia, nora, amira),
        **{f"people:{page}": [here.pk] for page in ("contact_elect", "class_show", "class_list")},
        **_waiting(here, nora, amira),
        **_foreign(),
        "people:move_answer": ["forged"],
        "people:move_settle": [0],
        "people:move_offices": [amira.key],
        **_schoolyear(lia, here, principal),
        **_networks(here, dina, amira),
        **_grants(lia, here, dina, amira, principal),
        **_principles(lia, principal),
        **_hearings(lia, principal),
        **_matrix(here, principal),
        **_summaries(here, nora, amira),
        **_rounds(lia, here, principal),
        **_timetable(here, nora, principal),
        **_day(here, nora, amira, principal),
    }


def _beside(here):
    """The place of another child, whose home shares its name with the class and no number."""
    child, mother = make.family(here, pupil_name="Ylva", adult_name="Ylvas mor", phone="+4740000077")
    actions.choose_directory(mother, by=mother, fields=["name"])
    return child.enrolments.get()


def _inquiries(lia, nora, amira):
    """One that waits for the contact teacher, one that is saved, and one that is answered."""
    said = {"by": amira, "school": lia, "kind": "worry"}
    waiting, saved, answered = (
        inquiries.write_inquiry(nora, seen=seen, tomorrow=seen == "Later", **said)
        for seen in ("Now", "Later", "Before")
    )
    tom = Person.objects.get(roles__kind="contact_teacher", roles__state="confirmed", given_name="Tom")
    inquiries.answer_inquiry(answered, by=tom, answer="We look after it.")
    return {
        "principles:inquiry_write": [nora.key],
        **{f"principles:inquiry_{page}": [waiting.pk] for page in ("show", "answer", "hand")},
        **{f"principles:inquiry_{page}": [saved.pk] for page in ("send", "take_back")},
        "principles:inquiry_dispute": [answered.pk],
    }


def _confided(lia, nora, amira):
    tom = Person.objects.filter(roles__kind="contact_teacher").earliest("pk")
    said = {"receivers": [tom], "until": lia.today() + timedelta(days=30), "text": "A hard time at home"}
    told = confide(nora, by=amira, school=lia, **said)
    return {
        **{f"principles:confidence_{page}": [nora.key] for page in ("list", "write")},
        **{f"principles:confidence_{page}": [told.pk] for page in ("read", "take_back")},
    }


def _foreign():
    """Keys of rows that do not exist: what matters is who may ask for them."""
    one = ("_change", "_history", "_delete")
    return {
        **{f"admin:{name}": [0] for name in doors.ADMIN if name.endswith(one)},
        "admin:app_list": ["people"],
        "account_confirm_email": ["forged"],
        **{f"mfa_{page}_webauthn": [0] for page in ("remove", "edit")},
    }


def _waiting(here, nora, amira):
    setter = make.holder("office", here.school, given_name="Setter")
    relation = make.proposed(make.person("Proposed"), nora)
    role = make.propose_role(make.person("Proposed"), "contact_teacher", here)
    restriction = actions.set_restriction(nora, by=setter, guardian=amira, reason="an order")
    protection = actions.protect_address(nora, by=setter, grade="name")
    return {
        "people:relation_confirm": [relation.pk],
        "people:relation_end": [relation.pk],
        "people:relation_take_up": [relation.pk],
        "people:role_confirm": [role.pk],
        "people:role_end": [role.pk],
        "people:role_take_up": [role.pk],
        "people:restriction_settle": [restriction.pk],
        "people:protection_end": [protection.pk],
        "rosters:doubt_judge": [make.doubt(here.school).pk],
        **{f"rosters:roster_{page}": [0] for page in ("detail", "confirm", "undo", "discard")},
        **{f"messaging:message_{page}": [0] for page in ("show", "read")},
        "messaging:message_told": [_set_aside(amira).pk],
        **{
            f"messaging:{page}": ["forged"]
            for page in ("preference_link", "morning_mute", "link_opened", "calendar_feed")
        },
    }


def _set_aside(receiver):
    now = timezone.now()
    notice = Notice.objects.create(**naming(receiver), recipient=receiver, category="news", not_before=now)
    Delivery.objects.create(notice=notice, channel="in_app", state="failed", next_try_at=now)
    return notice


def _schoolyear(lia, here, principal):
    event = make.event(lia, by=principal, classes=[here])
    schoolyear.set_promises(lia, by=principal, after_school_care=True)
    schoolyear.add_holidays(lia, by=principal, days=[(lia.today(), lia.today(), "A day off")])
    return {
        **{f"schoolyear:event_{page}": [event.pk] for page in ("show", "edit", "call_off")},
        **{f"schoolyear:{page}": [lia.pk] for page in ("event_add", "setting_show", "promises_set")},
        **{f"schoolyear:{page}": [lia.pk] for page in ("holiday_list", "holidays_read", "holidays_choose")},
        "schoolyear:terms_set": [here.year_id],
        "schoolyear:holiday_remove": [lia.holidays.get().pk],
    }


def _networks(here, dina, amira):
    gathering = make.published(here, by=dina)
    _ola, helga = make.family(here, pupil_name="Ola", adult_name="Helga")
    helper = networks.add_helper(gathering, by=dina, person_asked=helga)
    proposal = networks.propose(here, by=amira, kind="topic", kit="screens")
    of_gathering = (
        "show",
        "calendar",
        "edit",
        "send",
        "stop",
        "organise",
        "reach",
        "tasks",
        "remind",
        "cancel",
        "hold",
        "tie",
    )
    vote = networks.ask_children(here, by=dina)
    for person, lift, seats in ((helga, "offer", 3), (dina, "need", 0)):
        networks.answer(gathering, by=person, household=person.household, answer="yes")
        said = {"adults": 1, "pupils": [], "lift": lift, "seats": seats}
        networks.detail_answer(gathering, by=person, household=person.household, **said)
    lift = networks.suggest_lift(gathering, by=dina, giver=helga.household, taker=dina.household)
    item = networks.add_item(gathering, by=dina, kind="thing", title="Cake", wanted=1)
    return {
        **{f"networks:{page}": [gathering.pk] for page in ("bring_list", "suggestion_take", "bring_lock")},
        "networks:lift_list": [gathering.pk],
        **_programme(gathering, dina),
        **_turns(here, dina, amira),
        **{f"networks:answers_{kind}": [gathering.pk] for kind in ("csv", "xlsx")},
        "networks:lift_withdraw": [lift.pk],
        "networks:item_remove": [item.pk],
        **{f"networks:{page}": [here.pk] for page in ("children_show", "children_ask")},
        **{f"networks:vote_{page}": [vote.pk] for page in ("open", "close", "gather")},
        **{f"networks:{page}": [vote.pk] for page in ("code_renew", "committee_choose", "ballot_list")},
        **{f"networks:gathering_{page}": [gathering.pk] for page in of_gathering},
        **{
            f"networks:{page}": ["forged"]
            for page in ("gathering_answer", "answer_calendar", "gathering_mute", "gathering_wall")
        },
        **{f"networks:inclusion_{page}": [gathering.pk] for page in ("check", "mend")},
        **{f"networks:home_{page}": [gathering.pk, amira.household_id] for page in ("reach", "answer")},
        **{f"networks:{page}": [gathering.pk] for page in ("letter_list", "letters_print")},
        **{
            f"networks:{page}": [gathering.pk, amira.household_id]
            for page in ("letter_print", "office_answer", "home_told")
        },
        "networks:gathering_again": [here.pk, 0],
        "networks:helper_add": [gathering.pk],
        "networks:helper_remove": [helper.pk],
        **{f"networks:{page}": [here.pk] for page in ("class_show", "gathering_draft", "idea_list")},
        **{f"networks:{page}": [here.pk] for page in ("topic_list", "proposal_list", "proposal_add")},
        **{
            f"networks:{page}": [here.pk, "screens"]
            for page in ("topic_show", "topic_wish", "theme_draft", "experience_offer")
        },
        "networks:topic_home": [here.pk, "out-times"],
        "networks:reason_add": [gathering.pk],
        **{f"networks:proposal_{page}": [proposal.pk] for page in ("support", "take_back", "answer", "gather")},
        **_polls(here, dina, amira),
        **_cohort(here, dina, amira),
        **_agreements(here, dina),
        **_after(here, dina, amira),
        **_bulletins(here, dina, amira),
        **_fund(here, dina, helga),
        **_birthdays(here, dina),
        **_digests(here, dina),
        "mail_show": ["none"],
    }


def _programme(gathering, dina):
    one = networks.add_activity(gathering, by=dina, title="Quiz", minutes=20, led_by=dina)
    return {
        **{f"networks:{page}": [gathering.pk] for page in ("programme_show", "icebreaker_take", "tag_sheet")},
        **{f"networks:activity_{page}": [one.pk] for page in ("change", "move", "remove")},
    }


def _turns(here, dina, amira):
    """Amira's home is asked, and the others are not yet."""
    networks.draw_rota(here, by=dina)
    asked = Turn.objects.get(household=amira.household)
    networks.ask_home(asked, by=dina)
    planned = Turn.objects.planned().first()
    return {
        **{f"networks:{page}": [here.pk] for page in ("rota_show", "rota_draw")},
        **{f"networks:turn_{page}": [planned.pk] for page in ("ask", "move")},
        "networks:turn_answer": [asked.pk],
    }


def _polls(here, dina, amira):
    make.faith_days()
    poll = make.poll(here, by=dina, title="Lantern walk")
    pages = ("show", "times", "drop", "organise", "send", "fix", "fix_other", "call_off")
    return {
        "networks:poll_draft": [here.pk],
        "networks:home_suits": [poll.pk, amira.household_id],
        **{f"networks:poll_{page}": [poll.pk] for page in pages},
        "networks:faith_day_remove": [here.school_id, FaithDay.objects.filter(school=None).first().pk],
    }


def _after(here, dina, amira):
    """Held this afternoon, and asked about; too few came for the action, so that survey is the portal's."""
    made, now = make.published(here, by=dina, title="Sledging"), timezone.now()
    networks.answer(made, by=amira, household=amira.household, answer="yes")
    ended = now - timedelta(hours=1)
    times = {"answer_by": now - timedelta(days=1), "starts_at": ended - timedelta(hours=2), "ends_at": ended}
    Gathering.objects.filter(pk=made.pk).update(**times)
    survey = open_survey(here.school, by=the_portal(), questions=asks_of("families"), closes_at=now + timedelta(days=9))
    Pulse.objects.create(gathering=made, survey=survey, kind="families")
    one, other = sorted(here.enrolments.values_list("pupil", flat=True))[:2]
    apart = Apart.objects.create(school_class=here, one_id=one, other_id=other, set_by=the_portal())
    groups = {"networks:apart_list": [here.pk], "networks:apart_remove": [apart.pk]}
    return groups | {
        f"networks:{page}": [made.pk] for page in ("report_write", "thanks_send", "pulse_answer", "gathering_groups")
    }


def _bulletins(here, dina, amira):
    """One in each state."""
    words = {"kind": "happened", "title": "The yard", "text": "A tree fell.", "is_knowable": False}
    draft, waiting, sent = [
        networks.write_bulletin(here, by=dina, noticed_at=timezone.now(), **words) for _state in range(3)
    ]
    for one in (waiting, sent):
        networks.ask_release(one, by=dina, not_names=[])
    networks.release_bulletin(sent, by=here.roles.live().get(kind="contact_teacher").person)
    asked = [networks.ask_question(sent, by=amira, text="Which tree?") for _question in range(2)]
    answer = networks.answer_all(asked[1], by=dina, answer="A boy in the class saw it.", not_names=[])
    return {
        "networks:question_ask": [sent.pk],
        "networks:question_answer": [asked[0].pk],
        **{f"networks:answer_{page}": [answer.pk] for page in ("release", "drop")},
        **{f"networks:weekly_{page}": [here.pk] for page in ("write", "take_back")},
        **{f"networks:bulletin_{page}": [here.pk] for page in ("list", "write", "new_adult")},
        **{f"networks:bulletin_{page}": [draft.pk] for page in ("edit", "send")},
        **{f"networks:bulletin_{page}": [waiting.pk] for page in ("release", "return")},
        **{f"networks:bulletin_{page}": [sent.pk] for page in ("show", "take_back")},
    }


def _fund(here, dina, helga):
    """A row that counts, one that waits, and a hand-over: Dina keeps it with Helga."""
    day, said = here.school.today(), {"one": helga, "other": dina}
    fund = networks.open_fund(here, by=dina, elected_on=day, **said)
    typed = {"kind": "bazaar", "amount": 9000, "on": day, "receipt": "", "not_names": []}
    counted, waiting = (networks.write_fund_row(fund, by=helga, what=what, **typed) for what in ("Waffles", "Buns"))
    networks.confirm_fund_row(counted, by=dina)
    hand_over = networks.hand_over_fund(fund, by=dina, elected_on=day, **said)
    return {
        "networks:fund_open": [here.pk],
        **{f"networks:fund_{page}": [fund.pk] for page in ("show", "print", "csv", "xlsx", "row_write", "hand_over")},
        **{f"networks:fund_row_{page}": [waiting.pk] for page in ("confirm", "aside")},
        "networks:fund_row_reverse": [counted.pk],
        **{f"networks:hand_over_{page}": [hand_over.pk] for page in ("sign", "drop")},
    }


def _birthdays(here, dina):
    """Dina's child has invited the class."""
    now, child = timezone.now(), Person.objects.get(guardian_relations__guardian=dina)
    starts = now + timedelta(days=9)
    said = {"place": "Here", "words": "", "is_shared": False, "not_names": []}
    times = {"starts_at": starts, "ends_at": starts + timedelta(hours=2), "answer_by": starts - timedelta(days=4)}
    birthday = networks.invite_to_birthday(here, by=dina, child=child, **times, **said)
    of_class = ("birthday_list", "birthday_rule", "birthday_invite", "quarter_join")
    return {
        **{f"networks:{page}": [here.pk] for page in of_class},
        **{f"networks:birthday_{page}": [birthday.pk] for page in ("show", "call_off")},
        **{f"networks:birthday_{page}": ["forged"] for page in ("answer", "mute")},
    }


def _digests(here, dina):
    """A draft, one for which the contact teacher is asked, and one that is sent; each of a month of its own."""
    today = timezone.localdate()
    draft = networks.prepare_digest(here, by=the_portal(), month=month_before(today))
    networks.ask_paragraph(draft, by=dina, until=here.school.today())
    sent = ClassDigest.objects.create(
        school_class=here,
        month=month_before(month_before(today)),
        state="sent",
        opening="A good month.",
        sent_by=dina,
        sent_at=timezone.now(),
    )
    return {
        "networks:digest_list": [here.pk],
        **{f"networks:digest_{page}": [draft.pk] for page in ("edit", "ask", "paragraph", "send")},
        **{f"networks:digest_{page}": [sent.pk] for page in ("show", "take_back")},
        "networks:digest_mute": ["forged"],
        "networks:start_link": ["forged"],
    }


def _cohort(here, dina, amira):
    start = networks.open_start(here, by=dina, met_on=here.school.today())
    return {
        **{f"networks:{page}": [here.pk] for page in ("network_start", "hand_over", "newcomer_list", "buddy_offer")},
        **{f"networks:start_{page}": [start.pk] for page in ("close", "elect")},
        "networks:newcomer_welcome": [here.pk, amira.household_id],
        "networks:start_confirm": [start.code],
    }


def _agreements(here, dina):
    """One in each state; whether the class is large enough to be asked is not the action's to say here."""
    day = here.school.today()
    closes_at = timezone.now() + timedelta(days=9)
    survey = open_survey(here.school, by=the_portal(), questions=TOPICS["screens"].asks, closes_at=closes_at)
    made = SharedNormAgreement.objects
    asking = made.create(school_class=here, topic="screens", survey=survey, started_by=dina)
    talking, adopted = (
        made.create(school_class=here, topic=topic, state="talking", started_by=dina) for topic in ("chores", "speak")
    )
    said = {"text": "We speak well of all.", "meeting": "Autumn", "adopted_on": day, "review_on": day + timedelta(9)}
    networks.adopt_agreement(adopted, by=dina, **said)
    return {
        "networks:agreement_list": [here.pk],
        "networks:agreement_start": [here.pk, "birthdays"],
        **{f"networks:{page}": [asking.pk] for page in ("agreement_show", "survey_answer", "survey_close")},
        "networks:agreement_adopt": [talking.pk],
        **{f"networks:agreement_{page}": [adopted.pk] for page in ("review", "end", "card")},
    }


FILE = {"name": "a.png", "kind": "image/png", "content": b"a", "size": 1, "digest": "a"}


def _grants(lia, here, dina, amira, principal):
    grants.scheme(lia.municipality)
    application = grants.applied(grants.gathering(here), dina)
    pages = ("show", "edit", "check", "withdraw", "answer", "open", "decide", "ask", "number")
    asked = partners.invite_co_applicant(application, by=dina, partner=amira)
    reason = grants.reason(lia.municipality)
    attached = Attachment.objects.create(application=application, **FILE, added_by=dina)
    return {
        "grants:attachment_add": [application.pk],
        **{f"grants:attachment_{page}": [attached.pk] for page in ("open", "remove")},
        **_paid(lia, here, dina, principal),
        **{f"grants:application_{page}": [application.pk] for page in ("delay", "move", "replace")},
        **{f"grants:{page}": [application.pk] for page in ("co_applicant_invite", "award_lapse")},
        **{f"grants:co_applicant_{page}": [asked.pk] for page in ("answer", "end")},
        **{f"grants:reason_{page}": [reason.pk] for page in ("change", "end")},
        "grants:application_start": [application.gathering_id],
        **{f"grants:application_{page}": [application.pk] for page in pages},
        **{f"grants:decision_{page}": [0] for page in ("show", "file", "correct", "told")},
        **{f"grants:reasons_{page}": [0] for page in ("ask", "give", "told", "file")},
        "grants:appeal_write": [0],
        **{f"grants:appeal_{page}": [0] for page in ("show", "withdraw", "review", "settle")},
        "grants:appeal_file": [0, "appeal"],
        "grants:archive_file": [application.pk],
        "grants:form_file": [application.scheme_id],
        "grants:scheme_add": [lia.municipality_id],
        **{f"grants:scheme_{page}": [application.scheme_id] for page in SCHEME_PAGES},
        "grants:paper_enter": [here.pk],
    }


def _paid(lia, here, dina, principal):
    """Of the period before, with something of everything that can be done about its money."""
    before = {"starts_on": date(2020, 8, 1), "ends_on": date(2021, 7, 31)}
    days = {"opens_on": before["starts_on"], "closes_on": before["ends_on"]}
    old = grants.scheme(lia.municipality, **before, **days, times=2)
    awarded, _decision = _awarded(old, here, dina, principal, "Bål")
    marked, given = _awarded(old, here, dina, principal, "Bøker")
    paid = Payout.objects.create(
        application=marked, decision=given, amount=100_000, paid_on=lia.today(), paid_by=the_portal()
    )
    number = pain.number_of(pain.Payer("", "86011117947"), lia.today(), [])
    file = PaymentFile.objects.create(
        municipality=lia.municipality, number=number, pay_on=lia.today(), made_by=the_portal()
    )
    PayingAccount.objects.create(municipality=lia.municipality, account="8601 11 17947")
    change = PayeeChange.objects.create(application=awarded, payee_kind="school", account="", asked_by=dina)
    back = Repayment.objects.create(application=awarded, reason="left_over", amount=5, due_on=lia.today())
    receipt = Receipt.objects.create(application=awarded, **FILE, added_by=dina)
    case = ("money_show", "money_paid", "account_look", "payee_change", "repayment_ask", "case_close")
    return {
        **{f"grants:{page}": [awarded.pk] for page in (*case, "report_show", "report_write")},
        **{f"grants:payment_file_{page}": [file.pk] for page in ("show", "take", "paid", "drop")},
        "grants:payout_take_back": [paid.pk],
        "grants:payee_answer": [change.pk],
        **{f"grants:repayment_{page}": [back.pk] for page in ("returned", "drop")},
        **{f"grants:receipt_{page}": [receipt.pk] for page in ("open", "remove")},
    }


def _awarded(scheme, here, dina, principal, title):
    now = timezone.now()
    at = {"submitted_at": now, "decided_at": now, "reply_language": "nb", "amount_requested": 100_000}
    said = {"purpose": title, "terms": True, "relationship_to_decider": False, "payee_kind": "class_account"}
    awarded = GrantApplication.objects.create(
        gathering=grants.gathering(here, title, days=-20),
        scheme=scheme,
        school_class=here,
        school=here.school,
        **{"applicant": dina, "status": "approved", "account": "8601 11 17947", **at, **said},
    )
    given = {"result": "approved", "amount": 100_000, "conditions": ["Alle"], "letter": {}}
    return awarded, Decision.objects.create(application=awarded, decided_by=principal, decided_at=now, **given)


def _summaries(here, nora, amira):
    tom = here.roles.live().filter(kind="contact_teacher").first().person
    talk = make.conference(make.round(here, title="Summaries"), nora, tom, state="held", ended_at=timezone.now())
    promise = {"what": "Read", "owner": "home", "who": "Amira", "how_often": "", "due_on": timezone.localdate()}
    said = {"child_words": "I like to build.", "home_support": "Read together."}
    summary = talks.write_summary(talk, by=tom, words=said, agreements=[promise])
    talks.share_summary(summary, by=tom, token=summary.token)
    comment = talks.answer_summary(summary, by=amira, comment="It was Tuesday.")
    advice = {"title": "Read", "how": "Ten minutes.", "why": "It helps.", "first_grade": 1, "last_grade": 4}
    tip = talks.add_tip(here.school, by=tom, **advice)
    return {
        **{f"conferences:tip_{page}": [tip.pk] for page in ("edit", "retire")},
        **{f"conferences:summary_{page}": [talk.pk] for page in ("write", "share", "show")},
        **{f"conferences:summary_{page}": [summary.pk] for page in ("file", "answer", "correct")},
        "conferences:summary_reply": [comment.pk],
        "conferences:agreement_status": [summary.agreed_actions.get().pk],
        "conferences:feedback_give": [talk.pk],
    }


def _matrix(here, principal):
    """A draft, of which one matter leads to another system."""
    system = matrix.name_system(here.school, by=principal, name="Aula", address="https://www.aula.dk/")
    row = {"system": system, "where": "", "who": "", "how_often": ""}
    matrix.write_matrix(here, by=the_portal(), rows={"homework": row})
    return {
        **{f"principles:matrix_{page}": [here.pk] for page in ("show", "edit", "publish")},
        **{f"principles:system_{page}": [system.pk] for page in ("edit", "remove")},
    }


def _principles(lia, principal):
    text = "Plan for cooperation\n\nPurpose:\n\n• We meet.\n"
    version = principles.draft_principle(lia, by=principal, outline=read_outline(text))
    section = version.sections.first()
    clause = section.clauses.first()
    slug = version.principle.slug
    today = timezone.localdate()
    principles.publish_version(version, by=principal, adopted_on=today, adopted_by="SU", effective_from=today)
    keep_print(version, by=the_portal(), content=set_version(type(version).objects.get(pk=version.pk)))
    inspired = copy_inspiration(lia, by=principal, inspiration=SHELF["da-samtaler"])
    today_too = {"adopted_on": today, "adopted_by": "SU", "effective_from": today}
    principles.publish_version(inspired, by=principal, **today_too)
    read = incoming.send_text(lia, by=principal, file_name="b", content=b"B")
    incoming.show_text(read, by=the_portal(), outline=read_outline(text))
    named = ("detail", "changes", "keep", "repeal")
    drafts = ("detail", "start", "describe", "publish", "discard")
    return {
        **_supervision(version, principal),
        **_adoption(version, principal),
        **_references(version, principal),
        **_cooperation(lia, principal),
        "principles:wheel_show": [],
        "principles:wheel_remove": [add_yearly_item(lia, by=principal, month=8, title="The board is chosen").pk],
        "principles:principle_list": [],
        "principles:principle_import": [lia.number],
        "principles:text_read": [lia.number, incoming.send_text(lia, by=principal, file_name="a", content=b"A").pk],
        "principles:text_correct": [lia.number, read.pk],
        "principles:version_match": [lia.number, slug, read.pk],
        "principles:inspiration_list": [lia.number],
        "principles:inspiration_show": [lia.number, "nb-plan"],
        "principles:inspiration_changes": [lia.number, inspired.principle.slug],
        **{f"principles:principle_{page}": [lia.number, slug] for page in named},
        **{f"principles:draft_{page}": [lia.number, slug] for page in drafts},
        "principles:section_add": [lia.number, slug],
        "principles:idea_note": [lia.number],
        "principles:version_move": [lia.number, slug, "draft"],
        **{f"principles:section_{page}": [section.pk] for page in ("edit", "remove")},
        "principles:clause_add": [section.pk],
        **{f"principles:clause_{page}": [clause.pk] for page in ("edit", "move", "remove")},
        **{f"principles:version_{page}": [lia.number, slug, 1] for page in ("detail", "download")},
    }


def _hearings(lia, principal):
    """One that is open, one that is coming, one whose days are over, and one that is replied to."""
    open_, coming, over, closed = (_hearing(lia, principal, n, opens) for n, opens in enumerate((0, 2, 0, 0)))
    then = {"opens_on": lia.today() - timedelta(days=9), "closes_on": lia.today() - timedelta(days=1)}
    Hearing.objects.filter(pk__in=[over.pk, closed.pk]).update(**then)
    theme = hearings.add_theme(over, by=principal, title="Earlier")
    hearings.reply_to_theme(theme, by=principal, title="Earlier", outcome="not", reply="No time.")
    hearings.close_hearing(closed, by=principal)
    shown = ("show", "arrange", "edit")
    return {
        "principles:hearing_prepare": [lia.number, "plan-for-cooperation"],
        "principles:hearing_list": [lia.number],
        **{f"principles:hearing_{page}": [open_.pk] for page in shown},
        "principles:hearing_answer": [open_.pk, 1],
        "principles:council_name": [open_.pk],
        "principles:alternative_write": [coming.pk, 1],
        "principles:hearing_call_off": [coming.pk],
        **{f"principles:{page}": [over.pk] for page in ("answer_list", "theme_add", "hearing_close")},
        **{f"principles:{page}": [over.pk] for page in ("pack_pdf", "pack_xlsx")},
        **{f"principles:theme_{page}": [theme.pk] for page in ("reply", "remove")},
        "principles:hearing_result": [closed.pk],
    }


def _hearing(lia, principal, n, opens):
    outline = read_outline(f"Rules {n}\n\nPurpose:\n\n• We meet.\n")
    version = principles.draft_principle(lia, by=principal, outline=outline)
    move_version(version, by=principal, to="board_first_reading")
    first = lia.today() + timedelta(days=opens)
    return hearings.prepare_hearing(
        version,
        by=principal,
        opens_on=first,
        closes_on=first + timedelta(days=8),
        reply_on=first + timedelta(days=20),
        asked={version.sections.get().pk: ["home", "staff", "council", "class"]},
    )


def _cooperation(lia, principal):
    """Parents and staff are asked."""
    surveys = [
        open_survey(lia, by=the_portal(), questions=list(ASKS), closes_at=timezone.now() + timedelta(days=9))
        for _ in "ps"
    ]
    asked = CooperationSurvey.objects.create(school=lia, year=lia.years.first(), parents=surveys[0], staff=surveys[1])
    pages = ("show", "download", "answer", "work")
    return {"principles:cooperation_list": [], **{f"principles:cooperation_{page}": [asked.pk] for page in pages}}


def _references(version, principal):
    """A principle that another builds on, and a law."""
    principle = version.principle
    named = [principle.school.number, principle.slug]
    base = principles.draft_principle(
        principle.school, by=principal, outline=read_outline("Base\n\nPurpose:\n\n• We.\n")
    )
    tie = Relation.objects.create(principle=principle, other=base.principle, kind="builds_on")
    law = LegalReference.objects.create(principle=principle, kind="law", title="Act", checked_on=timezone.localdate())
    return {
        **{f"principles:{page}": named for page in ("tie_list", "tie_add", "reference_add")},
        **{f"principles:tie_{page}": [tie.pk] for page in ("remove", "look")},
        **{f"principles:reference_{page}": [law.pk] for page in ("edit", "remove")},
    }


def _adoption(version, principal):
    named = [version.principle.school.number, version.principle.slug]
    step = add_step(version, by=principal, what="A routine", owner=principal, due_on=timezone.localdate())
    Adoption.objects.create(
        version=version, meeting_on=timezone.localdate(), body="The board", item="1", decision="Yes."
    )
    return {
        **{f"principles:{page}": named for page in ("version_adopt", "adoption_show", "decision_correct", "step_add")},
        "principles:audience_tell": [Communication.objects.create(version=version, audience="parents").pk],
        "principles:step_finish": [step.pk],
        "principles:step_hand": [step.pk],
    }


def _supervision(version, principal):
    """A point of which the head is to write."""
    today = timezone.localdate()
    begun = supervision.start_supervision(
        version.principle,
        by=principal,
        numbers=[1],
        starts_on=today - timedelta(days=30),
        ends_on=today,
        statement_by=today + timedelta(days=30),
    )
    point = begun.points.get()
    named = [version.principle.school.number, version.principle.slug]
    pages = ("show", "hand", "measure", "drop", "conclude", "publish")
    return {
        "principles:supervision_list": [],
        "principles:supervision_start": named,
        **{f"principles:supervision_{page}": [begun.pk] for page in pages},
        **{f"principles:point_{page}": [point.pk] for page in ("figures", "state", "assess", "ask", "done")},
        "principles:further_tell": [0],
        **{f"principles:result_{page}": named for page in ("show", "download")},
    }


def _rounds(lia, here, principal):
    round = make.round(here, by=principal, state="draft")
    tom = here.roles.live().filter(kind="contact_teacher").first().person
    slot, room = make.slot(round, tom), lia.rooms.create(name="204")
    pages = ("show", "edit", "publish", "copy", "close", "cancel", "times", "sick", "grid")
    return {
        **{f"conferences:round_{page}": [round.pk] for page in pages},
        **{f"conferences:times_{page}": [round.pk] for page in ("add", "clear")},
        **{f"conferences:slot_{page}": [slot.pk] for page in ("block", "remove")},
        "conferences:room_remove": [room.pk],
    }


def _timetable(here, nora, principal):
    round, tom = make.round(here, by=principal), here.roles.get(kind="contact_teacher", state="confirmed").person
    talk, slot = make.conference(round, nora, tom), make.slot(round, tom, hour=19)
    timetable = talks.start_timetable(round, by=principal)
    talks.take_up_timetable(timetable, by=the_portal())
    talks.propose_timetable(timetable, by=the_portal(), times={talk.pk: slot.pk}, reasons={}, objective=0, bound=0)
    pages = ("show", "replan", "publish", "drop")
    return {
        "conferences:timetable_start": [round.pk],
        **{f"conferences:timetable_{page}": [timetable.pk] for page in pages},
        **{f"conferences:placement_{page}": [timetable.placements.get().pk] for page in ("move", "pin")},
    }


def _day(here, nora, amira, principal):
    round, tom = make.round(here, by=principal), here.roles.get(kind="contact_teacher", state="confirmed").person
    make.slot(round, tom, hour=18)
    called = make.conference(round, nora, tom)
    interpreter = called.interpreters.create(language="so", asked_by=amira, household=amira.household)
    along = called.participants.create(kind="support", name="Faduma", added_by=tom)
    extra = conferences.ask_extra(nora, by=tom, school_class=here, reason="learning")
    of_talk = ("show", "shared", "attend", "wanted")
    return {
        **{f"conferences:talk_{page}": [called.pk] for page in of_talk},
        **{f"conferences:{page}": [called.pk] for page in ("book_behalf", "time_assign", "times_offer")},
        "conferences:day_door": [timezone.localdate().isoformat()],
        "conferences:participant_add": [called.pk],
        "conferences:participant_remove": [along.pk],
        **{f"conferences:{page}": [round.pk] for page in ("round_unbooked", "unbooked_remind")},
        "conferences:interpreter_order": [interpreter.pk],
        "conferences:extra_ask": [nora.key],
        **{f"conferences:extra_{page}": [extra.pk] for page in ("schedule", "close")},
        **{f"conferences:{page}": [here.pk] for page in ("extra_prompt", "class_take_over", "class_taken_over")},
        **_family(round, called),
        **_before(here, round, called),
    }


def _before(here, round, called):
    plan = called.plans.create(title="Plan", url="https://example.org", made_by=called.teacher, sent_at=round.opens_at)
    subject = here.school.subjects.create(name="Norsk", grades=here.grades)
    of_talk = ("plan_add", "prepare", "prepare_share", "prepare_pupil", "pupil_talk", "agenda_show")
    point = talks.put_point(called, by=called.teacher, text="Reading")
    return {
        **{f"conferences:{page}": [round.pk] for page in ("plan_list", "plans_add", "plans_send")},
        **{f"conferences:plan_{page}": [plan.pk] for page in ("open", "remove")},
        **{f"conferences:{page}": [called.pk] for page in of_talk},
        **{f"conferences:subject_{page}": [subject.pk] for page in ("edit", "remove")},
        "conferences:point_take": [point.pk],
        "conferences:subject_inputs": [here.pk],
        "conferences:subject_write": [here.pk, subject.pk],
    }


def _family(round, called):
    of_talk = ("conference_show", "conference_time", "conference_calendar", "booking_cancel", "none_fit")
    return {
        **{f"conferences:{page}": [round.pk] for page in ("family_book", "wish_edit")},
        **{f"conferences:{page}": [called.pk] for page in (*of_talk, "separate_ask", "swap_ask")},
        **{f"conferences:{page}_link": ["forged"] for page in ("book", "wish")},
        **{f"conferences:{page}_link": ["forged", 0] for page in SIGNED_IN},
        "conferences:swap_answer": [uuid4()],
    }
