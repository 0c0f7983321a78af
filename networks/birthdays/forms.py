"""The shape of what is typed about birthdays. There is no field for whom to invite: everyone is."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from networks.forms import ANSWERED_BY, NOBODY, label_of
from networks.models import Birthday, BirthdayAnswer, BirthdayRule, Circle
from networks.names.forms import NobodyNamedForm
from portal.numbers import MoneyField
from portal.people.overtaken import SeenForm
from portal.text import forms

FURTHEST = timedelta(days=120)
CEILING = 100_000  # øre
ROUND_IT = {"csrfmiddlewaretoken"}


class BirthdayRuleForm(SeenForm):
    circle = forms.ChoiceField(label=label_of(BirthdayRule, "circle"), choices=Circle, widget=forms.RadioSelect)
    ceiling = MoneyField(
        label=label_of(BirthdayRule, "ceiling"),
        required=False,
        help_text=_("Write 0 when you have agreed on no presents. Leave it empty when you have agreed on no sum."),
    )

    @staticmethod
    def values_of(rule):
        return {"circle": rule.circle, "ceiling": rule.ceiling}

    def clean_ceiling(self):
        ceiling = self.cleaned_data["ceiling"]
        if ceiling is not None and not 0 <= ceiling <= CEILING:
            raise forms.ValidationError(_("Write a sum from 0 to 1000 kroner."))
        return ceiling


class BirthdayForm(NobodyNamedForm):
    """People give a day and times; the action gets moments in the school's time zone."""

    use_required_attribute = False
    read_by_all = ("place", "words")
    ASKED = _("Tick each word that is no name of somebody in the class. Everyone is invited, so nobody is named.")

    child = forms.ModelChoiceField(NOBODY, label=_("Whose birthday is it?"), empty_label=None)
    day = forms.DateField(label=_("On which day?"), widget=forms.DateInput)
    begins = forms.TimeField(label=_("From"), widget=forms.TimeInput)
    ends = forms.TimeField(label=_("To"), widget=forms.TimeInput)
    answer_on = forms.DateField(label=label_of(Birthday, "answer_by"), widget=forms.DateInput)
    place = forms.CharField(
        label=label_of(Birthday, "place"),
        max_length=200,
        help_text=_("Everyone who is invited reads it. You may also meet somewhere else than at home."),
    )
    words = forms.CharField(
        label=label_of(Birthday, "words"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    is_shared = forms.BooleanField(
        label=label_of(Birthday, "is_shared"),
        required=False,
        help_text=_("Then the first names of those who want to celebrate together stand on the invitation."),
    )

    def __init__(self, *args, children, school, **kwargs):
        self.school = school
        super().__init__(*args, **kwargs)
        self.fields["child"].queryset = children
        self.fields["child"].label_from_instance = lambda child: child.given_name
        self.fields["child"].initial = children.first()

    def clean(self):
        said = super().clean()
        if set(self.data) - set(self.fields) - ROUND_IT:
            raise forms.ValidationError(_("Everyone is invited. There is no list to choose from."))
        day, begins, ends = (said.pop(name, None) for name in ("day", "begins", "ends"))
        answer_on = said.pop("answer_on", None)
        if day and begins and ends and answer_on:
            if day > self.school.today() + FURTHEST:
                self.add_error("day", _("Choose a day within four months."))
            said["starts_at"], said["ends_at"] = self._at(day, begins), self._at(day, ends)
            said["answer_by"] = min(self._at(answer_on, ANSWERED_BY), said["starts_at"])
            if answer_on > day:
                self.add_error("answer_on", _("The answers come before it starts."))
        return said

    def _at(self, day, clock):
        return datetime.combine(day, clock, tzinfo=self.school.zone)


class BirthdayAnswerForm(forms.Form):
    answer = forms.ChoiceField(choices=BirthdayAnswer.Answer)


class QuarterForm(forms.Form):
    child = forms.ModelChoiceField(NOBODY)
    back = forms.BooleanField(required=False)

    def __init__(self, *args, children, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["child"].queryset = children
