"""What a home tells, whom, and for how long."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.people.models import Person
from portal.text import forms
from principles.confided.models import LONGEST, Confidence, NoNumber, NotOneWay, WrongEnd

WRITE, CALL = "write", "call"


def _label(name):
    return Confidence._meta.get_field(name).verbose_name


class ConfidenceForm(forms.Form):
    """`found` are those who can be told; they are chosen at one school at a time."""

    way = forms.ChoiceField(
        label=_("How do you want to tell it?"),
        choices=[(WRITE, _("I write it here")), (CALL, _("They should call me, and nothing is written"))],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_label("text"),
        help_text=_(
            "Briefly, and only what they need to know. Is it about health, child welfare, violence or other people? Then"
            " ask for a call, or for a meeting."
        ),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    receivers = forms.MultipleChoiceField(
        label=_("Who should know it?"),
        help_text=_("Nobody else reads it. Whoever stops working around your child cannot read it any more."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one person.")},
    )
    until = forms.DateField(
        label=_label("until"),
        help_text=_("The day after, it is deleted. You can take it back before. At most a year."),
        widget=forms.DateInput,
    )

    def __init__(self, *args, found, person, end, **kwargs):
        super().__init__(*args, initial={"until": end}, **kwargs)
        self.person = person
        self.found = {f"{one.school.pk}-{one.key}": one for one in found}
        several = len({one.school.pk for one in found}) > 1
        self.fields["receivers"].choices = [(key, _named(one, several)) for key, one in self.found.items()]
        self.fields["text"].depends = True

    def clean_way(self):
        if self.cleaned_data["way"] == CALL and not self.person.phone:
            raise forms.ValidationError(NoNumber.words)
        return self.cleaned_data["way"]

    def clean_receivers(self):
        chosen = [self.found[key] for key in self.cleaned_data["receivers"]]
        if len({one.school.pk for one in chosen}) > 1:
            raise forms.ValidationError(_("Choose people at one school. Tell the other school by itself."))
        return chosen

    def clean_until(self):
        today = timezone.localdate()
        if not today <= self.cleaned_data["until"] <= today + LONGEST:
            raise forms.ValidationError(WrongEnd.words)
        return self.cleaned_data["until"]

    def clean(self):
        given = super().clean()
        if given.get("way") == WRITE and not given.get("text") and "text" not in self.errors:
            self.add_error("text", _("Write what they should know, or ask for a call."))
        if given.get("way") == CALL and given.get("text"):
            self.add_error("text", NotOneWay.words)
        return given

    @property
    def said(self):
        given, chosen = self.cleaned_data, self.cleaned_data["receivers"]
        return {
            "school": chosen[0].school,
            "receivers": list(Person.objects.filter(pk__in=[one.key for one in chosen])),
            "until": given["until"],
            "text": given["text"],
            "calls": given["way"] == CALL,
        }


def _named(one, several):
    said = {"name": one.name, "role": one.as_what, "school": one.school.name}
    return (_("%(name)s, %(role)s, %(school)s") if several else _("%(name)s, %(role)s")) % said
