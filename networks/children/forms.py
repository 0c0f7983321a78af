"""What a child types or presses, and what the teacher chooses. Nothing here saves."""

from datetime import time

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from networks.children.queries import candidates, chosen_of
from networks.forms import NOBODY, label_of
from networks.models import ClassIdea, ClassVote, Gathering
from networks.names.forms import NotNamesForm, TypedNamesForm
from portal.numbers import WholeNumberField
from portal.people.overtaken import SeenForm
from portal.text import forms


class VoteCodeForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("Your own code"),
        max_length=20,
        help_text=gettext_lazy(
            "Your teacher shows it. When you vote, it stands on your own slip. It has six letters and numbers."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class ChildIdeaForm(TypedNamesForm):
    text = forms.CharField(
        label=label_of(ClassIdea, "text"),
        max_length=100,
        help_text=gettext_lazy("Do not write names, not your own either. Nobody sees who had the idea."),
    )
    read_by_all = ("text",)
    field_order = ("text", "not_names")


class VoteForm(forms.Form):
    idea = forms.ModelChoiceField(
        ClassIdea.objects.none(),
        label=gettext_lazy("Choose one"),
        empty_label=None,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, vote, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["idea"].queryset = vote.options()


class OptionsForm(NotNamesForm):
    ideas = forms.ModelMultipleChoiceField(
        ClassIdea.objects.none(),
        to_field_name="text",  # by its key one could tell in which order they came, and so whose they are
        label=gettext_lazy("Which ideas do the children vote on?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    own = forms.CharField(
        label=gettext_lazy("Ideas in your words, one on each line"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("For example when several ideas are the same. Three or four in all, without names."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    children = WholeNumberField(
        label=gettext_lazy("How many children are here?"),
        min_value=1,
        help_text=gettext_lazy("So many slips are made, each for one vote. No name stands on them."),
    )

    def __init__(self, *args, vote, look, **kwargs):
        typed, ideas = (args[0] if args else None), vote.ideas.all()
        super().__init__(*args, words=look(_proposed(typed, ideas)).doubtful if typed else (), **kwargs)
        self.fields["ideas"].queryset = ideas
        self.fields["children"].initial = vote.school_class.enrolments.current().count()

    def clean(self):
        said = super().clean()
        own = [line.strip() for line in said.get("own", "").splitlines() if line.strip()]
        options = list(dict.fromkeys([*(idea.text for idea in said.get("ideas", [])), *own]))
        if any(len(option) > ClassIdea._meta.get_field("text").max_length for option in options):
            self.add_error("own", _("Keep each idea to a hundred characters."))
        elif not ClassVote.LEAST <= len(options) <= ClassVote.MOST_OPTIONS:
            self.add_error(None, _("Choose three or four ideas to vote on."))
        return {"options": options, "children": said.get("children"), "not_names": said["not_names"]}


def _proposed(typed, ideas):
    chosen = typed.getlist("ideas")
    return "\n".join([*(one.text for one in ideas if str(one.pk) in chosen), typed.get("own", "")[:500]])


class PupilsField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, child):
        return child.full_name  # two children may have the same first name


class CommitteeForm(SeenForm):
    pupils = PupilsField(NOBODY, label=gettext_lazy("Who helps to plan?"), required=False)

    def __init__(self, *args, vote, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["pupils"].queryset = candidates(vote.school_class)

    @staticmethod
    def values_of(vote):
        here = candidates(vote.school_class).values("pk")
        return {"pupils": list(vote.committee.filter(pk__in=here).order_by("pk"))}


def values_chosen(vote, words):
    chosen = chosen_of(vote, vote.ideas.all())
    return {
        "title": chosen.text if chosen else "",
        "kind": Gathering.Kind.FAMILIES,
        "starts": time(17),
        "ends": time(19),
        "family_cost": 0,
        "children_involved": words,
    }
