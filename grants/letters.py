"""The decision letter: every part that the law requires, in the language the class asked for, kept as it was sent."""

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from grants.models import Decision, GrantApplication, RuleReference
from grants.models.applications import Payee
from portal.people.models import Person, Role
from portal.speech import dated, money, when
from portal.text.typeset import pdf

Result, After = Decision.Result, Decision.After


def decision_letter(application: GrantApplication, decision: Decision, picked=()) -> dict:
    with translation.override(application.reply_language):
        parts = [
            _what(application, decision),
            _conditions(decision),
            _why(application, decision, picked),
            *_money(application, decision),
            _appeal(application, decision),
            _rights(application, decision),
            _help(application),
        ]
        return {
            "language": application.reply_language,
            "title": _title(decision),
            "marked": _marked(application, decision),
            "facts": _facts(application, decision),
            "parts": [part for part in parts if part],
            "signed": _signed(application, decision),
        }


def _part(heading, *lines, items=()):
    return {"heading": str(heading), "lines": [str(line) for line in lines if line], "items": [str(i) for i in items]}


def _title(decision):
    return {
        Result.APPROVED: _("You will get support"),
        Result.PARTLY_APPROVED: _("You will get part of the support you asked for"),
        Result.REJECTED: _("You will not get support"),
        Result.DISMISSED: _("Your application is outside the scheme"),
    }[decision.result]


def _marked(application, decision):
    words = {"version": decision.version, "body": application.scheme.appeal_body}
    if decision.version == 1:
        return ""
    return {
        After.ERROR: _("Corrected decision, version %(version)s"),
        After.REVIEW: _("Changed after your appeal, version %(version)s"),
        After.APPEAL: _("Decided by %(body)s after your appeal, version %(version)s"),
    }[decision.after] % words


def _facts(application, decision):
    numbered = [[_("Journal number"), application.journal_number]] if application.journal_number else []
    return [
        [_("To"), _("Class %(name)s, by the class contacts") % {"name": application.school_class.name}],
        [_("From"), office_of(application)],
        [_("Date"), dated(decision.decided_at, application.school)],
        [_("Case number"), application.case_number],
        *numbered,
        *archived(application),
    ]


def archived(application) -> list[list[str]]:
    """Where the case is kept and for how long; nothing while the municipality has not said so."""
    scheme = application.scheme
    if not scheme.archive_class:
        return []
    years = scheme.kept_years
    kept = ngettext("%(n)s year", "%(n)s years", years) % {"n": years} if years else _("For good")
    return [[_("Class in the archive"), scheme.archive_class], [_("How long the case is kept"), kept]]


def _what(application, decision):
    words = {
        "class": application.school_class.name,
        "title": application.gathering.title,
        "when": when(application.gathering.starts_at, application.school),
        "amount": money(decision.amount),
        "asked": money(application.amount_requested),
    }
    sentence = {
        Result.APPROVED: _("Class %(class)s gets %(amount)s for the gathering “%(title)s”, %(when)s."),
        Result.PARTLY_APPROVED: _(
            "Class %(class)s asked for %(asked)s and gets %(amount)s for the gathering “%(title)s”, %(when)s."
        ),
        Result.REJECTED: _(
            "Class %(class)s asked for %(asked)s for the gathering “%(title)s”, %(when)s. You do not get the money."
        ),
        Result.DISMISSED: _(
            "Class %(class)s asked for %(asked)s for the gathering “%(title)s”, %(when)s. "
            "The scheme does not cover the application, so we have not considered it further."
        ),
    }[decision.result]
    return _part(_("What we have decided"), sentence % words, _replaces(decision))


def _replaces(decision):
    if decision.version == 1:
        return ""
    if decision.after != After.ERROR:
        return _("This decision replaces an earlier one, after your appeal.")
    return _("This decision replaces an earlier one. What was wrong: %(note)s") % {"note": decision.correction_note}


def _conditions(decision):
    return decision.gives and _part(
        _("Conditions"), _("You get the money on these conditions:"), items=decision.conditions
    )


def _why(application, decision, picked):
    facts = decision.reasons or _(
        "The class is in a grade that the scheme is for, and you have applied for a gathering of the whole class."
    )
    weight = decision.considerations not in ("", decision.reasons) and _("What we gave weight to: %(text)s") % {
        "text": decision.considerations
    }
    rules = list(decision.rules) or [application.scheme.title]
    return _part(_("Why we decided this"), *picked, facts, weight, _("The rules we used:"), items=rules)


def _money(application, decision):
    if not decision.gives:
        return []
    paid = {
        Payee.SCHOOL: _(
            "The school pays the bill. Ask the seller to send it to the school, marked with the case number."
        ),
        Payee.CLASS_ACCOUNT: _("We pay the money to the account that you gave us, usually within %(days)s days."),
        Payee.COMMITTEE: _("We pay the money to the account that you gave us, usually within %(days)s days."),
        Payee.OUTLAY: _("We pay back what you have laid out, usually within %(days)s days of getting your receipts."),
    }[application.payee_kind]
    report = _(
        "Send a short report within %(days)s days after the gathering: how many came, what the money was used for, "
        "and how the children took part. Keep the receipts."
    )
    return [
        _part(_("Payment"), paid % {"days": application.scheme.pay_days}),
        _part(_("Report"), report % {"days": application.scheme.report_days}),
    ]


