"""The pages about support: one function each."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from grants import actions, drafts, exports, forms, queries, rules
from grants.letters import decision_pdf, empty_form_pdf, letter_of, rules_for
from grants.models import Decision, GrantApplication, GrantScheme, RuleReference
from networks.models import Gathering
from portal.access import WRITES, anyone, page, require, signed_in
from portal.actions import refusals_as
from portal.forms import posted
from portal.people.overtaken import Shown
from portal.people.rules import class_contacts
from portal.text.sheets import XLSX


def found_application(request, pk):
    return get_object_or_404(GrantApplication.objects.visible_to(request.user).with_names(), pk=pk)


# The class


@page(open_to=signed_in)
@require_safe
def application_list(request):
    return render(request, "grants/application_list.html", {"page": queries.support_page(request.user)})


@page(open_to=class_contacts)
@WRITES
def application_start(request, gathering_pk):
    gathering = get_object_or_404(Gathering.objects.visible_to(request.user), pk=gathering_pk)
    require(actions.draft_application.may(request.user, gathering))
    found = queries.eligibility(gathering.school_class, gathering)
    begun = found.current if found.current and found.current.gathering_id == gathering.pk else None
    if begun:
        return _go_on(request, begun, forms.ApplicationForm.values_from(gathering, request.user, found.scheme))
    if not found.is_eligible:
        return render(request, "grants/application_not_now.html", {"found": found, "gathering": gathering})
    values = forms.ApplicationForm.values_from(gathering, request.user, found.scheme)
    form = _application_form(request, posted(request), found.scheme, gathering.school_class.school, values=values)
    if form.is_valid() or (form.is_bound and drafts.saves(request)):
        with refusals_as(form):
            return _onwards(request, actions.draft_application(gathering, by=request.user, **form.cleaned_data))
    return _form_page(request, gathering, found, form)


def _go_on(request, application, values):
    """Another tab, or a second press, has begun it: what was typed here comes into the same application, and replaces
    nothing that was written there without saying so."""
    if request.method != "POST":
        return redirect(application)
    typed = request.POST.copy()
    typed.setdefault("seen", _shown(application).seal(values))
    return _edit(request, application, (typed, *posted(request)[1:]))


@page(open_to=rules.grant_writers)
@WRITES
def application_edit(request, pk):
    application = found_application(request, pk)
    require(actions.save_draft.may(request.user, application))
    return _edit(request, application, posted(request))


def _edit(request, application, sent):
    if request.method != "POST" and not (application.is_draft or application.is_changeable):
        return redirect(application)
    found = queries.eligibility(application.school_class, application.gathering)
    form = _application_form(request, sent, application.scheme, application.school, application)
    if form.is_valid() or (form.is_bound and application.is_draft and drafts.saves(request)):
        with refusals_as(form):
            save = actions.save_draft if application.is_draft else actions.change_application
            save(application, by=request.user, **form.cleaned_data)
            return _onwards(request, application)
    return _form_page(request, application.gathering, found, form, application)


def _shown(application):
    return Shown(application, forms.ApplicationForm.values_of)


def _application_form(request, sent, scheme, school, application=None, values=None):
    return forms.ApplicationForm(
        *sent,
        scheme=scheme,
        country=school.country,
        is_draft="draft" in request.POST and (application is None or application.is_draft),
        initial=values,
        shown=application and _shown(application),
    )


def _form_page(request, gathering, found, form, application=None):
    if drafts.saves(request):
        return drafts.not_saved(form)
    facts = queries.known_facts(gathering, request.user, found, application)
    shown = {"form": form, "facts": facts, "found": found, "gathering": gathering, "application": application}
    return render(request, "grants/application_edit.html", shown)


def _onwards(request, application):
    if drafts.saves(request):
        return drafts.saved(application, _shown(application))
    if not application.is_draft:
        messages.success(request, _("The application is changed. The school reads it as it is now."))
        return redirect(application)
    if "draft" not in request.POST:
        return redirect("grants:application_check", application.pk)
    messages.success(request, _("The draft is saved. You can go on whenever you like."))
    return redirect("grants:application_edit", application.pk)


@page(open_to=rules.grant_writers)
@WRITES
def application_check(request, pk):
    application = found_application(request, pk)
    require(actions.submit_application.may(request.user, application))
    if not application.is_draft:
        return redirect(application)
    form = forms.EmptyForm(*posted(request))
    if form.is_valid():
        with refusals_as(form):
            actions.submit_application(application, by=request.user)
            messages.success(request, _("The application is sent. You get a receipt by e-mail."))
            return redirect(application)
    edit = reverse("grants:application_edit", args=[application.pk])
    rows = queries.answers(application, edit_url=edit, account=application.account or "")
    return render(request, "grants/application_check.html", queries.check_page(application, rows) | {"form": form})


@page(open_to=signed_in)
@require_safe
def application_show(request, pk):
    application = found_application(request, pk)
    return _case(request, application, _number_form(request, application))


def _case(request, application, number_form):
    shown = queries.application_page(application, request.user)
    rows = queries.answers(application, account=application.account_in_part) if shown.is_whole else []
    context = {"page": shown, "rows": rows, "application": application, "number_form": number_form}
    return render(request, "grants/application_show.html", context)


def _number_form(request, application):
    return forms.JournalForm(*posted(request), shown=Shown(application, forms.JournalForm.values_of))


@page(open_to=rules.grant_writers)
@WRITES
def application_withdraw(request, pk):
    application = found_application(request, pk)
    require(actions.withdraw_application.may(request.user, application))
    was_draft = application.is_draft
    form = forms.EmptyForm(*posted(request))
    if form.is_valid():
        with refusals_as(form):
            actions.withdraw_application(application, by=request.user)
            done = _("The application is withdrawn. You can apply again.")
            messages.success(request, _("The draft is deleted.") if was_draft else done)
            return redirect("grants:application_list")
    return render(request, "grants/application_withdraw.html", {"application": application, "form": form})


@page(open_to=rules.grant_writers)
@WRITES
def application_answer(request, pk):
    application = found_application(request, pk)
    require(rules.can_write(request.user, application))
    asked = queries.question_to_answer(application)
    if asked is None or (asked.answered_at and request.method != "POST"):
        return redirect(application)
    form = forms.AnswerForm(*posted(request))
    if form.is_valid():
        with refusals_as(form):
            actions.answer_request(asked, by=request.user, **form.cleaned_data)
            messages.success(request, _("Your answer is sent. The school goes on with the case."))
            return redirect(application)
    return render(request, "grants/application_answer.html", {"application": application, "asked": asked, "form": form})


# The one who decides


@page(open_to=rules.grant_deciders)
@WRITES
def application_open(request, pk):
    application = found_application(request, pk)
    require(rules.can_stand_aside(request.user, application))
    if request.method != "POST" and (application.is_decided or queries.has_taken_up(request.user, application)):
        return redirect("grants:application_decide", application.pk)
    at_school = application.transferred_at is None and application.has_leader
    needs_note = rules.needs_a_note(request.user, application)
    form = forms.ImpartialityForm(*posted(request), at_school=at_school, needs_note=needs_note)
    if form.is_valid():
        with refusals_as(form):
            return _answer_impartiality(request, application, **form.cleaned_data)
    return render(
        request, "grants/application_open.html", queries.case_page(application, request.user) | {"form": form}
    )


def _answer_impartiality(request, application, stands_aside, note):
    if not stands_aside:
        if not queries.has_taken_up(request.user, application):
            actions.take_up_application(application, by=request.user, note=note)
        return redirect("grants:application_decide", application.pk)
    actions.stand_aside(application, by=request.user, note=note)
    messages.success(request, _("The case is passed on. The class is told that someone else decides."))
    return redirect("grants:application_list")


@page(open_to=rules.grant_deciders)
@WRITES
def application_decide(request, pk):
    application = found_application(request, pk)
    require(actions.decide_application.may(request.user, application))
    if application.is_decided and (request.method != "POST" or queries.has_decided(request.user, application)):
        return redirect(application)
    if request.method != "POST" and not queries.has_taken_up(request.user, application):
        return redirect("grants:application_open", application.pk)
    form = _decision_form(request, application)
    if "change" not in request.POST and form.is_valid():
        with refusals_as(form):
            return _preview_or_send(request, application, form)
    return render(
        request, "grants/application_decide.html", queries.case_page(application, request.user) | {"form": form}
    )


def _decision_form(request, application):
    today, use = application.school.today(), RuleReference.Use.GROUND
    return forms.DecisionForm(
        *posted(request),
        initial={"amount": application.amount_requested},
        references=rules_for(application.school, use, today, application.reply_language),
        kept=queries.reasons_to_pick(application),
    )


def _preview_or_send(request, application, form):
    if "send" in request.POST:
        decision = actions.decide_application(application, by=request.user, **form.cleaned_data)
        messages.success(request, _("The letter is sent to the class contacts."))
        return redirect(decision)
    decision = actions.preview_of(application, by=request.user, **form.cleaned_data)
    return render(
        request, "grants/decision_preview.html", {"application": application, "decision": decision, "form": form}
    )


@page(open_to=rules.grant_deciders)
@WRITES
def application_ask(request, pk):
    application = found_application(request, pk)
    require(actions.ask_for_information.may(request.user, application))
    form = forms.QuestionForm(*posted(request))
    if form.is_valid():
        with refusals_as(form):
            actions.ask_for_information(application, by=request.user, **form.cleaned_data)
            messages.success(request, _("The question is sent. You hear from us when the class has answered."))
            return redirect(application)
    return render(request, "grants/application_ask.html", {"application": application, "form": form})


@page(open_to=rules.grant_deciders)
@require_POST
def application_number(request, pk):
    application = found_application(request, pk)
    require(actions.give_journal_number.may(request.user, application))
    form = _number_form(request, application)
    if form.is_valid():
        with refusals_as(form):
            actions.give_journal_number(application, by=request.user, **form.cleaned_data)
            messages.success(request, _("The journal number is saved."))
    return _case(request, application, form) if form.errors else redirect(application)


# The letter


def found_decision(request, pk):
    """A letter is for those who may read the whole case: for anybody else the decision does not exist."""
    decisions = Decision.objects.visible_to(request.user).select_related(
        "application__school", "application__scheme", "corrected_by"
    )
    decision = get_object_or_404(decisions, pk=pk)
    return get_object_or_404(decisions, pk=pk if rules.can_read_whole(request.user, decision.application) else None)


@page(open_to=signed_in)
@require_safe
def decision_show(request, pk):
    decision = found_decision(request, pk)
    may_correct = decision.is_correctable and actions.correct_decision.may(request.user, decision)
    may_appeal = decision.is_appealable and rules.can_write(request.user, decision.application)
    shown = {"decision": decision, "letter": letter_of(decision), "may_correct": may_correct, "may_appeal": may_appeal}
    return render(request, "grants/decision_show.html", shown)


@page(open_to=signed_in)
@require_safe
def decision_file(request, pk):
    decision = found_decision(request, pk)
    name = f"{decision.application.case_number.replace('/', '-')}-{decision.version}.pdf"
    response = HttpResponse(decision_pdf(decision), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@page(open_to=rules.grant_deciders)
@WRITES
def decision_correct(request, pk):
    decision = found_decision(request, pk)
    require(actions.correct_decision.may(request.user, decision))
    if request.method != "POST" and not decision.is_correctable:
        return redirect(decision)
    values = {name: getattr(decision, name) for name in ("amount", "reasons", "considerations")}
    form = forms.CorrectionForm(*posted(request), gives=decision.gives, initial=values)
    if form.is_valid():
        with refusals_as(form):
            corrected = actions.correct_decision(decision, by=request.user, **form.cleaned_data)
            messages.success(request, _("The corrected letter is sent to the class contacts."))
            return redirect(corrected)
    return render(request, "grants/decision_correct.html", {"decision": decision, "form": form})


# Registers and the public form


@page(open_to=rules.grant_deciders)
@require_safe
def register_show(request):
    return render(request, "grants/register_show.html", exports.chosen(request.user, request.GET))


@page(open_to=rules.grant_deciders)
@require_safe
def register_file(request):
    return _csv(exports.cases_csv(exports.chosen(request.user, request.GET)["cases"]), _("support-register"))


@page(open_to=rules.grant_deciders)
@require_safe
def register_sheet(request):
    content = exports.cases_xlsx(exports.chosen(request.user, request.GET)["cases"])
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{_("support-register")}.xlsx"'
    return response


@page(open_to=rules.award_readers)
@require_safe
def award_list(request):
    return render(request, "grants/award_list.html", {"lines": queries.awards(request.user)})


@page(open_to=rules.award_readers)
@require_safe
def award_file(request):
    return _csv(exports.awards_csv(queries.awards(request.user)), _("support-awards"))


def _csv(content, name):
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


@page(open_to=anyone)
@require_safe
def form_list(request):
    schemes = GrantScheme.objects.visible_to(request.user).offered_to(request.user).current()
    return render(request, "grants/form_list.html", {"schemes": schemes.select_related("municipality")})


@page(open_to=anyone)
@require_safe
def form_file(request, pk):
    scheme = get_object_or_404(GrantScheme.objects.visible_to(request.user).select_related("municipality"), pk=pk)
    response = HttpResponse(
        empty_form_pdf(exports.empty_form(scheme, get_language()), timezone.now()), content_type="application/pdf"
    )
    response["Content-Disposition"] = f'inline; filename="{_("application-for-support")}.pdf"'
    return response
