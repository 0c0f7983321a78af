"""Law: every field of every model of ours is personal or plain, and a human has said which."""

import pytest
from django.apps import apps

from tests.laws.code import PACKAGES


def models():
    return [model for model in apps.get_models() if model.__module__.split(".")[0] in PACKAGES]


@pytest.mark.parametrize("model", models(), ids=lambda model: model._meta.label)
def test_every_field_is_classified(model):
    fields = {field.name for field in (*model._meta.fields, *model._meta.many_to_many)}

    assert model.Privacy.personal | model.Privacy.plain == fields
    assert model.Privacy.personal & model.Privacy.plain == set()
