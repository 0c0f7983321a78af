"""The shape of what is asked, answered and replied. Nothing here saves."""

from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.numbers import WholeNumberField
from portal.people.overtaken import SeenForm
from portal.text import forms
from principles.hearings.asked import Voices
from principles.hearings.models import Answer, Hearing, NobodyAsked, Theme
from principles.models import PrincipleSection
from principles.nameless import NamelessForm, like_names

FIELD = "section_"


def _label(model, name):
    return model._meta.get_field(name).verbose_name


class ChangeHearingForm(SeenForm):
    closes_on = forms.DateField(label=_label(Hearing, "closes_on"), widget=forms.DateInput)
    reply_on = forms.DateField(label=_label(Hearing, "reply_on"), widget=forms.DateInput)
    lead = forms.CharField(
        label=_label(Hearing, "lead"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("A few plain words. They stand above the points and in the letter."),
    )

    @staticmethod
    def values_of(hearing):
        return {name: getattr(hearing, name) for name in ChangeHearingForm.base_fields}


class PrepareForm(forms.Form):
    opens_on = forms.DateField(
        label=_label(Hearing, "opens_on"),
        widget=forms.DateInput,
        help_text=gettext_lazy(
            "Leave the board a few days: until then it can look at the hearing, call it off or write a second wording."
        ),
    )
    closes_on = forms.DateField(label=_label(Hearing, "closes_on"), widget=forms.DateInput)
    reply_on = forms.DateField(label=_label(Hearing, "reply_on"), widget=forms.DateInput)
    lead = forms.CharField(
        label=_label(Hearing, "lead"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("A few plain words. They stand above the points and in the letter."),
    )

    def __init__(self, *args, version, **kwargs):
        super().__init__(*args, **kwargs)
        for section in version.sections.all():
            self.fields[f"{FIELD}{section.pk}"] = forms.MultipleChoiceField(
                label=_("Who answers “%(heading)s”?") % {"heading": section.heading},
                choices=Voices,
                required=False,
                widget=forms.CheckboxSelectMultiple,
                initial=_usually(section),
            )

    def clean(self):
        said = super().clean()
        keys = [name for name in self.fields if name.startswith(FIELD)]
        said["asked"] = {int(name.removeprefix(FIELD)): said.pop(name, []) for name in keys}
        if not self.errors and not any(said["asked"].values()):
            self.add_error(None, NobodyAsked.words)
        return said


def _usually(section):
    if section.kind == PrincipleSection.Kind.MANAGEMENT:
        return [Voices.STAFF]
    pupils = [Voices.COUNCIL] if section.kind == PrincipleSection.Kind.PUPIL else []
    return [Voices.HOME, Voices.STAFF, Voices.CLASS, *pupils]


class HeardForm(NamelessForm):
    texts = ("text", "suggestion")
    refusal = gettext_lazy("The board reads this. Take out the name, or say that it names nobody.")
    verdict = forms.ChoiceField(label=gettext_lazy("What do you think of the point?"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=_label(Answer, "text"),
        required=False,
        max_length=Answer.LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    suggestion = forms.CharField(
        label=_label(Answer, "suggestion"),
        required=False,
        max_length=Answer.LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("The board sees what you would change, word by word."),
    )
    families = WholeNumberField(label=_label(Answer, "families"), min_value=0, max_value=200)
    words = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)

    def __init__(self, *args, point, voice, families=None, tapped="", **kwargs):
        """`tapped` is a tap that cannot be saved yet: a class contact first says how many families were asked."""
        said = self.values_of(point.answer)
        kwargs["initial"] = {
            "words": point.text,
            "families": families,
            **said,
            **({"verdict": tapped} if tapped else {}),
        }
        self.point = point
        super().__init__(*args, **kwargs)
        self.fields["verdict"].choices = [(value, label) for value, label, _sign in point.choices]
        if not voice.school_class:
            del self.fields["families"]
        self.order_fields(["families"])
        if self.is_bound and "text" not in self.data:  # one tap: what was written before stays
            self.data = self.data.copy()
            self.data.update({name: said[name] for name in ("text", "suggestion")})

    def names_in(self, said):
        """But for those that the point itself has, such as the school's."""
        known = like_names(f"{self.point.text} \n {self.point.other}")
        return [name for name in super().names_in(said) if name not in known]

    @staticmethod
    def values_of(answer):
        if answer is None:
            return {"verdict": "", "text": "", "suggestion": ""}
        chosen = answer.choice or answer.verdict
        return {"verdict": chosen, "text": answer.text or "", "suggestion": answer.suggestion or ""}

    def show_anew(self, point):
        """After a refusal: with the words as they are now, so that saving once more is about those."""
        self.point = point
        self.data = self.data.copy()
        self.data["words"] = point.text

    def answer(self):
        said = dict(self.cleaned_data)
        said["words"] = said["words"] or None
        if said["verdict"] in ("A", "B"):
            said["choice"], said["verdict"] = said["verdict"], Answer.Verdict.FINE
        return said


class AlternativeForm(SeenForm):
    text = forms.CharField(
        label=gettext_lazy("Wording B"),
        required=False,
        max_length=Answer.LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "Those asked choose between A, as it stands, and B. Leave it empty to ask about A alone."
        ),
    )


class PupilsField(forms.ModelMultipleChoiceField):
    """Two of one name are told apart by their classes."""

    def label_from_instance(self, pupil):
        return f"{pupil.full_name}, {pupil.class_name}"


class CouncilForm(forms.Form):
    pupils = PupilsField(
        queryset=None,
        label=gettext_lazy("Who answers for the pupil council?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Pupils from 12 years, who sign in by themselves. They answer as one."),
    )

    def __init__(self, *args, pupils, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["pupils"].queryset = pupils


class ThemeForm(NamelessForm):
    texts = ("title",)
    title = forms.CharField(
        label=gettext_lazy("A new theme: what several have said, in a few words"),
        max_length=200,
        help_text=gettext_lazy("It is published. Name nobody."),
    )


class ReplyForm(NamelessForm):
    texts = ("title", "reply", "wording")
    title = forms.CharField(label=_label(Theme, "title"), max_length=200)
    outcome = forms.ChoiceField(
        label=_label(Theme, "outcome"), required=False, choices=Theme.Outcome, widget=forms.RadioSelect
    )
    reply = forms.CharField(
        label=_label(Theme, "reply"),
        required=False,
        max_length=Answer.LENGTH,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("It is published, and sent to each who wrote about this. Name nobody."),
    )
    wording = forms.CharField(
        label=_label(Theme, "wording"),
        required=False,
        max_length=Answer.LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("The words that somebody suggested and that stand in the text now, if there are any."),
    )

    @staticmethod
    def values_of(theme):
        return {name: getattr(theme, name) for name in ReplyForm.base_fields}

    def __init__(self, *args, version, corrects=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.version, self.corrects = version, corrects
        for name in ("outcome", "reply"):
            self.fields[name].depends = True  # on each other, and on whether the hearing may be closed
        if corrects:
            self.fields["outcome"].disabled = True  # it has been told, and stays
            self.fields["corrects"] = forms.BooleanField(widget=forms.HiddenInput, initial=True)

    def clean(self):
        said = super().clean()
        said.pop("corrects", None)
        if not self.errors and bool(said["outcome"]) != bool(said["reply"]):
            missing = "reply" if said["outcome"] else "outcome"
            self.add_error(missing, _("Say both what became of it, and why."))
        if not self.errors and said["wording"] and said["outcome"] not in ("taken", "partly"):
            self.add_error("wording", _("Only what was taken in is named by its wording."))
        if not self.errors and said["wording"] and not self.corrects and not self._stands(said["wording"]):
            self.add_error(
                "wording", _("These words stand in no point. Write them into the text first, and then name them here.")
            )
        return said

    def _stands(self, wording):
        return any(_plain(wording) in _plain(clause.text) for clause in self.version.clauses.all())


def _plain(text):
    return " ".join(text.split()).casefold()


class SortForm(forms.Form):
    answers = forms.TypedMultipleChoiceField(coerce=UUID, label=gettext_lazy("Answers"))
    theme = forms.ModelChoiceField(
        queryset=Theme.objects.none(), required=False, label=gettext_lazy("Put the ticked ones under"), empty_label=None
    )

    def __init__(self, *args, hearing, shown, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["answers"].choices = [(answer.key, answer.key) for answer in shown]
        self.fields["theme"].queryset = hearing.themes.all()
        self.fields["theme"].empty_label = _("No theme")
