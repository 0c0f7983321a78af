"""Law: no text comes in with signs that cannot be seen, by no field of a form, of a model, or of an imported file."""

import ast
import csv
import inspect
import io
import re
from importlib import import_module

import pytest
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db.models import CharField, TextField
from django.forms import BaseForm
from django.forms import CharField as Typed

from portal.rosters.reading import read_roster
from portal.text import clean, one_line
from portal.text.forms import Cleaned as CleanedForm
from portal.text.models import Cleaned
from principles.outline import read_outline
from tests.laws.code import PACKAGES, files, modules
from tests.laws.test_privacy import models
from tests.laws.verdict import allow_none
from tests.portal.rosters.conftest import FILES

FIVE = ["\ue000", "\u2066", "\U000f0000", "\U000e0041", "\u2028"]
UNSEEN = [
    *map(chr, {*range(0x20), *range(0x7F, 0xA0)} - {0x0A}),
    *"\u00ad\u061c\u200b\u200e\u200f\u202a\u202e\u2060\u2066\u2069\u2028\u2029\u3164\ufeff\ufff9\uffff\ud800\udfff",
    *"\ue000\ue001\uf8ff\U000f0000\U0010fffd\U000e0001\U000e0041\U000e007f",
]
UNCHANGED = [
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


@pytest.mark.parametrize("text", UNCHANGED)
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
    assert isinstance(field, Cleaned), f"{name} takes what nobody sees: from portal.text import models"
    stored = field.get_prep_value("".join(UNSEEN))
    read = field.from_db_value(stored, None, None) if hasattr(field, "from_db_value") else stored
    assert not (read or "").strip()


FORMS = {
    thing
    for name in files()
    if "forms" in name.split(".")
    for thing in vars(import_module(name)).values()
    if inspect.isclass(thing) and issubclass(thing, BaseForm) and thing.__module__.split(".")[0] in PACKAGES
}
DRAWN = ("portal.text", "portal.numbers", "portal.forms", "portal.templatetags")  # the fields, and what draws them
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
    assert not field.to_python("".join(UNSEEN).replace("\0", "")).strip()
    with pytest.raises(ValidationError):
        field.run_validators("a\0b")


def test_the_fields_of_forms_are_ours_also_where_a_form_makes_them_as_it_goes():
    wrong = [
        f"{name} imports forms from Django"
        for name, tree in modules().items()
        if not name.startswith(DRAWN)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        and ((node.module or "").startswith("django.forms") or (node.module, node.names[0].name) == ("django", "forms"))
    ]

    allow_none(wrong, "{}: take the fields from portal.text")


def read(folder, files, sign=""):
    folder.mkdir()
    for name, text in files.items():
        head, *rows = csv.reader(io.StringIO(text))
        with (folder / name).open("w", newline="") as file:
            csv.writer(file).writerows([head, *([cell + sign for cell in row] for row in rows)])
    said = vars(read_roster(folder))
    return said | {"notes": [problem.text for problem in said["notes"].warnings]}


@pytest.mark.parametrize("sign", FIVE, ids=ascii)
def test_a_roster_in_tables_reads_as_if_such_signs_were_not_there(tmp_path, sign):
    assert read(tmp_path / "dirty", FILES, sign) == read(tmp_path / "clean", FILES)


PIFU = """<enterprise xmlns="http://x"><properties><datasource>A</datasource></properties>
<group><sourcedid><id>s1</id></sourcedid><grouptype><typevalue>skole</typevalue></grouptype>
<description><short>Lia{0} skole</short></description></group>
<person><sourcedid><id>p1</id></sourcedid><name><n><family>Vik{0}</family><given>A\u030ase</given></n></name></person>
<membership><sourcedid><id>s1{0}</id></sourcedid><member><sourcedid><id>p1</id></sourcedid><role roletype="01"/></member>
</membership></enterprise>"""


@pytest.mark.parametrize("sign", FIVE, ids=ascii)
def test_a_roster_in_xml_reads_as_if_such_signs_were_not_there(tmp_path, sign):
    (tmp_path / "roster.xml").write_text(PIFU.format(sign))

    roster = read_roster(tmp_path / "roster.xml")

    assert roster.persons["p1"][1:3] == ("Åse", "Vik")
    assert roster.schools["s1"].name == one_line(f"Lia{sign} skole")
    assert roster.pupils == {"p1"}


@pytest.mark.parametrize("sign", FIVE, ids=ascii)
def test_a_principle_is_read_without_such_signs(sign):
    text = f"Samarbeid{sign}\n\nSkolen skal:\n• svare{sign} foreldre\n• møte A\u030ase\n"

    said = read_outline(text).as_text()

    assert "svare foreldre" in " ".join(said.split())
    assert "Åse" in said
    assert clean(said) == said


SHEETS = {("writer", "csv"), ("DictWriter", "csv")}
ROSTERS = ("portal.rosters.staging", "portal.rosters.generating")  # for the database, and in its own form


def test_sheets_are_written_in_one_place():
    wrong = [
        f"{name} writes sheets of its own"
        for name, tree in modules().items()
        if name not in (*ROSTERS, "portal.text.sheets")
        for node in ast.walk(tree)
        if (isinstance(node, ast.Attribute) and (node.attr, getattr(node.value, "id", "")) in SHEETS)
        or (isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "openpyxl")
    ]

    allow_none(wrong, "{}: write them with portal.text.sheets")
