"""The pages of a supervision: what board and head say to each other, and the one page that everybody may read."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.access import WRITES, anyone, page, require
from portal.actions import refusals_as, refusals_shown
from portal.clock import MINUTE
from portal.forms import posted
from portal.people.overtaken import Shown
from principles.models import PrincipleVersion
from principles.supervision import actions, forms, queries, rules
from principles.supervision.models import FurtherQuestion, SupervisedClause, Supervision
from principles.supervision.results import content_of, result_pdf
from principles.supervision.totals import spans_of
from principles.views.principles import principle_seen


@page(open_to=rules.overseers)
@require_safe
def supervision_list(request):
    schools = list(queries.schools_overseen_by(request.user))
    asked = request.GET.get("school", "")
    school = next((one for one in schools if str(one.pk) == asked), schools[0])
    shown = {"school": school, "schools": schools, "page": queries.supervision_list_of(school, request.user)}
    return render(request, "principles/supervision/supervision_list.html", shown)


@page(open_to=rules.overseers)
@WRITES
def supervision_start(request, place, slug):
    principle = principle_seen(request, place, slug)
    require(actions.start_supervision.may(request.user, principle))
    version = PrincipleVersion.objects.visible_to(request.user).in_force().filter(principle=principle).first()
    if version is None:
        raise Http404
    school = principle.school
    clauses = version.clauses.all()
    form = forms.StartForm(*posted(request), clauses=clauses, spans=spans_of(school), today=school.today())
    if form.is_valid():
        with refusals_as(form):
            supervision = actions.start_supervision(principle, by=request.user, **form.cleaned_data)
            messages.success(
                request, _("Begun. The head is asked for a statement. Choose the numbers of each point now.")
            )
            return redirect(supervision)
    shown = {"principle": principle, "version": version, "form": form}
    return render(request, "principles/supervision/supervision_start.html", shown)


def _found(request, pk):
    found = Supervision.objects.visible_to(request.user).select_related("school", "version__principle__school")
    return get_object_or_404(found, pk=pk)


@page(open_to=rules.overseers)
@require_safe
def supervision_show(request, pk):
    shown = queries.supervision_page(_found(request, pk), request.user)
    return render(request, "principles/supervision/supervision_show.html", {"page": shown})


@page(open_to=rules.overseers)
@require_POST
def supervision_hand(request, pk):
    supervision = _found(request, pk)
    require(actions.hand_statement.may(request.user, supervision))
    with refusals_shown(request):
        actions.hand_statement(supervision, by=request.user)
        messages.success(request, _("The board has your statement, and is told."))
    return redirect(supervision)


@page(open_to=rules.overseers)
@require_POST
def supervision_measure(request, pk):
    supervision = _found(request, pk)
    with refusals_shown(request):
        actions.measure_anew(supervision, by=request.user)
        messages.success(request, _("Counted anew. What is published stays as it was."))
    return redirect(supervision)


@page(open_to=rules.overseers)
@require_POST
def supervision_drop(request, pk):
    supervision = _found(request, pk)
    with refusals_shown(request):
        actions.drop_supervision(supervision, by=request.user)
        messages.success(request, _("It is stopped, and all that was written is deleted."))
        return redirect("principles:supervision_list")
    return redirect(supervision)


@page(open_to=rules.overseers)
@WRITES
def supervision_conclude(request, pk):
    supervision = _found(request, pk)
    require(actions.conclude_supervision.may(request.user, supervision))
    if request.method != "POST" and not supervision.is_assessing:
        return redirect(supervision)
    form = forms.ConcludeForm(*posted(request), today=supervision.school.today())
    if form.is_valid():
        with refusals_as(form):
            actions.conclude_supervision(supervision, by=request.user, **form.cleaned_data)
            messages.success(request, _("Concluded. Now you can publish the result."))
            return redirect(supervision)
    shown = {"supervision": supervision, "form": form}
    return render(request, "principles/supervision/supervision_conclude.html", shown)


@page(open_to=rules.overseers)
@WRITES
def supervision_publish(request, pk):
    supervision = _found(request, pk)
    require(actions.publish_result.may(request.user, supervision))
    if request.method != "POST" and not supervision.is_concluded:
        return redirect(supervision)
    newest = supervision.results.first()
    begins = {
        "summary": newest.content["summary"] if newest else "",
        "measured_at": supervision.measured_at.isoformat(),
    }
    form = forms.PublishResultForm(*posted(request), initial=begins)
    if form.is_valid():
        with refusals_as(form):
            result = actions.publish_result(supervision, by=request.user, **form.cleaned_data)
            messages.success(request, _("Published. Everybody can read it."))
            return redirect(result)
    content = content_of(supervision, "") if supervision.is_concluded else None
    shown = {"supervision": supervision, "newest": newest, "content": content, "form": form}
    return render(request, "principles/supervision/supervision_publish.html", shown)


# A point


def _point(request, pk):
    points = SupervisedClause.objects.visible_to(request.user)
    related = ("clause", "supervision__school", "supervision__version__principle__school")
    return get_object_or_404(points.select_related(*related), pk=pk)


def _of_point(request, pk, act, form_of, template, said):
    """A page on which something is written of a point: the point above, the form below. What comes too late is refused in
    words, with all that was typed."""
    point = _point(request, pk)
    require(act.may(request.user, point))
    if request.method == "GET" and not act.claims().filter(pk=point.pk).exists():
        return redirect(point)
    form = form_of(point)
    if form.is_valid():
        with refusals_as(form):
            act(point, by=request.user, **form.cleaned_data)
            messages.success(request, said)
            return redirect(point)
    shown = {"page": queries.point_page(point, point.supervision), "point": point, "form": form}
    return render(request, template, shown)


def _shown_of(point, form):
    return Shown(point, form.values_of, locks=(point.supervision,))


@page(open_to=rules.overseers)
@WRITES
def point_figures(request, pk):
    def form_of(point):
        shown = Shown(point, forms.FiguresForm.values_of, locks=(point.supervision,), about=lambda one: one.supervision)
        return forms.FiguresForm(*posted(request), choices=queries.figures_to_choose(), shown=shown)

    template = "principles/supervision/point_figures.html"
    return _of_point(request, pk, actions.choose_figures, form_of, template, _("Saved, and counted."))


@page(open_to=rules.overseers)
@WRITES
def point_state(request, pk):
    def form_of(point):
        return forms.StatementForm(*posted(request), shown=_shown_of(point, forms.StatementForm))

    template = "principles/supervision/point_state.html"
    said = _("Saved. The board reads it when you have handed in all of it.")
    return _of_point(request, pk, actions.state_point, form_of, template, said)


@page(open_to=rules.overseers)
@WRITES
def point_assess(request, pk):
    def form_of(point):
        shown = _shown_of(point, forms.AssessForm)
        return forms.AssessForm(*posted(request), today=point.supervision.school.today(), shown=shown)

    template = "principles/supervision/point_assess.html"
    return _of_point(request, pk, actions.assess_point, form_of, template, _("Saved."))


@page(open_to=rules.overseers)
@WRITES
def point_ask(request, pk):
    template, said = "principles/supervision/point_ask.html", _("Asked. The head is told.")
    return _of_point(request, pk, actions.ask_more, lambda point: forms.AskForm(*posted(request)), template, said)


@page(open_to=rules.overseers)
@require_POST
def point_done(request, pk):
    point = _point(request, pk)
    with refusals_shown(request):
        actions.follow_up_done(point, by=request.user)
        messages.success(request, _("It is marked as done."))
    return redirect(point)


@page(open_to=rules.overseers)
@WRITES
def further_tell(request, pk):
    related = ("point__clause", "point__supervision__school", "point__supervision__version__principle__school")
    question = get_object_or_404(FurtherQuestion.objects.visible_to(request.user).select_related(*related), pk=pk)
    require(actions.tell_more.may(request.user, question))
    form = forms.TellForm(*posted(request))
    if form.is_valid():
        with refusals_as(form):
            actions.tell_more(question, by=request.user, **form.cleaned_data)
            messages.success(request, _("Answered. The board is told."))
            return redirect(question)
    point = question.point
    shown = {"page": queries.point_page(point, point.supervision), "point": point, "question": question, "form": form}
    return render(request, "principles/supervision/further_tell.html", shown)


# What everybody may read


def _result(request, place, slug):
    principle = principle_seen(request, place, slug)
    result = queries.newest_result(principle, request.user)
    if result is None:
        raise Http404
    return result


@page(open_to=anyone, kept=MINUTE)
@require_safe
def result_show(request, place, slug):
    result = _result(request, place, slug)
    shown = {"result": result, "content": result.content, "principle": result.supervision.version.principle}
    return render(request, "principles/supervision/result_show.html", shown)


@page(open_to=anyone, kept=MINUTE)
@require_safe
def result_download(request, place, slug):
    result = _result(request, place, slug)
    content = bytes(result.file) or result_pdf(result.content, result.published_at)[0]
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{slug}-{result.number}.pdf"'
    return response
