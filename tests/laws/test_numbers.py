"""Law: numbers that people type are read by `portal.numbers`, never by the framework's own field."""

import ast
from types import SimpleNamespace

import pytest
from django import forms
from django.contrib import admin

from tests.laws.code import modules
from tests.laws.verdict import allow_none

THE_FRAMEWORKS = {"IntegerField", "DecimalField", "FloatField"}


def test_no_form_reads_a_number_by_itself():
    wrong = [
        f"{name}:{node.lineno} {ast.unparse(node)}"
        for name, tree in modules().items()
        if name != "portal.numbers"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in THE_FRAMEWORKS and ast.unparse(node.value) == "forms"
    ]

    allow_none(wrong, "{}: take the field from portal.numbers")


@pytest.mark.django_db
@pytest.mark.filterwarnings("ignore:The default scheme:DeprecationWarning")  # of an address's form field
def test_no_form_of_the_operators_reads_a_number_by_itself():
    request = SimpleNamespace(user=SimpleNamespace(has_perm=lambda name: True), GET={}, method="GET")
    wrong = []
    written = {model: window for model, window in admin.site._registry.items() if window.has_change_permission(request)}
    for model, window in written.items():
        for options in (window, *(inline(model, admin.site) for inline in window.inlines)):
            made = options.get_form(request) if options is window else options.get_formset(request).form
            wrong += [
                f"{model.__name__}.{name}"
                for name, field in made.base_fields.items()
                if type(field) in (forms.IntegerField, forms.DecimalField, forms.FloatField)
            ]

    assert len(written) > 3
    allow_none(wrong, "{} reads a number by itself: give the form a field from portal.numbers")