def _appeal(application, decision):
    scheme = application.scheme
    words = {"body": scheme.appeal_body, "office": office_of(application)}
    if decision.is_final:
        return _part(
            _("It cannot be appealed again"),
            _("%(body)s has decided your appeal. Its decision is final.") % words,
        )
    if scheme.appeal_weeks == 3:
        heading = _("You can appeal within three weeks")
    elif scheme.appeal_weeks:
        heading = _("You can appeal within %(weeks)s weeks") % {"weeks": scheme.appeal_weeks}
    else:
        heading = _("You can appeal")
    return _part(
        heading,
        _(
            "The class can appeal, by its class contacts. Write to us, and say which decision it is about and what "
            "you want changed."
        )
        % words,
        _(
            "Use the button on the page of this letter, or send the appeal to %(office)s. Somebody who did not decide looks "
            "at it first. If they do not change the decision, %(body)s decides the appeal."
        )
        % words,
        *(_clock(decision, scheme) if scheme.appeal_weeks else ()),
        items=_rules(application, decision, RuleReference.Use.APPEAL),
    )


def _clock(decision, scheme):
    """Reasons are asked for only where the letter does not have them, and within the days that the scheme sets."""
    if decision.result != Result.APPROVED:
        asked = ""
    elif scheme.reasons_days:
        asked = _("Ask for the reasons within %(days)s days, and it starts again when you have got them.") % {
            "days": scheme.reasons_days
        }
    else:
        asked = _("Ask for the reasons in that time, and it starts again when you have got them.")
    return [
        _(
            "The time runs from the day you were told of this letter; that day and the last day stand above once you have "
            "been told."
        ),
        asked,
        _("You can ask for more time if there are special reasons."),
    ]


def _rights(application, decision):
    days = application.scheme.reasons_days
    ask = (
        _(
            "You have the right to have full reasons for the decision. Ask us within %(days)s days of the day you were told."
        )
        if days
        else _("You have the right to have full reasons for the decision. Ask us.")
    )
    reasons = decision.result == Result.APPROVED and ask % {"days": days}
    uses = (RuleReference.Use.ACCESS, RuleReference.Use.REASONS)
    return _part(
        _("See the case documents"),
        _("You have the right to see the documents of the case. You find them in the portal, or you can ask us."),
        reasons,
        items=[rule for use in uses for rule in _rules(application, decision, use)],
    )


def _help(application):
    school, office = application.school, office_of(application)
    ways = [way for way in (school.phone, school.email) if way and application.transferred_at is None]
    return _part(
        _("Do you need help?"),
        _("We help you to appeal, to understand this letter, or to plan the gathering."),
        _("Contact %(school)s: %(ways)s.") % {"school": office, "ways": ", ".join(ways)}
        if ways
        else _("Contact %(school)s.") % {"school": office},
    )


def _signed(application, decision):
    handler = decision.decided_by
    responsible = (application.transferred_at is None and principal_of(application.school)) or handler
    return [
        office_of(application),
        _("Case handler: %(name)s") % {"name": handler.full_name},
        _("Responsible: %(name)s") % {"name": responsible.full_name},
    ]


def office_of(application) -> str:
    return application.school.name if application.transferred_at is None else application.school.municipality.name


def principal_of(school) -> Person | None:
    role = (
        Role.objects.live(kinds=[Role.Kind.PRINCIPAL])
        .filter(school=school)
        .select_related("person")
        .order_by("pk")
        .first()
    )
    return role and role.person


def _rules(application, decision, use):
    day = timezone.localtime(decision.decided_at, application.school.zone).date()
    return [rule.label for rule in rules_for(application.school, use, day, application.reply_language)]


def rules_for(school, use, day, language):
    rules = RuleReference.objects.on(day).filter(
        municipality_id=school.municipality_id, country=school.country, use=use
    )
    return rules.in_language(language)


def letter_of(decision: Decision) -> dict:
    """The letter as it was sent, and when the class was told of it: that is known only afterwards."""
    if decision.told_on is None:
        return decision.letter
    with translation.override(decision.letter["language"]):
        told = [[_("You were told"), dated(decision.told_on)]]
        if decision.last_day_to_appeal:
            told.append([_("Last day to appeal"), dated(decision.last_day_to_appeal)])
    return {**decision.letter, "facts": [*decision.letter["facts"], *told]}


def decision_pdf(decision: Decision) -> bytes:
    """Made only from the letter as it was sent, and the same each time."""
    return pdf("grants/decision.typ", letter_of(decision), decision.decided_at)


def paper_of(application: GrantApplication, title: str, at, parts: list[dict], signed=(), class_name="") -> dict:
    """A paper of a case that is no decision, in the form of a letter and in the active language."""
    facts = [
        [_("Class"), class_name or application.school_class.name],
        [_("School"), application.school.name],
        [_("Date"), dated(at, application.school)],
        [_("Case number"), application.case_number],
        *archived(application),
    ]
    said = {"language": translation.get_language(), "title": str(title), "marked": "", "facts": facts}
    return {**said, "parts": [part for part in parts if part["lines"]], "signed": list(signed)}


def paper_pdf(application: GrantApplication, title: str, at, parts: list[dict], class_name="") -> bytes:
    return pdf("grants/decision.typ", paper_of(application, title, at, parts, class_name=class_name), at)


def empty_form_pdf(form: dict, made_at) -> bytes:
    return pdf("grants/empty_form.typ", form, made_at)
