"""What the class contact and the contact teacher write into a monthly letter. Nothing here saves."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from networks.forms import label_of
from networks.models import ClassDigest
from networks.names.forms import TypedNamesForm
from portal.people.overtaken import SeenForm
from portal.text import forms

SOON = timedelta(days=3)


class DigestForm(SeenForm, TypedNamesForm):
    opening = forms.CharField(
        label=label_of(ClassDigest, "opening"),
        max_length=ClassDigest.OPENING,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("A line or two, or nothing. Do not name a child."),
    )
    left_out = forms.MultipleChoiceField(
        label=_("What do you leave out?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What you do not tick stands in the letter."),
    )
    read_by_all = ("opening",)
    field_order = ("opening", "not_names", "left_out")

    def __init__(self, *args, groups, **kwargs):
        super().__init__(*args, **kwargs)
        lines = [(line.key, f"{group.heading}: {line.text}") for group in groups for line in group.lines]
        self.fields["left_out"].choices = lines
        if not lines:
            del self.fields["left_out"]

    @classmethod
    def values_of(cls, digest):
        return {"opening": digest.opening, "left_out": digest.left_out}

    def clean(self):
        said = super().clean()
        said.setdefault("left_out", [])
        return said


class AskForm(SeenForm):
    until = forms.DateField(
        label=label_of(ClassDigest, "teacher_until"),
        widget=forms.DateInput,
        help_text=_("You can send it without, and sooner."),
    )

    def __init__(self, *args, school, **kwargs):
        self.school = school
        super().__init__(*args, initial={"until": school.today() + SOON}, **kwargs)

    @classmethod
    def values_of(cls, digest):
        return {"until": digest.teacher_until} if digest.teacher_until else {}

    def clean_until(self):
        until, today = self.cleaned_data["until"], self.school.today()
        if not today <= until <= today + ClassDigest.LONGEST_WAIT:
            raise forms.ValidationError(_("Choose a day from today on, within two weeks."))
        return until


class ParagraphForm(SeenForm, TypedNamesForm):
    text = forms.CharField(
        label=label_of(ClassDigest, "teacher_text"),
        max_length=ClassDigest.PARAGRAPH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("In general: what you work with, what is to come. Nothing about single children."),
    )
    read_by_all = ("text",)
    field_order = ("text", "not_names")

    @classmethod
    def values_of(cls, digest):
        return {"text": digest.teacher_text}
