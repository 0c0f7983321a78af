"""The office enters what came on paper."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from grants.models.files import MOST_BYTES
from grants.paper import actions, queries
from grants.paper.forms import PaperForm
from portal.access import MEGABYTE, WRITES, page, require
from portal.actions import refusals_as
from portal.forms import posted
from portal.people.models import SchoolClass, keys_of
from portal.people.rules import office
from portal.uploads import takes_files


@page(open_to=office)
@require_safe
def paper_list(request):
    return render(request, "grants/paper/paper_list.html", {"classes": queries.classes_to_enter(request.user)})


@page(open_to=office, body=60 * MEGABYTE)  # a file that is too large is named beside its field
@WRITES
@takes_files(MOST_BYTES)
def paper_enter(request, pk):
    run = SchoolClass.objects.filter(school__in=keys_of.schools_run(request.user)).select_related("school")
    school_class = get_object_or_404(run, pk=pk)
    require(actions.enter_paper.may(request.user, school_class))
    scheme = queries.scheme_for(school_class.school)
    if scheme is None:
        raise Http404
    contacts = queries.elected_in(school_class)
    form = PaperForm(
        *posted(request),
        scheme=scheme,
        school=school_class.school,
        contacts=contacts,
        gatherings=queries.gatherings_of(school_class),
        initial={"amount_requested": scheme.amount, "reply_language": school_class.school.language_form},
    )
    if form.is_valid():
        with refusals_as(form):
            actions.enter_paper(school_class, by=request.user, **form.cleaned_data)
            messages.success(request, _("The application is entered. The class contacts and whoever decides are told."))
            return redirect("grants:paper_list")
    form.ask_for_files_again()
    shown = {"form": form, "school_class": school_class, "scheme": scheme, "has_contacts": contacts.exists()}
    return render(request, "grants/paper/paper_enter.html", shown)
