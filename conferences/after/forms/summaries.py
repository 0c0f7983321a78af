"""The shape of what is written about a talk. Nothing here saves.

A text that is too long is refused in words: the browser is not told the limit, since it would truncate what is pasted.
"""

from django.utils.translation import gettext_lazy as _

from conferences.forms.fields import FURTHEST, words
from conferences.models import MOST_TIPS, AgreedAction, ConferenceSummary, Feedback, FocusPoint, SummaryAnswer
from portal.forms import mistakes
from portal.people.overtaken import SeenForm
from portal.text import forms

MOST_AGREEMENTS = 10
SPARE_ROWS = 2
Status = AgreedAction.Status


class WordsForm(forms.Form):
    use_required_attribute = False

    token = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)
    child_words = words(
        ConferenceSummary,
        "child_words",
        rows=4,
        help_text=_("Begin here. Write what the child says, as the child says it."),
    )
    academic = words(
        ConferenceSummary, "academic", rows=4, help_text=_("Begin with what goes well. Write what comes next.")
    )
    social = words(
        ConferenceSummary,
        "social",
        rows=4,
        help_text=_("Do not write the names of other children: “a friend” will do."),
    )
    personal = words(
        ConferenceSummary, "personal", rows=4, help_text=_("Courage, joy in learning, taking part, helping others.")
    )
    home_support = words(
        ConferenceSummary,
        "home_support",
        rows=4,
        help_text=_("One piece of advice on each line: what to do, and why it helps."),
    )
    tips = forms.TypedMultipleChoiceField(
        label=ConferenceSummary._meta.get_field("tips").verbose_name,
        required=False,
        help_text=_("Choose at most three. Few are easier to follow."),
        error_messages={"invalid_choice": _("A tip that you chose has been taken off the list. Choose another.")},
    )
    no_home_support = forms.BooleanField(
        label=ConferenceSummary._meta.get_field("no_home_support").verbose_name, required=False
    )

    def __init__(self, *args, tips, **kwargs):
        super().__init__(*args, **kwargs)
        self.all_tips = {str(tip.pk): tip for tip in tips}
        self.fields["tips"].choices = [(key, tip.title) for key, tip in self.all_tips.items()]
        self.fields["tips"].coerce = self.all_tips.get
        self.fields["tips"].depends = True

    def tip_rows(self):
        chosen = {str(value) for value in self["tips"].value() or []}
        return [(tip, key in chosen) for key, tip in self.all_tips.items()]

    def clean_tips(self):
        tips = self.cleaned_data["tips"]
        if len(tips) > MOST_TIPS:
            raise forms.ValidationError(_("Choose at most three tips. Few are easier to follow."))
        return tips

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("no_home_support") and cleaned.get("tips"):
            self.add_error("no_home_support", _("You have chosen a tip. Take away one of the two ticks."))
        if cleaned.get("no_home_support") and cleaned.get("home_support"):
            self.add_error(
                "no_home_support", _("You have written how to help at home. Take away the tick, or take away the text.")
            )
        return cleaned


class GoalForm(forms.Form):
    use_required_attribute = False

    text = words(FocusPoint, "text", label=_("Goal"))
    kind = forms.ChoiceField(label=_("What is it about?"), choices=FocusPoint.Kind.choices, required=False)
    seen_by = words(FocusPoint, "seen_by")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].depends = True

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("seen_by") and not cleaned.get("text") and "text" not in self.errors:
            self.add_error("text", _("Write the goal, in words that the child understands."))
        return cleaned


