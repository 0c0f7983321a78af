"""Law: every field of every model of ours is personal or plain, and a human has said which."""

import pytest
from django.apps import apps

from tests.laws.code import PACKAGES
from tests.laws.verdict import allow_none


def models():
    return [model for model in apps.get_models() if model.__module__.split(".")[0] in PACKAGES]


@pytest.mark.parametrize("model", models(), ids=lambda model: model._meta.label)
def test_every_field_is_classified(model):
    fields = {field.name for field in (*model._meta.fields, *model._meta.many_to_many)}
    privacy = getattr(model, "Privacy", None)
    assert privacy, f"{model.__name__} has no class Privacy, which sorts its fields into personal and plain"
    both, said = privacy.personal & privacy.plain, privacy.personal | privacy.plain
    wrong = [
        *(
            f"{model.__name__}.{name} is in neither Privacy.personal nor Privacy.plain"
            for name in sorted(fields - said)
        ),
        *(f"{model.__name__}.{name} is no field: take it out of Privacy" for name in sorted(said - fields)),
        *(f"{model.__name__}.{name} is in both Privacy.personal and Privacy.plain" for name in sorted(both)),
    ]

    allow_none(wrong)
