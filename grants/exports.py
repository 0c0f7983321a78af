"""Lists that leave the portal: the cases of a school year, the list of awards, the empty form."""

from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404
from django.utils.translation import gettext as _

from grants.forms import ApplicationForm
from grants.models import GrantScheme
from grants.queries import Line, YearCases, case_years, cases_of
from portal.people.models import Person
from portal.speech import dated
from portal.text.sheets import as_csv, as_xlsx

A_PAGE = 50


def chosen(person: Person, asked: dict) -> dict:
    """The cases of the school year asked for, or of the newest, filtered as asked, and the page of it;
    totals are of all pages. 404 for a year that is not the person's to read."""
    years, key = case_years(person), asked.get("year", "")
    year = next((year for year in years if year.key == key), None if key else next(iter(years), None))
    if year is None:
        raise Http404
    whole = cases_of(year, person)
    filters = filters_of(whole, asked)
    lines = [line for line in whole.lines if all(one.lets(line) for one in filters)]
    said = {"year": year.key} | {one.name: one.value for one in filters if one.value}
    return {
        "years": years,
        "cases": replace(whole, lines=lines),
        "page": Paginator(lines, A_PAGE).get_page(asked.get("page")),
        "filters": filters,
        "is_filtered": any(one.value for one in filters),
        "query": urlencode(said),
    }


@dataclass(frozen=True)
class Filter:
    """One choice above the list, among what stands in it; an unknown value is no choice."""

    name: str
    label: str
    read: object
    choices: list[str]
    value: str

    def lets(self, line):
        return not self.value or self.read(line) == self.value


def filters_of(whole: YearCases, asked: dict) -> list[Filter]:
    reads = [
        ("class", _("Class"), lambda line: line.application.school_class.name),
        ("result", _("Result"), lambda line: str(line.application.outcome)),
    ]
    if whole.year.school is None:
        reads.insert(0, ("school", _("School"), lambda line: line.application.school.name))
    for number, column in enumerate(whole.columns):
        if column.chosen:
            reads.append((f"column-{number}", str(column.heading), _words_of(number)))
    return [_filter(whole, asked, *one) for one in reads]


def _words_of(number):
    return lambda line: line.cells[number].words


def _filter(whole, asked, name, label, read):
    choices = sorted({read(line) for line in whole.lines} - {""})
    value = asked.get(name, "")
    return Filter(name, label, read, choices, value if value in choices else "")


def cases_csv(cases: YearCases) -> str:
    """For the archive and the accounts: no account number, nobody's name."""
    return as_csv(_case_head(cases), _case_rows(cases))


def cases_xlsx(cases: YearCases) -> bytes:
    head = _case_head(cases)
    return as_xlsx(_("Register"), head, _case_rows(cases), widths=[16] * len(head))


def _case_head(cases):
    return [
        *([] if cases.year.school else [_("School")]),
        *_own_head(),
        *(
            _("%(column)s, kroner") % {"column": one.heading} if one.money else str(one.heading)
            for one in cases.columns
        ),
    ]


def _own_head():
    return [
        _("Case number"),
        _("Journal number"),
        _("Class"),
        _("Gathering"),
        _("Sent"),
        _("Applied for, kroner"),
        _("Result"),
        _("Awarded, kroner"),
        _("Decided"),
    ]


def _case_rows(cases):
    if cases.year.school:
        return [_case_row(line) for line in cases.lines]
    return [[line.application.school.name, *_case_row(line)] for line in cases.lines]


def _case_row(line):
    application = line.application
    return [
        application.case_number,
        application.journal_number,
        application.school_class.name,
        application.gathering.title,
        _day(application.submitted_at, application.school),
        _kroner(application.amount_requested),
        application.outcome,
        _kroner(line.awarded),
        _day(application.newest_at, application.school),
        *(_plain(cell) for cell in line.cells),
    ]


def _plain(cell):
    if cell.is_money:
        return _kroner(cell.value)
    return cell.value.isoformat() if isinstance(cell.value, date) else cell.value or ""


def awards_csv(lines: list[Line]) -> str:
    """For the board and the parents' council: nobody's name."""
    head = [_("School"), _("Class"), _("Day of the gathering"), _("Awarded, kroner")]
    rows = [
        [
            line.application.school.name,
            line.application.school_class.name,
            _day(line.application.gathering.starts_at, line.application.school),
            _kroner(line.awarded),
        ]
        for line in lines
    ]
    return as_csv(head, rows)


def _kroner(ore):
    return "" if ore is None else f"{ore // 100}" if ore % 100 == 0 else f"{ore / 100:.2f}"


def _day(moment, school):
    return moment.astimezone(school.zone).date().isoformat() if moment else ""


def empty_form(scheme: GrantScheme, language: str) -> dict:
    form = ApplicationForm(scheme=scheme, country=scheme.country)
    by_hand = [_question(_("School and class"), 1), _question(_("Name, e-mail and phone of the class contact"), 2)]
    by_hand += [_question(_("The gathering: what, when and where"), 2)]
    return {
        "language": language,
        "title": scheme.title,
        "lines": [
            _("For class contacts. Hand it in to the principal of your school."),
            _("You can apply until %(day)s.") % {"day": dated(scheme.closes_on)},
            *scheme.conditions_in_words(),
        ],
        "questions": by_hand + [_asked(field) for field in form] + [_question(_("Date and signature"), 1)],
    }


def _question(label, lines):
    return {"label": label, "help": "", "choices": [], "lines": lines}


def _asked(bound):
    choices = [str(label) for _value, label in getattr(bound.field, "choices", [])]
    rows = int(bound.field.widget.attrs.get("rows", 1))
    return {
        "label": str(bound.label),
        "help": "" if bound.name == "terms" else str(bound.help_text),  # the conditions stand above
        "choices": choices or ([_("Yes")] if bound.name == "terms" else []),
        "lines": rows,
    }
