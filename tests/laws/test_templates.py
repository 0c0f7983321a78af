"""Law: a page is named as its view, a fragment begins with an underscore, no template has script or style inside, and no
line is longer than one can read."""

import re

import pytest
from django.template.loader import get_template

from tests.laws.code import ROOT, python_files, templates
from tests.laws.verdict import allow_none

OTHERS = {"account", "allauth", "mfa", "socialaccount", "usersessions", "django", "designsystemet", "parts"}
INLINE = re.compile(r"\sstyle=|\son[a-z]+=\"|<style|<script(?![^>]*\b(src=|type=\"application/json\"))")
MAIL = {"mail.html"}  # mail programs read no style sheet
LONGEST = 160
DRAWING = re.compile(r"<svg\b.*?</svg>", re.DOTALL)  # a path is numbers: nobody reviews it line by line


def ours():
    return [path for path in templates() if path.relative_to(ROOT / "templates").parts[0] not in OTHERS]


@pytest.mark.parametrize("path", templates(), ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_a_template_can_be_read_and_holds_no_script_or_style(path):
    get_template(str(path.relative_to(ROOT / "templates")))

    found = INLINE.search(path.read_text())
    assert path.name in MAIL or not found, f"{path.name} has {found[0]!r} inside: it belongs in static/"


def test_no_line_is_too_long_to_review():
    """What stands in <svg> is left out. Where a line may be broken: after a tag of a block, between attributes, at a space
    that is there already, and anywhere inside `{% blocktranslate trimmed %}`; never between two words of a line that touch."""
    wrong = [
        (f"{path.relative_to(ROOT)}:{number}", len(line))
        for path in templates("*.*")
        for number, line in enumerate(DRAWING.sub(lines_of, path.read_text()).splitlines(), 1)
        if len(line) > LONGEST
    ]

    allow_none(wrong, f"{{}} has {{}} signs, at most {LONGEST}; break it after a block tag")


def lines_of(drawing):
    """Nothing but the ends of its lines, so that the lines below keep their numbers."""
    return "\n" * drawing[0].count("\n")


BARE = re.compile(r"\{\{\s*\w+\.non_field_errors\s*\}\}")


def test_what_a_form_refuses_is_shown_in_a_frame():
    """A bare list has no heading, no focus and no way to the field."""
    wrong = [path.relative_to(ROOT) for path in templates() if BARE.search(path.read_text())]

    allow_none(wrong, "{}: include designsystemet/errors.html, or load crispy's as_crispy_errors")


def test_a_note_ends_on_its_line():
    """Django shows a `{# note #}` that goes on to the next line to everybody; a longer one is `{% comment %}`."""
    wrong = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in templates("*.*")
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if line.count("{#") != line.count("#}") and path.suffix == ".html"
    ]

    allow_none(wrong, "{}: end the note on its line, or make it a {{% comment %}}")


def test_no_template_is_forgotten():
    code = "\n".join(path.read_text() for path in (*python_files("*.py"), *templates("*.*")))
    names = [str(path.relative_to(ROOT / "templates")) for path in ours()]

    forgotten = [name for name in names if f'"{name}"' not in code and "/" in name]

    allow_none(forgotten, "templates/{} is named by no view and no template: delete it")


def test_libraries_are_loaded_one_a_line_in_order():
    wrong = []
    for path in ours():
        loads = re.findall(r"^\{% load (.+) %\}$", path.read_text(), re.MULTILINE)
        if loads != sorted(loads) or any(" " in load for load in loads):
            wrong.append(path.relative_to(ROOT))

    allow_none(wrong, "{}: one {{% load %}} a line, in the order of the alphabet")


BLOCK = re.compile(r"\{% block (\w+) %\}(.*?)\{% endblock %\}", re.DOTALL)
GIVEN = re.compile(r"\bas(?:var)? (\w+)|\b(\w+)=|for (?:\w+, )?(\w+) in")
LINKED = re.compile(r"href=\"\{\{ (\w+) \}\}\"")


def test_a_link_leads_somewhere():
    """What one block says is unknown in the next: there the address would be empty, and the link lead to the page itself."""
    wrong = []
    for path in ours():
        parts = [words for _name, words in BLOCK.findall(path.read_text())]
        blocks = [(words, {name for names in GIVEN.findall(words) for name in names}) for words in parts]
        for words, given in blocks:
            elsewhere = {name for _words, names in blocks for name in names} - given
            wrong += [(path.relative_to(ROOT), name) for name in LINKED.findall(words) if name in elsewhere]

    allow_none(wrong, "{}: {{{{ {} }}}} is said in another block and empty here")


INCLUDED = re.compile(r"\{% include \"([^\"]+)\"([^%]*)%\}")


def holds_a_form(name, texts):
    """Whether a fragment, or one that it includes, posts something."""
    text = texts.get(name, "")
    return "csrf_token" in text or any(holds_a_form(inner, texts) for inner, _given in INCLUDED.findall(text))


def test_a_fragment_with_a_form_is_given_the_whole_context():
    """Django leaves the form's own mark out of a context that holds `only` what is named: then nothing can be sent."""
    texts = {str(path.relative_to(ROOT / "templates")): path.read_text() for path in templates()}
    wrong = [
        f"{name} includes {inner}, which has a form: leave out `only`"
        for name, text in texts.items()
        for inner, given in INCLUDED.findall(text)
        if given.split()[-1:] == ["only"] and "csrf_token=" not in given and holds_a_form(inner, texts)
    ]

    allow_none(wrong)
