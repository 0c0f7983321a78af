"""Every change to a scheme, an application and a decision."""

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grants import rules
from grants.answers import WRITTEN, of_the_form, refuse_incomplete
from grants.deciding import decision_of, refuse_beyond_budget
from grants.models import (
    Decision,
    GrantApplication,
    GrantScheme,
    ImpartialityAnswer,
    InformationRequest,
    KeptReason,
    RuleReference,
)
from grants.models.applications import (
    MOVES,
    NotEligible,
    NotMovable,
    NotSubmittable,
    Payee,
    Status,
)
from grants.models.decisions import AlreadyAwarded, BudgetSpent, NotDecidable
from grants.models.schemes import FIRST_AND_EIGHTH, Condition, SchemeOverlaps, SharesTooMuch
from grants.papers import adds_to
from grants.queries import eligibility
from grants.sent import as_sent
from grants.settling import settle_anew
from grants.sharing import share
from networks.models import Gathering
from portal.actions import action
from portal.ledger.record import record
from portal.people.models import Municipality, Person, School
from portal.speech import dated

Result = Decision.Result


def _with_its_scheme():
    return GrantApplication.objects.select_related("scheme", "school__municipality", "school_class", "gathering")


@action(may=rules.can_open_scheme, records="grants.scheme_opened", refuses=(SchemeOverlaps, SharesTooMuch))
def open_scheme(
    municipality: Municipality, *, by: Person, shares: dict[School, int] | None = None, **terms
) -> GrantScheme:
    """The municipality offers its classes support for a period, with `shares` of the money for some schools. Refused
    when it already has a scheme in that period, and when the shares are more than there is."""
    usual = {
        "grades": list(FIRST_AND_EIGHTH),
        "conditions": list(Condition.values),
        "payees": list(Payee.values),
    }
    try:
        with transaction.atomic():
            scheme = GrantScheme.objects.create(municipality=municipality, **{**usual, **terms})
    except IntegrityError as overlap:
        raise SchemeOverlaps(_("There is a scheme in this period already, or its dates do not fit.")) from overlap
    share(scheme, shares or {})
    record("grants.scheme_opened", scheme, by=by)
    return scheme


@action(may=rules.can_run_scheme, records="grants.rules_added")
def add_rules(municipality: Municipality, *, by: Person, references: list[dict]) -> None:
    """Add the rules that letters refer to. A rule that already exists for the same date is left as it is."""
    RuleReference.objects.bulk_create(
        [RuleReference(municipality=municipality, **reference) for reference in references], ignore_conflicts=True
    )
    record("grants.rules_added", municipality, by=by, number=len(references))


@action(may=rules.can_apply, claims=Gathering.objects.all, records="grants.application_drafted", refuses=(NotEligible,))
def draft_application(gathering: Gathering, *, by: Person, **answers) -> GrantApplication:
    """Begin an application for the class's gathering. Refused when the scheme does not cover the class or is not open,
    when the class already has its award, and when the gathering already has an application."""
    found = eligibility(gathering.school_class, gathering)
    if not found.is_eligible:
        raise NotEligible(found.why_not)
    answers = {"reply_language": by.language, "amount_requested": found.scheme.amount, **of_the_form(answers)}
    try:
        with transaction.atomic():
            application = GrantApplication.objects.create(
                gathering=gathering,
                scheme=found.scheme,
                school_class=gathering.school_class,
                school=gathering.school_class.school,
                applicant=by,
                **answers,
            )
    except IntegrityError as taken:
        raise NotEligible(_("Somebody has just begun an application for this gathering.")) from taken
    record("grants.application_drafted", application, by=by)
    return application


@action(
    may=rules.can_write,
    claims=GrantApplication.objects.drafts,
    gone=NotMovable(gettext_lazy("This application has been sent. You cannot change it any more.")),
    records="grants.draft_saved",
)
def save_draft(application: GrantApplication, *, by: Person, **answers) -> None:
    """Save what was typed, finished or not. Refused once the application has been sent."""
    answered = of_the_form(answers)
    for name, value in answered.items():
        setattr(application, name, value)
    application.save(update_fields=[*answered, "changed_at"])
    record("grants.draft_saved", application, by=by)


@action(
    may=rules.can_write,
    claims=_with_its_scheme,
    records="grants.application_submitted",
    refuses=(NotEligible, NotSubmittable),
)
def submit_application(application: GrantApplication, *, by: Person) -> None:
    """Send the application to the principal of the class's school. Refused the second time, when something is missing,
    when it asks for more than the scheme gives, and when the scheme does not cover the class."""
    _refuse_elsewhere(application, Status.SUBMITTED, NotSubmittable)
    if application.status != Status.DRAFT:
        raise NotSubmittable(_("This application has already been sent."))
    found = eligibility(application.school_class, application.gathering)
    if not found.is_eligible:
        raise NotEligible(found.why_not)
    refuse_incomplete(application)
    _move(
        application,
        Status.SUBMITTED,
        applicant=by,
        submitted_at=timezone.now(),
        families_total=found.families_total,
        families_invited=found.families_invited,
        as_sent=as_sent(application),
    )
    record("grants.application_submitted", application, by=by)


