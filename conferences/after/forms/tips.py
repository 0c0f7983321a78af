"""The shape of a tip for help at home, and of choosing among many. Nothing here saves."""

from django.utils.translation import gettext_lazy as _

from conferences.forms.fields import words
from conferences.models import Subject, Tip
from conferences.models.tips import FIRST_GRADE, LAST_GRADE
from portal.people.overtaken import SeenForm
from portal.text import forms

GRADES = [(grade, str(grade)) for grade in range(FIRST_GRADE, LAST_GRADE + 1)]


def _grade(name, initial):
    label = Tip._meta.get_field(name).verbose_name
    return forms.TypedChoiceField(label=label, choices=GRADES, coerce=int, initial=initial)


class TipForm(SeenForm):
    use_required_attribute = False

    title = words(
        Tip, "title", required=True, help_text=_("What to do, in a few words. For example: Read aloud together.")
    )
    how = words(Tip, "how", rows=3, required=True, help_text=_("What does the family do, how often, and for how long?"))
    why = words(Tip, "why", rows=3, required=True, help_text=_("A family that knows why keeps it up longer."))
    subject = forms.ModelChoiceField(label=_("Subject"), queryset=None, required=False, empty_label=_("Every subject"))
    first_grade = _grade("first_grade", FIRST_GRADE)
    last_grade = _grade("last_grade", LAST_GRADE)

    def __init__(self, *args, school, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["subject"].queryset = Subject.objects.filter(school=school)
        self.fields["subject"].depends = True

    @classmethod
    def values_of(cls, tip):
        return {name: getattr(tip, name) for name in cls.base_fields}

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("first_grade"), cleaned.get("last_grade")
        if first and last and last < first:
            self.add_error("last_grade", _("Choose the same grade or a higher one."))
        return cleaned


class TipFilter(forms.Form):
    """Which tips to show. An invalid value filters nothing."""

    use_required_attribute = False

    subject = forms.ModelChoiceField(label=_("Subject"), queryset=None, required=False, empty_label=_("Every subject"))
    grade = forms.TypedChoiceField(
        label=_("Grade"), choices=[("", _("Every grade")), *GRADES], coerce=int, empty_value=None, required=False
    )

    def __init__(self, *args, school, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["subject"].queryset = Subject.objects.filter(school=school)
        for field in self.fields.values():
            field.depends = True

    def limits(self):
        return self.cleaned_data if self.is_valid() else {}
