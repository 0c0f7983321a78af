"""The page of a child for its guardians and, from the age of 12, for the child, and the same as a file."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.access import page
from portal.people.queries import child_page
from portal.people.rules import kin
from portal.standing import asked_once
from portal.text.sheets import XLSX, as_xlsx

WIDTHS = (32, 34, 48, 40, 20)


@page(open_to=kin)
@require_safe
def child_show(request, key):
    return render(request, "people/child_show.html", {"page": _found(request, key)})


@never_cache
@page(open_to=kin)
@require_safe
def child_file(request, key):
    found = _found(request, key)
    head = [_("Part"), _("When"), _("What"), _("More about it"), _("State")]
    content = as_xlsx(_("About the child"), head, [*_adults(found), *_lines(found)], widths=WIDTHS)
    answer = HttpResponse(content, content_type=XLSX)
    answer["Content-Disposition"] = 'attachment; filename="child.xlsx"'
    return answer


def _found(request, key):
    with asked_once():
        found = child_page(request.user, key)
    if found is None:
        raise Http404
    return found


def _adults(found):
    title = found.sections["adults"].title
    return [[title, "", adult.name, ", ".join(adult.roles), ""] for adult in found.adults]


def _lines(found):
    return [
        [section.title, line.said, line.what, line.detail, line.word]
        for section in found.sections.values()
        for line in section.lines
    ]