@action(
    may=rules.can_write,
    claims=lambda: _with_its_scheme().unopened(),
    gone=NotMovable(gettext_lazy("The application has been opened. Write to the school if something has changed.")),
    records="grants.application_changed",
    refuses=(NotSubmittable,),
)
def change_application(application: GrantApplication, *, by: Person, **answers) -> None:
    """Change what was sent, until somebody has opened it. Refused from then on, and when something would be missing."""
    answered = of_the_form(answers)
    for name, value in answered.items():
        setattr(application, name, value)
    refuse_incomplete(application)
    application.as_sent = as_sent(application)
    application.save(update_fields=[*answered, "as_sent", "changed_at"])
    record("grants.application_changed", application, by=by)


@action(
    may=rules.can_write,
    claims=GrantApplication.objects.all,
    records="grants.application_withdrawn",
    refuses=(NotMovable,),
)
def withdraw_application(application: GrantApplication, *, by: Person) -> None:
    """The class withdraws before the decision; of a draft, what was written and the files are deleted. Refused once the
    application is decided."""
    _refuse_elsewhere(application, Status.WITHDRAWN, NotMovable)
    written = {}
    if application.is_draft:
        written = dict.fromkeys(WRITTEN, "")
        application.attachments.all().delete()
    _move(application, Status.WITHDRAWN, account=None, account_holder="", **written)
    record("grants.application_withdrawn", application, by=by, was_sent=application.submitted_at is not None)


@action(
    may=rules.can_take_up,
    claims=_with_its_scheme,
    records="grants.application_taken_up",
    refuses=(NotMovable, NotDecidable),
)
def take_up_application(application: GrantApplication, *, by: Person, note: str = "") -> None:
    """The decider answers that nobody else should decide, and starts on the case. With a tie to somebody in it, a note
    of why the tie does not matter is required. Refused when somebody else has passed it on or decided it."""
    _refuse_elsewhere(application, Status.IN_REVIEW, NotMovable, also=[Status.IN_REVIEW])
    if rules.needs_a_note(by, application) and not note.strip():
        raise NotDecidable(_("There is a tie in this case. Write why it does not matter, or let someone else decide."))
    ImpartialityAnswer.objects.get_or_create(
        application=application, person=by, defaults={"stands_aside": False, "note": note.strip()}
    )
    _wait_no_longer(application, by)
    passed_on = (
        {} if rules.leads(by, application.school) else {"transferred_at": application.transferred_at or timezone.now()}
    )
    _move(application, Status.IN_REVIEW, taken_up_at=application.taken_up_at or timezone.now(), **passed_on)
    record("grants.application_taken_up", application, by=by)


@action(
    may=rules.can_stand_aside,
    claims=GrantApplication.objects.all,
    records="grants.application_transferred",
    refuses=(NotMovable,),
)
def stand_aside(application: GrantApplication, *, by: Person, note: str = "") -> None:
    """The decider says that somebody else should decide. A case at the school goes to the municipality, and nobody at
    that school may then decide it; in the municipality another case officer takes over. Refused after the decision."""
    _refuse_elsewhere(application, Status.TRANSFERRED, NotMovable, also=[Status.TRANSFERRED])
    ImpartialityAnswer.objects.update_or_create(
        application=application, person=by, defaults={"stands_aside": True, "note": note.strip()}
    )
    _move(application, Status.TRANSFERRED, transferred_at=application.transferred_at or timezone.now())
    _close_question(application, by)
    record("grants.application_transferred", application, by=by)


@action(
    may=rules.can_decide,
    claims=_with_its_scheme,
    records="grants.information_asked",
    refuses=(NotMovable, NotDecidable),
)
def ask_for_information(
    application: GrantApplication, *, by: Person, question: str, answer_by: date
) -> InformationRequest:
    """Ask the class for what is missing, by a date. Refused unless the case is under consideration."""
    _refuse_unanswered(application, by, Status.NEEDS_INFO)
    asked = InformationRequest.objects.create(
        application=application, question=question, answer_by=answer_by, asked_by=by
    )
    _move(application, Status.NEEDS_INFO)
    record("grants.information_asked", application, by=by, request=asked.pk)
    return asked


@action(
    may=rules.can_answer,
    claims=lambda: InformationRequest.objects.filter(answered_at=None, application__status=Status.NEEDS_INFO),
    gone=NotMovable(gettext_lazy("This question has been answered already.")),
    locks=lambda request: [request.application],
    records="grants.information_given",
)
def answer_request(request: InformationRequest, *, by: Person, answer: str) -> None:
    """The class answers what was asked, and the case goes on. Refused when the question is already answered."""
    request.answer, request.answered_at, request.answered_by = answer, timezone.now(), by
    request.save(update_fields=["answer", "answered_at", "answered_by"])
    _move(request.application, Status.SUBMITTED)
    record("grants.information_given", request.application, by=by, request=request.pk)


