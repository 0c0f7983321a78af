"""The shape of a subject, and of what is written about a class in it. Nothing here saves."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conferences.models import Subject, SubjectInput
from portal.people.overtaken import SeenForm
from portal.text import forms

GRADES = range(1, 11)
MOST = SubjectInput._meta.get_field("text").max_length


class SubjectForm(SeenForm):
    use_required_attribute = False

    name = forms.CharField(label=gettext_lazy("Subject"), max_length=Subject._meta.get_field("name").max_length)
    grades = forms.TypedMultipleChoiceField(
        label=gettext_lazy("In which grades?"),
        coerce=int,
        choices=[(grade, str(grade)) for grade in GRADES],
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "sb-inline"}),
    )

    @staticmethod
    def values_of(subject):
        return {"name": subject.name, "grades": subject.grades}


class SubjectTextsForm(SeenForm):
    use_required_attribute = False

    def __init__(self, *args, rows, **kwargs):
        super().__init__(*args, **kwargs)
        self.pupils = {}
        for row in rows:
            if row.taken_by:
                continue
            name = f"pupil_{row.pupil.pk}"
            self.pupils[name] = row.pupil
            self.fields[name] = forms.CharField(
                label=row.pupil.full_name,
                help_text=_("Nobody has written in this subject this year.") if row.is_gap else "",
                max_length=MOST,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    @staticmethod
    def values_of(rows):
        return {f"pupil_{row.pupil.pk}": row.text for row in rows if not row.taken_by}

    def clean(self):
        values = super().clean()
        values["texts"] = [(pupil, values.get(name, "")) for name, pupil in self.pupils.items()]
        return values


def taken(rows):
    return [
        _("%(teacher)s has written about %(child)s.")
        % {"teacher": row.taken_by.full_name, "child": row.pupil.full_name}
        for row in rows
        if row.taken_by
    ]
