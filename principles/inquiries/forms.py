"""The shape of an inquiry, of its answer and of where it goes next. Nothing here saves."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.text import forms
from principles.inquiries.models import Inquiry

MANAGEMENT = "management"
WORDS = ("seen", "lived", "hoped")


def _label(name):
    return Inquiry._meta.get_field(name).verbose_name


def lines(name):
    rows = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(label=_label(name), max_length=Inquiry.LENGTH, required=False, widget=rows)


class InquiryForm(forms.Form):
    """Any one of the three fields is enough. A pupil is spoken to as the one it is about."""

    kind = forms.ChoiceField(label=_label("kind"), choices=Inquiry.Kind, widget=forms.RadioSelect)
    school = forms.ChoiceField(label=gettext_lazy("Which school is it for?"), widget=forms.RadioSelect)
    seen = lines("seen")
    lived = lines("lived")
    hoped = lines("hoped")
    shared = forms.BooleanField(
        label=_label("shared"),
        required=False,
        help_text=gettext_lazy("Without the tick, only your own home and those who answer know of it."),
    )

    def __init__(self, *args, schools, is_pupil, **kwargs):
        super().__init__(*args, **kwargs)
        self.schools = {str(school.pk): school for school in schools}
        self.fields["school"].choices = [(key, school.name) for key, school in self.schools.items()]
        if len(schools) == 1:
            del self.fields["school"]
        if is_pupil:
            self.fields["lived"].label = _("How I have it")
            self.fields["shared"].label = _("My grown-ups at home may read it too")
            self.fields["shared"].help_text = _("Without the tick, only you and those who answer know of it.")

    @property
    def asked(self):
        return {name: self.cleaned_data[name] for name in ("school", "kind", *WORDS)}

    @property
    def text(self):
        return "\n".join(self.cleaned_data[name] for name in WORDS)

    def clean(self):
        said = super().clean()
        said["school"] = self.schools.get(said.get("school"), next(iter(self.schools.values())))
        if not self.errors and not any(said.get(name) for name in WORDS):
            self.add_error("seen", _("Write something in one of the three fields. Which one is up to you."))
        return said


class AnswerForm(forms.Form):
    """A pupil of 15 is asked to no talk in this way: its guardians would be. Nor is a home that asked the management: the
    teachers of the class would read it."""

    answer = forms.CharField(
        label=_label("answer"), max_length=Inquiry.LENGTH, widget=forms.Textarea(attrs={"rows": 6})
    )
    meets = forms.BooleanField(
        label=_label("meets"),
        required=False,
        help_text=gettext_lazy("It stands among the talks that wait for a time, only for the home that asked."),
    )

    def __init__(self, *args, inquiry, **kwargs):
        super().__init__(*args, **kwargs)
        if not inquiry.may_meet:
            del self.fields["meets"]


class HandOverForm(forms.Form):
    to = forms.ChoiceField(label=gettext_lazy("Who answers instead?"), widget=forms.RadioSelect)

    def __init__(self, *args, takers, may_manage, **kwargs):
        super().__init__(*args, **kwargs)
        self.takers = {str(person.pk): person for person in takers}
        people = [(key, person.full_name) for key, person in self.takers.items()]
        self.fields["to"].choices = [*people, *([(MANAGEMENT, _("The management"))] if may_manage else [])]

    def clean_to(self):
        """Nobody is the management."""
        return self.takers.get(self.cleaned_data["to"])