@action(
    may=rules.can_decide,
    claims=_with_its_scheme,
    locks=lambda application: [application.scheme],  # two decisions never spend the same money
    records="grants.decision_made",
    refuses=(NotMovable, NotDecidable, BudgetSpent, AlreadyAwarded),
)
def decide_application(
    application: GrantApplication,
    *,
    by: Person,
    result: str,
    amount: int | None = None,
    reasons: str = "",
    considerations: str = "",
    rules: list[RuleReference] = (),
    picked: list[KeptReason] = (),
) -> Decision:
    """Decide and send the letter, which cannot be changed afterwards. Of two who press at once, one is refused. Refused
    when the impartiality question is unanswered, a part is missing, the class has its award, or the money is spent."""
    _refuse_unanswered(application, by, result)
    decision = decision_of(application, by, result, amount, reasons, considerations, rules, picked)
    refuse_beyond_budget(application, decision.amount or 0)
    try:
        with transaction.atomic():
            _move(application, decision.result, decided_at=decision.decided_at)
            decision.save()
    except IntegrityError as taken:
        raise AlreadyAwarded(_("The class has had its award in this period.")) from taken
    record("grants.decision_made", application, by=by, decision=decision.pk, result=decision.result)
    return decision


@action(
    may=rules.can_correct,
    claims=lambda: Decision.objects.filter(~Exists(Decision.objects.filter(corrects=OuterRef("pk")))),
    gone=NotMovable(gettext_lazy("This decision has a newer version. Correct that one.")),
    locks=lambda decision: [decision.application, decision.application.scheme],
    records="grants.decision_corrected",
    refuses=(NotMovable, NotDecidable, BudgetSpent),
)
def correct_decision(
    decision: Decision,
    *,
    by: Person,
    correction_note: str,
    amount: int | None = None,
    reasons: str = "",
    considerations: str = "",
) -> Decision:
    """Send a new version, marked as corrected, that says what was wrong; the old one stays as it was. It never turns a
    yes into a no, nor takes back what an appeal gave. Refused when the decision has a newer version, when it is appealed
    or decided by the appeal body, when a part is missing, or when the money does not suffice."""
    application = decision.application
    if application.is_lapsed:
        raise NotMovable(_("The support was not used, and the case is over."))
    if decision.is_with_the_body:
        raise NotMovable(_("It is appealed, or the appeal body has decided it. You cannot correct it now."))
    if decision.gives and (amount or 0) < decision.least:
        raise NotDecidable(_("Give no less than after the appeal: an appeal never makes it worse."))
    corrected = decision_of(
        application,
        by,
        Result.APPROVED if decision.gives else decision.result,
        amount if decision.gives else None,
        reasons or decision.reasons,
        considerations or decision.considerations,
        decision.rules,
        list(KeptReason.objects.filter(pk__in=decision.reason_keys)),
        corrects=decision,
        note=correction_note.strip(),
    )
    refuse_beyond_budget(application, (corrected.amount or 0) - (decision.amount or 0))
    try:
        with transaction.atomic():
            corrected.save()
    except IntegrityError as taken:
        raise NotMovable(_("This decision has a newer version. Correct that one.")) from taken
    GrantApplication.objects.filter(pk=application.pk).update(status=corrected.result)
    left = settle_anew(application, (corrected.amount or 0) - (decision.amount or 0))
    adds_to(application)
    record("grants.decision_corrected", application, by=by, decision=corrected.pk, left=left)
    return corrected


@action(may=rules.can_number, claims=GrantApplication.objects.all, records="grants.journal_number_given")
def give_journal_number(application: GrantApplication, *, by: Person, journal_number: str) -> None:
    """Record the case number in the school's archive."""
    application.journal_number = journal_number
    application.save(update_fields=["journal_number"])
    record("grants.journal_number_given", application, by=by)


def preview_of(application: GrantApplication, *, by: Person, **choices) -> Decision:
    """The decision as it would be sent, with its letter. Nothing is written."""
    return decision_of(application, by, **choices)


def _refuse_elsewhere(application, status, refusal, also=()):
    if status not in MOVES[Status(application.status)] and application.status not in also:
        raise refusal(_("Somebody else was first: “%(status)s”.") % {"status": application.get_status_display()})


def _move(application, status, **changes):
    application.status = status
    for name, value in changes.items():
        setattr(application, name, value)
    application.save(update_fields=["status", "changed_at", *changes])


def _wait_no_longer(application, by):
    """Go on without the class's answer, but only after the date it was given."""
    asked = application.information_requests.filter(answered_at=None).first()
    if asked and asked.answer_by >= application.school.today():
        raise NotMovable(
            _("The class has until %(day)s to answer what you asked. You can decide when they have answered.")
            % {"day": dated(asked.answer_by)}
        )
    _close_question(application, by)


def _close_question(application, by):
    application.information_requests.filter(answered_at=None).update(answered_at=timezone.now(), answered_by=by)


def _refuse_unanswered(application, by, status):
    _refuse_elsewhere(application, status, NotMovable)
    if not ImpartialityAnswer.objects.filter(application=application, person=by, stands_aside=False).exists():
        raise NotDecidable(_("First answer whether someone else should decide this."))
