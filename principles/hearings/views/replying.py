"""What people wrote is sorted under themes, each theme gets a reply, and the hearing is closed."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.access import WRITES, page, require
from portal.actions import refusals_as, refusals_shown
from portal.forms import posted
from portal.people.overtaken import Shown
from portal.text.sheets import XLSX
from principles.hearings import actions, pack
from principles.hearings.forms import ReplyForm, SortForm, ThemeForm
from principles.hearings.models import Theme
from principles.hearings.queries import ALL, LOOSE, answers_shown
from principles.hearings.views.arranging import hearing_led
from principles.late import gives_back
from principles.rules import writers


def _answered(request, pk):
    """404 until the days are over: nobody reads an answer before, whoever they are."""
    hearing = hearing_led(request, pk)
    if not hearing.is_answered and not hearing.closed_at:
        raise Http404
    return hearing


@page(open_to=writers)
@WRITES
def answer_list(request, pk):
    hearing = _answered(request, pk)
    themes = list(hearing.themes.all())
    under = request.GET.get("under", ALL if hearing.closed_at else LOOSE)
    if under not in (ALL, LOOSE, *(str(theme.pk) for theme in themes)):
        raise Http404
    shown = answers_shown(hearing, under, request.GET.get("page"))
    form = SortForm(*posted(request), hearing=hearing, shown=shown.object_list)
    if form.is_valid():
        with refusals_as(form):
            actions.sort_answers(hearing, by=request.user, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect(request.get_full_path())
    context = {"hearing": hearing, "page": shown, "themes": themes, "under": under, "form": form}
    return render(request, "principles/hearings/answer_list.html", context)


@page(open_to=writers)
@WRITES
@gives_back("title")
def theme_add(request, pk):
    hearing = _answered(request, pk)
    form = ThemeForm(*posted(request))
    if form.is_valid():
        with refusals_as(form):
            actions.add_theme(hearing, by=request.user, **form.cleaned_data)
            return redirect("principles:answer_list", hearing.pk)
    return render(request, "principles/hearings/theme_add.html", {"hearing": hearing, "form": form})


def _theme(request, pk):
    theme = get_object_or_404(Theme.objects.led_by(request.user), pk=pk)
    theme.hearing = _answered(request, theme.hearing_id)
    return theme


@page(open_to=writers)
@WRITES
@gives_back("title", "reply", "wording")
def theme_reply(request, pk):
    """Once it is published its words can be corrected."""
    theme = _theme(request, pk)
    corrects = "corrects" in request.POST or (request.method == "GET" and bool(theme.hearing.closed_at))
    save = actions.correct_reply if corrects else actions.reply_to_theme
    before = Shown(theme, ReplyForm.values_of, locks=(theme.hearing,))
    form = ReplyForm(*posted(request), version=theme.hearing.version, corrects=corrects, shown=before)
    if form.is_valid():
        with refusals_as(form):
            save(theme, by=request.user, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("principles:hearing_arrange", theme.hearing_id)
    shown = {"theme": theme, "hearing": theme.hearing, "form": form, "answers": theme.answers.count()}
    return render(request, "principles/hearings/theme_reply.html", shown)


@page(open_to=writers)
@require_POST
def theme_remove(request, pk):
    theme = _theme(request, pk)
    with refusals_shown(request):
        actions.remove_theme(theme, by=request.user)
        messages.success(request, _("The theme is gone."))
    return redirect("principles:hearing_arrange", theme.hearing_id)


@page(open_to=writers)
@require_POST
def hearing_close(request, pk):
    hearing = _answered(request, pk)
    require(actions.close_hearing.may(request.user, hearing))
    with refusals_shown(request):
        actions.close_hearing(hearing, by=request.user)
        messages.success(request, _("Published. Everybody who answered gets the replies to what they wrote."))
        return redirect(hearing)
    return redirect("principles:hearing_arrange", pk)


@page(open_to=writers)
@require_safe
def pack_pdf(request, pk):
    hearing = _answered(request, pk)
    return _file(pack.pdf_of(hearing), "application/pdf", f"hearing-{hearing.pk}.pdf")


@page(open_to=writers)
@require_safe
def pack_xlsx(request, pk):
    hearing = _answered(request, pk)
    return _file(pack.xlsx_of(hearing), XLSX, f"hearing-{hearing.pk}.xlsx")


def _file(content, kind, name):
    return HttpResponse(content, kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
