"""Laws: a day is the one on the wall of the school. Moments come in UTC, where it is yesterday for another hour or two.
And days are counted on days: 90 days before a moment of winter are an hour off in summer, near midnight another day.
They become words in `portal.speech` alone, which puts a moment into its zone first: Django's own `date_format` does not."""

import ast
import re

import pytest

from tests.laws.code import ROOT, modules, templates
from tests.laws.verdict import allow_none

ON_THE_WALL = ("localtime", "astimezone", "school.zone", "_local(")
LISTED = {
    "portal.speech._say_day": "gets what `_local` has put into the zone",
}


def test_no_day_is_read_from_a_moment_in_utc():
    found = {name for module, tree in modules().items() for name in days_of_moments(module, tree)}

    allow_none(
        found - LISTED.keys(), "{} reads a day from a moment in UTC: put it into a zone first (timezone.localdate)"
    )
    allow_none(LISTED.keys() - found, "{} reads none any more: take it out of LISTED")


def days_of_moments(module, tree):
    """Functions with `x.date()` that never put a moment into a zone."""
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef) or any(word in ast.unparse(function) for word in ON_THE_WALL):
            continue
        if any(is_a_day(node) for node in ast.walk(function)):
            yield f"{module}.{function.name}"


def is_a_day(node):
    return (
        isinstance(node, ast.Call)
        and not node.args
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "date"
    )


def test_days_are_counted_on_days():
    found = {
        f"{module}: {ast.unparse(node)}"
        for module, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).split(".")[-1] == "localdate"
        and node.args
        and isinstance(node.args[0], ast.BinOp)
    }

    allow_none(found, "{} moves the moment: take its day first, then count (clocks change in between)")


def test_tests_move_to_an_hour_on_the_wall_of_today():
    """At half past eleven in the evening noon in UTC is yesterday's. And on 29 February nothing has a year before."""
    found = {
        f"{path.relative_to(ROOT)}: {ast.unparse(node)}"
        for path in sorted((ROOT / "tests").rglob("*.py"))
        if ".replace(" in (text := path.read_text())
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "timezone.now().replace"
        if {"hour", "day", "month", "year"} & {one.arg for one in node.keywords}
    }

    allow_none(found, "{}: take timezone.localtime().replace(hour=12), or a number of days ago")


def test_tests_ask_what_day_it_is_when_they_run():
    """They may be read before midnight and run after it."""
    found = {
        f"{path.relative_to(ROOT)}: {ast.unparse(node)}"
        for path in sorted((ROOT / "tests").rglob("*.py"))
        if any(word in (text := path.read_text()) for word in ("localdate()", "today()"))
        for node in asked_while_read(ast.parse(text))
    }

    allow_none(found, "{} is asked when the file is read: ask in the test, or in a function")


def asked_while_read(tree):
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef):
            held = [*node.decorator_list, *node.args.defaults, *filter(None, node.args.kw_defaults)]
            yield from (one for part in held for one in [part, *asked_while_read(part)] if asks_for_the_day(one))
        elif not isinstance(node, ast.Lambda):
            yield from [node] if asks_for_the_day(node) else []
            yield from asked_while_read(node)


def asks_for_the_day(node):
    return isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in ("localdate", "today")


# In words

SPEECH = "portal.speech"
SAYS_DAYS = re.compile(
    r"django\.utils\.(formats|dateformat|timesince)\b|django\.contrib\.humanize\b"
    r"|django\.template\.defaultfilters\.(date|time|timesince|timeuntil)$"
)
WORDED = re.compile(r"%-?[aAbBcpxX]")  # of strftime: names of days and months, in the language of the machine
FILTER = re.compile(
    r"""\|\s*(?P<name>date|time|timesince|timeuntil|naturalday|naturaltime)\b(?!\s*=)(?:\s*:\s*(?P<how>"[^"]*"|'[^']*'|[\w.]+))?"""
)
NOW = re.compile(r"\{%\s*now\b")
FOR_MACHINES = {
    "c": "the attribute of a <time>",
    "Y-m-d": "a day in an address or a field",
}


def test_days_become_words_in_one_place():
    found = {(name, what) for name, tree in modules().items() if name != SPEECH for what in said_by(tree)}

    allow_none(found, "{} says days by {}: take the words from portal.speech, or add them there")


def said_by(tree):
    """What a tree says days with: Django's formats, or words of strftime."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if SAYS_DAYS.match(alias.name))
        elif isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (name for name in names if SAYS_DAYS.match(name))
        elif isinstance(node, ast.FormattedValue) and node.format_spec and WORDED.search(ast.unparse(node.format_spec)):
            yield ast.unparse(node)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "strftime":
            yield from (ast.unparse(node) for argument in node.args if WORDED.search(ast.unparse(argument)))


def test_templates_take_the_words_for_days_from_the_same_place():
    found = {
        (path.relative_to(ROOT), number, what)
        for path in templates("*.*")
        for number, line in enumerate(path.read_text().splitlines(), 1)
        for what in said_on(line)
    }

    allow_none(found, "{}:{} says a day by {}: use a filter of portal.speech (day, when, dated, month, ...)")


def said_on(line):
    yield from (one[0] for one in FILTER.finditer(line) if (one["how"] or "").strip("\"'") not in FOR_MACHINES)
    yield from (one[0] for one in NOW.finditer(line))


@pytest.mark.parametrize(
    "code",
    [
        "from django.utils.formats import date_format",
        "from django.utils import formats, timezone",
        "import django.utils.dateformat",
        "from django.template.defaultfilters import date",
        "f'{day:%A}'",
        "f'{day:%-d %B}'",
        "day.strftime('%d %b')",
    ],
)
def test_the_law_sees_words_in_code(code):
    assert list(said_by(ast.parse(code)))


@pytest.mark.parametrize(
    "code",
    [
        "from django.utils import timezone",
        "from django.template.defaultfilters import filesizeformat",
        "f'{day:%Y-%m-%d} {money:,}'",
        "day.strftime('%H:%M')",
    ],
)
def test_the_law_lets_formats_for_machines_be(code):
    assert not list(said_by(ast.parse(code)))


@pytest.mark.parametrize(
    "line",
    [
        '{{ day|date:"DATE_FORMAT" }}',
        "{{ day|date }}",
        "{{ day|date:'D j' }}",
        "{{ day|date:how|capital }}",
        '{% with at=day | date : "F Y" %}',
        "{{ at|timesince }}",
        '{{ at|time:"H:i" }}',
        '{% now "Y" %}',
    ],
)
def test_the_law_sees_words_in_templates(line):
    assert list(said_on(line))


@pytest.mark.parametrize(
    "line", ['{{ at|date:"c" }}', "{% url 'x' day|date:'Y-m-d' %}", "{{ at|dated }}", "{{ day|day }}"]
)
def test_the_law_lets_templates_write_for_machines(line):
    assert not list(said_on(line))
