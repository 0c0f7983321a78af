"""The shape of what is written into principles."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.people.overtaken import SeenForm
from portal.speech import dated
from portal.text import forms
from principles.models import Clause, Principle, PrincipleSection, PrincipleVersion
from principles.outline import read_outline
from principles.reading import LARGEST, LONGEST, Unreadable, refuse_size

MOST_AHEAD = timedelta(days=3 * 366)
LONGEST_PART = 20_000  # of one section or point: what the search can still hold
MOST_POINTS = 1000
AHEAD = timedelta(days=731)


class SearchForm(forms.Form):
    q = forms.CharField(label=_("Search in the principles"), max_length=100)


class FileForm(forms.Form):
    """Only the size is checked here; a worker reads the file later."""

    file = forms.FileField(
        label=_("The file with the principle"),
        help_text=_("A text file, a Word file (.docx) or a PDF. Nothing is saved before you have seen the result."),
    )

    def clean_file(self):
        content = self.cleaned_data["file"].read(LARGEST + 1)
        try:
            refuse_size(content)
        except Unreadable as reason:
            raise forms.ValidationError(str(reason)) from reason
        return {"file_name": self.cleaned_data["file"].name, "content": content}

    def wanted(self):
        return self.cleaned_data["file"]


class ManageForm(SeenForm):
    binding_kind = forms.ChoiceField(label=_("What kind of text is it?"), choices=Principle.BindingKind)
    owner_role = forms.ChoiceField(label=_("Who looks after it?"), choices=Principle.Owner)
    review_on = forms.DateField(label=_("When is it looked at again?"), required=False, widget=forms.DateInput)

    @staticmethod
    def values_of(principle):
        return {name: getattr(principle, name) for name in ManageForm.base_fields}


class BroughtForm(ManageForm):
    """A text that was brought in: by itself, or the next version of a principle that is there. Of one of the same name it
    always is."""

    def __init__(self, *args, place, **kwargs):
        super().__init__(*args, **kwargs)
        there = Principle.objects.of(place)
        if there.exists():
            self.fields["version_of"] = forms.ModelChoiceField(
                there,
                label=_("Is it the next version of a principle?"),
                required=False,
                to_field_name="slug",
                empty_label=_("No, or of the one with the same title"),
            )


class TextForm(BroughtForm):
    text = forms.CharField(
        label=_("The text"),
        strip=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 30}),
        help_text=_(
            "Correct what was read wrongly. A heading stands on its own line after ##, and each point begins with •."
        ),
    )
    language = forms.ChoiceField(label=_("The language of the text"), choices=PrincipleVersion.Language)

    field_order = ["text", "language", "version_of", "binding_kind", "owner_role", "review_on"]

    def clean(self):
        outline = self.outline = read_outline(self.cleaned_data.get("text") or "")
        if self.cleaned_data.get("text") and not outline.title:
            self.add_error("text", _("Write the title on the first line."))
        if sum(len(section.clauses) for section in outline.sections) > MOST_POINTS:
            self.add_error(
                "text",
                _("The text is longer than a principle can be. Save only the principle itself, and try again."),
            )
        outline.language = self.cleaned_data.get("language", outline.language)
        return self.cleaned_data | {"outline": outline}

    def wanted(self):
        return {name: self.cleaned_data[name] for name in ("outline", "binding_kind", "owner_role", "review_on")}


class DescribeForm(SeenForm):
    title = forms.CharField(label=_("Title"), max_length=200)
    language = forms.ChoiceField(label=_("The language of the text"), choices=PrincipleVersion.Language)
    introduction = forms.CharField(
        label=_("Introduction"),
        required=False,
        max_length=LONGEST_PART,
        widget=forms.Textarea,
        help_text=_("One or two sentences at the top."),
    )
    notes = forms.CharField(
        label=_("What the source says of itself"),
        required=False,
        max_length=LONGEST_PART,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_(
            "For example who adopted it. It stands at the bottom of the page. When the source was last updated is left "
            "out there: this text gets days of its own."
        ),
    )


class SectionForm(SeenForm):
    kind = forms.ChoiceField(label=_("What is the section about?"), choices=PrincipleSection.Kind)
    heading = forms.CharField(label=_("Heading"), max_length=160)
    lead = forms.CharField(
        label=_("Text above the points"),
        required=False,
        max_length=LONGEST_PART,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    closing = forms.CharField(
        label=_("Text below the points"),
        required=False,
        max_length=LONGEST_PART,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ClauseForm(forms.Form):
    text = forms.CharField(label=_("The point"), max_length=LONGEST_PART, widget=forms.Textarea(attrs={"rows": 5}))
    party = forms.ChoiceField(label=_("Whom is the point for?"), choices=Clause.Party)


class ClauseEditForm(SeenForm, ClauseForm):
    section = forms.ModelChoiceField(PrincipleSection.objects.none(), label=_("Where does it stand?"), empty_label=None)

    def __init__(self, *args, version, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["section"].queryset = version.sections.all()


class PublishForm(forms.Form):
    adopted_on = forms.DateField(label=_("When was it adopted?"), widget=forms.DateInput)
    adopted_by = forms.CharField(
        label=_("Who adopted it?"), max_length=120, help_text=_("The board or the council, not a person's name.")
    )
    meeting_reference = forms.CharField(
        label=_("Meeting and item"), max_length=200, required=False, help_text=_("So that the decision can be found.")
    )
    effective_from = forms.DateField(label=_("From when does it apply?"), widget=forms.DateInput)
    change_summary = forms.CharField(
        label=_("What is new?"),
        required=False,
        max_length=LONGEST_PART,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One or two sentences. Readers see them above the changes."),
    )
    review_on = forms.DateField(
        label=_("When is it looked at again?"),
        widget=forms.DateInput,
        help_text=_("The page says so when the day has passed."),
    )

    def clean_adopted_on(self):
        if self.cleaned_data["adopted_on"] > timezone.localdate():
            raise forms.ValidationError(_("Write a day that has been. You publish after the board has decided."))
        return self.cleaned_data["adopted_on"]

    def clean(self):
        adopted, applies = self.cleaned_data.get("adopted_on"), self.cleaned_data.get("effective_from")
        review = self.cleaned_data.get("review_on")
        if adopted and applies and applies < adopted:
            self.add_error("effective_from", _("It applies from the day it was adopted, at the earliest."))
        if applies and review and review <= applies:
            self.add_error("review_on", _("Write a day after it begins to apply."))
        return self.cleaned_data

    def clean_effective_from(self):
        return not_far_off(self.cleaned_data["effective_from"])


class RepealForm(forms.Form):
    last_day = forms.DateField(label=_("Until when does it apply?"), widget=forms.DateInput)

    def clean_last_day(self):
        return not_far_off(self.cleaned_data["last_day"])


def not_far_off(day):
    """A year that was mistyped would keep every later version out."""
    if day > timezone.localdate() + AHEAD:
        raise forms.ValidationError(_("Write a day within the next two years. Is the year right?"))
    return day


class VersionField(forms.ModelChoiceField):
    def label_from_instance(self, version):
        if version.standing() == "draft":
            return _("Version %(number)s, draft") % {"number": version.number}
        said = {"number": version.number, "date": dated(version.effective_from)}
        return _("Version %(number)s, from %(date)s") % said


class CompareForm(forms.Form):
    old = VersionField(
        PrincipleVersion.objects.none(), label=_("Compare with"), to_field_name="number", empty_label=None
    )
    new = VersionField(PrincipleVersion.objects.none(), label=_("Version"), to_field_name="number", empty_label=None)

    def __init__(self, *args, versions, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["old"].queryset = self.fields["new"].queryset = versions
