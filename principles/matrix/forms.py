"""The shape of what is said of where what is written. Nothing here saves."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from portal.people.availability import SafeAddressField
from portal.people.overtaken import SeenForm
from portal.text import forms
from principles.matrix.models import MatrixRow, OtherSystem
from principles.matrix.queries import EMPTY, systems_of

Matter = MatrixRow.Matter


class MatrixForm(SeenForm):
    """Four fields for each matter. Empty ones are not used, and nobody has to write that."""

    use_required_attribute = False

    def __init__(self, *args, school, begins=None, **kwargs):
        super().__init__(*args, **kwargs)
        systems = systems_of(school)
        for matter in Matter:
            self.fields[f"{matter}_system"] = forms.ModelChoiceField(
                systems, label=_called(matter, _("system")), required=False, empty_label=_("None of these")
            )
            self.fields[f"{matter}_where"] = _words(matter, _("where"), 200)
            self.fields[f"{matter}_who"] = _words(matter, _("who writes"), 100)
            self.fields[f"{matter}_how_often"] = _words(matter, _("how often"), 100)
        self.initial |= _by_field(begins) if begins else {}

    @staticmethod
    def values_of(said):
        return _by_field({matter: said.get(matter, EMPTY) for matter in Matter.values})

    @property
    def groups(self):
        return [(matter.label, [self[f"{matter}_{name}"] for name in EMPTY]) for matter in Matter]

    def clean(self):
        said = super().clean()
        rows = {matter: {name: said.pop(f"{matter}_{name}", None) for name in EMPTY} for matter in Matter.values}
        for matter, row in rows.items():
            if (row["who"] or row["how_often"]) and not (row["system"] or row["where"]):
                self.add_error(f"{matter}_where", _("Say where, or leave all of this matter empty."))
        return said | {"rows": {key: row for key, row in rows.items() if row["system"] or row["where"]}}


def _called(matter, what):
    return format_lazy("{matter}: {what}", matter=matter.label, what=what)


def _words(matter, what, longest):
    return forms.CharField(label=_called(matter, what), max_length=longest, required=False)


def _by_field(said):
    return {f"{matter}_{name}": value for matter, row in said.items() for name, value in row.items()}


class SystemForm(SeenForm):
    name = forms.CharField(label=OtherSystem._meta.get_field("name").verbose_name, max_length=60)
    address = SafeAddressField(
        label=OtherSystem._meta.get_field("address").verbose_name,
        help_text=_("The page where families sign in. It begins with https://."),
        max_length=300,
        assume_scheme="https",
    )

    @classmethod
    def values_of(cls, system):
        return {name: getattr(system, name) for name in cls.base_fields}

    def clean_name(self):
        return " ".join(self.cleaned_data["name"].split())
