"""Law: no text comes in with signs that cannot be seen, by no field of a form, of a model, or of an imported file."""

import ast
import inspect
import re
from importlib import import_module

import pytest
from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, TextField
from django.forms import BaseForm
from django.forms import CharField as Typed

from portal.text import clean, one_line
from portal.text.forms import Cleaned as CleanedForm
from portal.text.models import Cleaned
from tests.laws.code import PACKAGES, modules
from tests.laws.test_privacy import models

UNSEEN = [
    *map(chr, {*range(0x20), *range(0x7F, 0xA0)} - {0x0A}),
    *"\u00ad\u061c\u200b\u200e\u200f\u202a\u202e\u2060\u2066\u2069\u2028\u2029\u3164\ufeff\ufff9\uffff\ud800\udfff",
    *"\ue000\ue001\uf8ff\U000f0000\U0010fffd\U000e0001\U000e0041\U000e007f",
]
KEPT = [
    "Åse Bjørnstad-Ñoño",
    "👩\u200d👧 og 👨\u200d👩\u200d👧\u200d👦 ❤\ufe0f",
    "می\u200cخواهم",  # Persian: two words' parts are held apart
    "ශ්\u200dරී",  # Sinhala: letters are held together
    "kr\u00a01\u202f000",
    "\U0001f1f3\U0001f1f4",
    "漢字 العربية עברית ไทย",
]


@pytest.mark.parametrize("sign", UNSEEN, ids=ascii)
def test_what_cannot_be_seen_is_taken_out(sign):
    assert re.fullmatch(r"a[ \n]*b", clean(f"a{sign}b"))
    assert re.fullmatch(r"a ?b", one_line(f"a{sign}b"))


@pytest.mark.parametrize("text", KEPT)
def test_what_people_write_stays(text):
    assert clean(text) == one_line(text) == text


def test_lines_end_alike_and_names_have_one_line():
    assert clean("a\r\nb\rc\u2028d\x85e\n\nf") == "a\nb\nc\nd\ne\n\nf"
    assert one_line("a \r\n\n b\u2029c") == "a b c"


def test_letters_are_composed():
    assert clean("A\u030ase") == one_line("A\u030ase") == "Åse"


def test_a_bullet_of_words_own_is_a_bullet():
    assert clean("\uf0b7 møte\n  \uf0a7\tsvare") == "• møte\n  •  svare"


def texts_of(model):
    for field in model._meta.concrete_fields:
        inner = field.base_field if isinstance(field, ArrayField) else field
        if isinstance(inner, CharField | TextField) and not field.generated and field.name != "password":
            yield inner


MODEL_FIELDS = [(f"{model.__name__}.{field.name}", field) for model in models() for field in texts_of(model)]


@pytest.mark.parametrize(("name", "field"), MODEL_FIELDS)
def test_a_model_stores_clean_text(name, field):
    assert isinstance(field, Cleaned)
    stored = field.get_prep_value("".join(UNSEEN))
    read = field.from_db_value(stored, None, None) if hasattr(field, "from_db_value") else stored
    assert not (read or "").strip()


FORMS = {
    thing
    for name in modules()
    if "forms" in name.split(".")
    for thing in vars(import_module(name)).values()
    if inspect.isclass(thing) and issubclass(thing, BaseForm) and thing.__module__.split(".")[0] in PACKAGES
}
FORM_FIELDS = sorted(
    [
        (f"{form.__name__}.{name}", field)
        for form in FORMS
        for name, field in form.base_fields.items()
        if isinstance(field, Typed) and name != "password"  # which is hashed as it was typed
    ],
    key=lambda pair: pair[0],
)


@pytest.mark.parametrize(("name", "field"), FORM_FIELDS)
def test_a_form_takes_clean_text(name, field):
    assert isinstance(field, CleanedForm)
    assert not field.to_python("".join(UNSEEN)).strip()


def test_the_fields_of_forms_are_ours_also_where_a_form_makes_them_as_it_goes():
    wrong = [
        f"{name} imports forms from Django"
        for name, tree in modules().items()
        if not name.startswith(("portal.text", "portal.templatetags"))  # which only draws them
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        and ((node.module or "").startswith("django.forms") or (node.module, node.names[0].name) == ("django", "forms"))
    ]

    assert wrong == []