class AgreementForm(forms.Form):
    """Empty rows are ignored; a row that is half filled in is an error."""

    use_required_attribute = False

    ASKED = {
        "what": _("Write what you agreed on."),
        "owner": _("Choose who does it: the school, the home or the pupil."),
        "who": _("Who does it? Write a name. An agreement without a name is easily forgotten."),
        "due_on": _("Until when? Choose a date. Then both sides know when to look at it again."),
    }

    what = words(AgreedAction, "what")
    owner = forms.ChoiceField(
        label=AgreedAction._meta.get_field("owner").verbose_name,
        choices=[("", "–"), *AgreedAction.Owner.choices],
        required=False,
    )
    who = words(AgreedAction, "who", autocomplete="off")
    how_often = words(AgreedAction, "how_often")
    due_on = forms.DateField(
        label=AgreedAction._meta.get_field("due_on").verbose_name,
        required=False,
        error_messages={"invalid": _("This is not a date. Write it as 2026-12-18, or choose it.")},
    )

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["owner"].depends = self.fields["due_on"].depends = True

    def clean_due_on(self):
        due_on = self.cleaned_data["due_on"]
        if due_on and abs(due_on - self.today) > FURTHEST:
            raise forms.ValidationError(_("Check the year. The date is more than two years from today."))
        return due_on

    def clean(self):
        cleaned = super().clean()
        if self.errors or any(cleaned.get(name) for name in (*self.ASKED, "how_often")):
            for name, question in self.ASKED.items():
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, question)
        return cleaned


GoalRows = forms.formset_factory(GoalForm, extra=0, max_num=FocusPoint.MOST, validate_max=True, absolute_max=20)
AgreementRows = forms.formset_factory(
    AgreementForm, extra=0, max_num=MOST_AGREEMENTS, validate_max=True, absolute_max=40
)


class LastTimeForm(forms.Form):
    use_required_attribute = False

    SAID = [choice for choice in Status.choices if choice[0] != Status.OPEN]

    def __init__(self, *args, last, **kwargs):
        super().__init__(*args, **kwargs)
        self.goals, self.agreements = (last.goals, last.agreements) if last else ([], [])
        for goal in self.goals:
            self.fields[f"goal_{goal.pk}"] = _radio(goal.text, FocusPoint.Progress.choices, goal.progress)
            self.fields[f"note_{goal.pk}"] = words(FocusPoint, "progress_note", label=_("A few words about it"))
            self.fields[f"note_{goal.pk}"].initial = goal.progress_note
        for agreed in self.agreements:
            said = "" if agreed.status == Status.OPEN else agreed.status
            self.fields[f"agreed_{agreed.pk}"] = _radio(f"{agreed.what} ({agreed.who})", self.SAID, said)

    def goal_rows(self):
        return [(self[f"goal_{goal.pk}"], self[f"note_{goal.pk}"]) for goal in self.goals]

    def agreement_rows(self):
        return [self[f"agreed_{agreed.pk}"] for agreed in self.agreements]

    def progress(self):
        said = self.cleaned_data
        told = {goal: (said.get(f"goal_{goal.pk}"), said.get(f"note_{goal.pk}")) for goal in self.goals}
        return {
            goal.pk: (how, note)
            for goal, (how, note) in told.items()
            if None not in (how, note) and (how or goal.progress)
        }

    def outcomes(self):
        said = {agreed.pk: self.cleaned_data.get(f"agreed_{agreed.pk}") for agreed in self.agreements}
        return {pk: status for pk, status in said.items() if status}


def _radio(label, choices, initial):
    made = forms.ChoiceField(label=label, choices=choices, initial=initial, required=False, widget=forms.RadioSelect)
    made.depends = True
    return made


