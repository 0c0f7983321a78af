"""The pages about what came of a talk: written, shared, read, answered, followed up."""

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from conferences import actions
from conferences.after.forms import summaries as forms
from conferences.after.letters import summary_pdf
from conferences.after.queries import shared_summary
from conferences.after.queries import summaries as queries
from conferences.after.queries.summaries import seen_as, told_home
from conferences.after.queries.tips import tips_to_choose
from conferences.after.wording import warnings_in
from conferences.models import AgreedAction, ConferenceSummary, DraftMoved, SummaryAnswer
from conferences.views.finding import found_conference
from portal.access import WRITES, page, require, signed_in
from portal.actions import refusals_as, refusals_shown
from portal.forms import posted
from portal.people.overtaken import Shown
from portal.people.rules import teachers

OK, CONFLICT = 200, 409


def found_summary(request, pk):
    summaries = ConferenceSummary.objects.visible_to(request.user).select_related(
        "written_by",
        "conference__pupil",
        "conference__teacher",
        "conference__round",
        "conference__school_class__school",
    )
    return get_object_or_404(summaries, pk=pk)


# The teacher writes


@page(open_to=teachers)
@WRITES
def summary_write(request, pk):
    conference = found_conference(request, pk)
    require(actions.write_summary.may(request.user, conference))
    draft, last = queries.newest_of(conference), queries.last_time(conference)
    if request.method != "POST" and draft is not None and draft.is_shared:
        return redirect(draft)
    form = _forms_of(request, conference, draft, last)
    if request.method == "POST" and (form.is_valid() or form.is_sound):
        with refusals_as(form):
            try:
                draft = actions.write_summary(conference, by=request.user, **form.taken())
            except DraftMoved as moved:
                form.stand_against(moved.theirs)
                raise
            if form.is_valid():
                return _onwards(request, conference)
            form.save_in_part(draft)
    return _writing_page(request, conference, form, draft, last)


def _forms_of(request, conference, draft, last):
    return forms.SummaryForms(
        *posted(request),
        draft=draft,
        last=last,
        today=conference.school_class.school.today(),
        tips=tips_to_choose(conference, draft),
    )


def _onwards(request, conference):
    if "look" in request.POST:
        return redirect("conferences:summary_share", conference.pk)
    messages.success(request, _("The draft is saved. The family does not see it until you share it."))
    return redirect("conferences:summary_write", conference.pk)


def _writing_page(request, conference, form, draft, last):
    context = {
        "conference": conference,
        "form": form,
        "draft": draft,
        "last": last,
        "theirs": form.theirs,
        "differences": queries.differences(form.theirs, form.taken()) if form.theirs else [],
        "cautions": [] if request.method == "POST" else _cautions(request, conference, draft),
    }
    status = CONFLICT if form.theirs else OK
    return render(request, "conferences/summary_write.html", context, status=status)


def _cautions(request, conference, draft, subjects=()):
    text = "\n".join([queries.text_of(draft) if draft else "", *(one["text"] for one in subjects)])
    return warnings_in(text, pupil=conference.pupil, writer=request.user) if text.strip() else []


@page(open_to=teachers)
@WRITES
def summary_share(request, pk):
    conference = found_conference(request, pk)
    require(actions.write_summary.may(request.user, conference))
    draft = queries.newest_of(conference)
    if draft is None or (request.method != "POST" and draft.is_shared):
        return redirect(draft or reverse("conferences:summary_write", args=[conference.pk]))
    subjects = told_home(conference)
    form = forms.TokenForm(*posted(request), initial={"token": seen_as(draft, subjects)})
    if form.is_valid():
        with refusals_shown(request):
            actions.share_summary(draft, by=request.user, **form.cleaned_data)
            messages.success(request, _("The summary is shared. The family gets a message."))
            return redirect(draft)
        return redirect("conferences:summary_share", conference.pk)
    context = {
        "conference": conference,
        "summary": draft,
        "subjects": subjects,
        "form": form,
        "readers": queries.readers_of(conference),
        "cautions": _cautions(request, conference, draft, subjects),
        "may_share": actions.share_summary.may(request.user, draft),
    }
    return render(request, "conferences/summary_share.html", context)


@page(open_to=teachers)
@WRITES
def summary_correct(request, pk):
    summary = found_summary(request, pk)
    require(actions.correct_summary.may(request.user, summary))
    form = forms.CorrectionForm(*posted(request))
    if form.is_valid():
        with refusals_as(form):
            actions.correct_summary(summary, by=request.user, **form.cleaned_data)
            return redirect("conferences:summary_write", summary.conference_id)
    return render(request, "conferences/summary_correct.html", {"summary": summary, "form": form})


