"""The shape of what board and head write of a principle. Nothing here saves."""

from datetime import timedelta

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.people.overtaken import SeenForm
from portal.text import forms
from principles.forms import MOST_AHEAD
from principles.nameless import NamelessForm
from principles.supervision.models import MOST_POINTS, FurtherQuestion, SupervisedClause, Supervision

LENGTH = SupervisedClause.LENGTH
WEEKS = timedelta(days=21)
YEAR = timedelta(days=365)


def _label(model, name):
    return model._meta.get_field(name).verbose_name


def _lines(model, name, rows=4, *, required=True, help_text=""):
    area = forms.Textarea(attrs={"rows": rows})
    label = _label(model, name)
    return forms.CharField(label=label, max_length=LENGTH, required=required, widget=area, help_text=help_text)


class SeesNobodyForm(NamelessForm):
    refusal = gettext_lazy(
        "No case of a pupil or of somebody who works at the school is dealt with here. Take out the name."
    )


class StartForm(forms.Form):
    numbers = forms.MultipleChoiceField(
        label=gettext_lazy("Which points do you look at?"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Few are best: one to five, and twelve at most."),
    )
    span = forms.ChoiceField(label=gettext_lazy("For which period?"), widget=forms.RadioSelect)
    statement_by = forms.DateField(label=_label(Supervision, "statement_by"), widget=forms.DateInput)

    def __init__(self, *args, clauses, spans, today, **kwargs):
        self.spans, self.today = {span.key: span for span in spans}, today
        super().__init__(*args, initial={"statement_by": today + WEEKS}, **kwargs)
        self.fields["numbers"].choices = [(str(one.number), f"{one.number}. {_begins(one.text)}") for one in clauses]
        self.fields["span"].choices = [(span.key, span.label) for span in spans]

    def clean_numbers(self):
        numbers = [int(one) for one in self.cleaned_data["numbers"]]
        if len(numbers) > MOST_POINTS:
            raise forms.ValidationError(_("Choose twelve points at most, so that each gets its time."))
        return numbers

    def clean_statement_by(self):
        return _ahead(self.cleaned_data["statement_by"], self.today)

    def clean(self):
        said = super().clean()
        if span := self.spans.get(said.pop("span", None)):
            said |= {"starts_on": span.starts_on, "ends_on": span.ends_on}
        return said


def _begins(text):
    """A long point, as one finds it on a list."""
    return Truncator(" ".join(text.split())).words(40)


def _ahead(day, today):
    if not today < day <= today + MOST_AHEAD:
        raise forms.ValidationError(_("Choose a day to come, within three years."))
    return day


class FiguresForm(SeenForm):
    figures = forms.MultipleChoiceField(
        label=gettext_lazy("Which numbers belong to this point?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "Totals of the whole school, rounded to the nearest five. None of them leads to a child or a teacher."
        ),
    )

    def __init__(self, *args, choices, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["figures"].choices = choices

    @staticmethod
    def values_of(point):
        return {"figures": point.figures}


class StatementForm(SeesNobodyForm):
    texts = ("did", "sees", "hard")
    did = _lines(
        SupervisedClause, "did", help_text=gettext_lazy("What is planned and done, for everybody. No single cases.")
    )
    sees = _lines(
        SupervisedClause,
        "sees",
        help_text=gettext_lazy("For example the numbers, a survey, talks with the pupils’ council, visits in classes."),
    )
    hard = _lines(SupervisedClause, "hard", required=False)

    @classmethod
    def values_of(cls, point):
        return {name: getattr(point, name) for name in cls.texts}


class AssessForm(SeesNobodyForm):
    texts = ("reason", "follow_up")
    verdict = forms.ChoiceField(
        label=_label(SupervisedClause, "verdict"), choices=SupervisedClause.Verdict, widget=forms.RadioSelect
    )
    reason = _lines(
        SupervisedClause, "reason", help_text=gettext_lazy("Everybody may read it, when you publish the result.")
    )
    follow_up = forms.CharField(label=_label(SupervisedClause, "follow_up"), max_length=300, required=False)
    follow_up_on = forms.DateField(
        label=_label(SupervisedClause, "follow_up_on"), required=False, widget=forms.DateInput
    )

    def __init__(self, *args, today, **kwargs):
        self.today = today
        super().__init__(*args, **kwargs)

    @classmethod
    def values_of(cls, point):
        return {name: getattr(point, name) for name in ("verdict", "reason", "follow_up", "follow_up_on")}

    def clean_follow_up_on(self):
        day = self.cleaned_data["follow_up_on"]
        return day and _ahead(day, self.today)

    def clean(self):
        said = super().clean()
        what, by_when = said.get("follow_up"), said.get("follow_up_on")
        if what and not by_when and "follow_up_on" not in self.errors:
            self.add_error("follow_up_on", _("Say by when it shall be done."))
        if by_when and not what:
            self.add_error("follow_up", _("Say what shall be done by then."))
        return said


class AskForm(SeesNobodyForm):
    texts = ("question",)
    question = _lines(FurtherQuestion, "question")


class TellForm(SeesNobodyForm):
    texts = ("answer",)
    answer = _lines(FurtherQuestion, "answer", rows=6)


class ConcludeForm(forms.Form):
    discussed_on = forms.DateField(label=_label(Supervision, "discussed_on"), widget=forms.DateInput)
    item = forms.CharField(label=_label(Supervision, "item"), max_length=120)
    next_on = forms.DateField(
        label=_label(Supervision, "next_on"),
        widget=forms.DateInput,
        help_text=gettext_lazy("A year is usual. You are reminded thirty days before."),
    )

    def __init__(self, *args, today, **kwargs):
        self.today = today
        super().__init__(*args, initial={"next_on": today + YEAR}, **kwargs)

    def clean_discussed_on(self):
        if self.cleaned_data["discussed_on"] > self.today:
            raise forms.ValidationError(_("Write a day that has been. You conclude after the meeting."))
        return self.cleaned_data["discussed_on"]

    def clean_next_on(self):
        return _ahead(self.cleaned_data["next_on"], self.today)


class PublishResultForm(SeesNobodyForm):
    texts = ("summary",)
    summary = forms.CharField(
        label=gettext_lazy("What have you seen, in a few sentences?"),
        max_length=1200,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("It stands at the top of the page. Write for a parent who has two minutes."),
    )
    measured_at = forms.CharField(widget=forms.HiddenInput)