class SummaryForms:
    """The whole page as one: words, goals, agreements, last time. An error in one place keeps no other from being saved."""

    def __init__(self, data, files, *, draft, last, today, tips=()):
        self.theirs, self.saved_in_part = None, False
        goals = [_values(goal, GoalForm) for goal in draft.focus_points.all()] if draft else []
        agreed = [_values(row, AgreementForm) for row in draft.agreed_actions.all()] if draft else []
        spare = min(MOST_AGREEMENTS, max(len(agreed) + SPARE_ROWS, 3))
        self.words = WordsForm(data, files, initial=_said(draft) if draft else {}, tips=tips)
        self.goals = GoalRows(
            data, files, prefix="goals", initial=_filled(goals, FocusPoint.MOST) if data is None else None
        )
        self.agreements = AgreementRows(
            data,
            files,
            prefix="agreed",
            initial=_filled(agreed, spare) if data is None else None,
            form_kwargs={"today": today},
        )
        self.last = LastTimeForm(data, files, last=last)
        self.tips_before = [given["tip"] for given in draft.tips] if draft else []

    @property
    def parts(self):
        return [self.words, self.last, *self.goals, *self.agreements]

    @property
    def errors(self):
        if not self.words.is_bound:
            return []
        said = [("", error) for part in (self.words, self.last) for error in part.non_field_errors()]
        said += [("", error) for rows in (self.goals, self.agreements) for error in rows.non_form_errors()]
        return said + [
            (field.auto_id, error)
            for part in self.parts
            for field in part.visible_fields()
            for error in mistakes(field)
        ]

    def is_valid(self):
        said = [part.is_valid() for part in (self.words, self.goals, self.agreements, self.last)]
        return all(said)

    def add_error(self, field, error):
        self.words.add_error(field, error)

    @property
    def is_sound(self):
        return not (self.goals.non_form_errors() or self.agreements.non_form_errors())

    def taken(self):
        """The arguments of the action: everything without errors. A text with an error stays as it is saved; a row is
        left out."""
        said = dict(self.words.cleaned_data)
        before = [tip for tip in self.words.all_tips.values() if tip.pk in self.tips_before]
        return {
            "token": said.pop("token", ""),
            "no_home_support": said.pop("no_home_support", False),
            "tips": said.pop("tips", before),
            "words": said,
            "goals": [row.cleaned_data for row in self.goals if row.is_valid() and row.cleaned_data.get("text")],
            "agreements": [
                row.cleaned_data for row in self.agreements if row.is_valid() and row.cleaned_data.get("what")
            ],
            "progress": self.last.progress(),
            "outcomes": self.last.outcomes(),
        }

    def stand_against(self, theirs):
        """Somebody else has saved: everything typed stays, and the next save goes on top of theirs."""
        self.theirs = theirs
        self._go_on_from(theirs)

    def save_in_part(self, draft):
        self.saved_in_part = True
        self._go_on_from(draft)

    def _go_on_from(self, draft):
        self.words.data = self.words.data.copy()
        self.words.data["token"] = draft.token if draft else ""


def _said(draft):
    return _values(draft, WordsForm) | {"tips": [given["tip"] for given in draft.tips]}


def _values(row, form):
    names = set(form.base_fields) - {"token"}
    return {name: getattr(row, name) for name in names} | ({"token": row.token} if "token" in form.base_fields else {})


def _filled(rows, most):
    return rows + [{}] * (most - len(rows))


class CorrectionForm(forms.Form):
    use_required_attribute = False

    because = words(
        ConferenceSummary,
        "corrects_because",
        required=True,
        help_text=_("The family reads this above the new version. For example: The date of the reading agreement."),
    )


class CommentForm(SeenForm):
    use_required_attribute = False

    comment = words(
        SummaryAnswer,
        "comment",
        rows=4,
        required=True,
        help_text=_("Only the teacher reads this. The teacher answers you, or corrects the summary."),
    )

    @staticmethod
    def values_of(answer):
        return {"comment": answer.comment if answer else ""}


class ReplyForm(forms.Form):
    use_required_attribute = False

    reply = words(SummaryAnswer, "reply", rows=3, required=True, help_text=_("Only the person who wrote reads this."))


class StatusForm(forms.Form):
    status = forms.ChoiceField(choices=Status.choices)


class TokenForm(forms.Form):
    token = forms.CharField(max_length=60, widget=forms.HiddenInput)


ONE_TO_FIVE = [("5", _("Yes, very")), ("4", _("Yes")), ("3", _("Partly")), ("2", _("A little")), ("1", _("No"))]


def _five(label):
    return forms.TypedChoiceField(label=label, choices=ONE_TO_FIVE, coerce=int, widget=forms.RadioSelect)


class FeedbackForm(forms.Form):
    use_required_attribute = False

    heard = _five(Feedback._meta.get_field("heard").verbose_name)
    useful = _five(Feedback._meta.get_field("useful").verbose_name)