@page(open_to=teachers)
@WRITES
def summary_reply(request, pk):
    answers = SummaryAnswer.objects.visible_to(request.user).comments()
    answer = get_object_or_404(answers.select_related("person", "summary__conference__school_class__school"), pk=pk)
    require(actions.reply_to_comment.may(request.user, answer))
    form = forms.ReplyForm(*posted(request))
    if form.is_valid():
        with refusals_as(form):
            actions.reply_to_comment(answer, by=request.user, **form.cleaned_data)
            messages.success(request, _("Your answer is saved. Only the person who wrote reads it."))
            return redirect(answer.summary)
    return render(request, "conferences/summary_reply.html", {"answer": answer, "form": form})


# Everyone reads


@page(open_to=signed_in)
@require_safe
def summary_show(request, pk):
    conference = get_object_or_404(shared_summary.talks_read_by(request.user), pk=pk)
    told = shared_summary.read_talk(conference, request.user)
    if not told.versions and actions.write_summary.may(request.user, conference):
        return redirect("conferences:summary_write", conference.pk)
    summary = told.version(request.GET.get("version"))
    if summary is None:
        raise Http404
    if request.method == "GET":
        actions.open_summary(summary, by=request.user)
    shown = shared_summary.summary_page(told, summary, request.user)
    return render(
        request,
        "conferences/summary_show.html",
        {"page": shown, "summary": summary, "subjects": summary.subjects, "conference": conference},
    )


@page(open_to=signed_in)
@require_safe
def summary_file(request, pk):
    summary = found_summary(request, pk)
    if summary not in queries.readable_versions(summary.conference, request.user):
        raise Http404
    conference = get_object_or_404(shared_summary.talks_read_by(request.user), pk=summary.conference_id)
    agreements = shared_summary.agreements_of(summary, conference, request.user)
    actions.open_summary(summary, by=request.user)
    response = HttpResponse(summary_pdf(summary, agreements), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{summary.conference_id}-{summary.version}.pdf"'
    return response


@page(open_to=signed_in)
@WRITES
def summary_answer(request, pk):
    summary = found_summary(request, pk)
    require(actions.answer_summary.may(request.user, summary))
    agrees = request.method == "POST" and "agrees" in request.POST
    if agrees:
        with refusals_shown(request):
            actions.answer_summary(summary, by=request.user)
            messages.success(request, _("Thank you. Your answer is saved."))
        return redirect(summary)
    form = forms.CommentForm(*posted(request), shown=_commented(request.user, summary))
    if form.is_valid():
        with refusals_as(form):
            actions.answer_summary(summary, by=request.user, **form.cleaned_data)
            messages.success(request, _sent(summary))
            return redirect(summary)
    return render(request, "conferences/summary_answer.html", {"summary": summary, "form": form})


def _commented(person, summary):
    own = SummaryAnswer.objects.filter(person=person)
    return Shown(
        summary,
        lambda row: forms.CommentForm.values_of(own.filter(summary=row).first()),
        about=lambda row: row.conference,
        only=Q(by=person.pk, details__summary=summary.pk),
    )


def _sent(summary):
    name = summary.conference.teacher.full_name
    return _("Your comment is sent. %(name)s answers you, or corrects the summary.") % {"name": name}


@page(open_to=signed_in)
@require_POST
def agreement_status(request, pk):
    agreements = AgreedAction.objects.visible_to(request.user)
    agreement = get_object_or_404(agreements.select_related("summary__conference__school_class"), pk=pk)
    require(actions.tell_agreement.may(request.user, agreement))
    form = forms.StatusForm(*posted(request))
    if form.is_valid():
        with refusals_shown(request):
            actions.tell_agreement(agreement, by=request.user, **form.cleaned_data)
            messages.success(request, _("Saved. Both the school and the home see it."))
    return redirect(f"{agreement.summary.get_absolute_url()}#agreed")


@page(open_to=signed_in)
@WRITES
def feedback_give(request, pk):
    conference = found_conference(request, pk)
    require(actions.give_feedback.may(request.user, conference))
    form = forms.FeedbackForm(*posted(request))
    if form.is_valid():
        with refusals_as(form):
            actions.give_feedback(conference, by=request.user, **form.cleaned_data)
            messages.success(request, _("Thank you. Your answers are counted together with the others'."))
            return redirect("home")
    open_now = queries.may_give_feedback(request.user, conference)
    return render(
        request, "conferences/feedback_give.html", {"conference": conference, "form": form, "open_now": open_now}
    )
