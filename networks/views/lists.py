"""The organisers' board as a file for a spreadsheet: the homes that the page shows, and no more of them."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from networks import actions, exports, forms, queries, rules
from networks.views.finding import organised
from portal.access import page
from portal.text.sheets import XLSX


@page(open_to=rules.organisers)
@require_safe
def answers_csv(request, pk):
    return _file(exports.board_csv(_taken_along(request, pk)), "text/csv; charset=utf-8", "answers.csv")


@page(open_to=rules.organisers)
@require_safe
def answers_xlsx(request, pk):
    return _file(exports.board_xlsx(_taken_along(request, pk)), XLSX, "answers.xlsx")


def _taken_along(request, pk):
    gathering = organised(request, pk)
    board = queries.board_of(gathering, request.user)
    rows = queries.narrowing_of(board, forms.BoardForm(request.GET).chosen()).rows
    if request.method == "GET":  # to ask whether there is a file is not to take it along
        actions.export_answers(gathering, by=request.user, homes=len(rows))
    return rows


def _file(content, kind, name):
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
