"""The shape of what people propose, and of the answer. Nothing here saves."""

from datetime import time

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from networks.forms import label_of
from networks.models import Gathering, Proposal
from networks.names.forms import TypedNamesForm
from networks.topics.kits import BY_KEY, title_of
from portal.people import protection
from portal.text import forms

EVENING = {"starts": time(18), "ends": time(19), "family_cost": 0, "kind": Gathering.Kind.THEME}


class ProposalForm(TypedNamesForm):
    """Whoever is at a protected address is never named, and is not asked."""

    kind = forms.ChoiceField(label=label_of(Proposal, "kind"), choices=Proposal.Kind, widget=forms.RadioSelect)
    title = forms.CharField(label=label_of(Proposal, "title"), max_length=120)
    text = forms.CharField(
        label=label_of(Proposal, "text"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Do not write about single children or families."),
    )
    is_named = forms.BooleanField(
        label=label_of(Proposal, "is_named"),
        required=False,
        help_text=gettext_lazy("Without the tick nobody in the class reads who proposed it."),
    )
    read_by_all = ("title", "text")
    field_order = ("kind", "title", "text", "not_names", "is_named")

    def __init__(self, *args, proposer, **kwargs):
        super().__init__(*args, **kwargs)
        if protection.sheltered_among([proposer.pk]):
            del self.fields["is_named"]


class ProposalAnswerForm(TypedNamesForm):
    state = forms.ChoiceField(
        label=gettext_lazy("What do you answer?"),
        choices=[
            (Proposal.State.TAKEN_UP, gettext_lazy("We take it up")),
            (Proposal.State.NOT_NOW, gettext_lazy("Not now")),
        ],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=label_of(Proposal, "answer"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("The whole class reads it. Say when and how, or why not now."),
    )
    read_by_all = ("answer",)
    field_order = ("state", "answer", "not_names")


def values_for_kit(kit):
    return EVENING | {
        "kit": kit.key,
        "title": _("Theme evening: %(topic)s") % {"topic": kit.title},
        "description": f"{kit.lead}\n\n{kit.opening}",
    }


def values_for(proposal):
    if proposal.kit in BY_KEY:
        return values_for_kit(BY_KEY[proposal.kit])
    if proposal.kind == Proposal.Kind.TOPIC:
        title = _("Theme evening: %(topic)s") % {"topic": proposal.title}
        return EVENING | {"own_topic": proposal.title, "title": title[: _longest()], "description": proposal.text}
    families = {"kind": Gathering.Kind.FAMILIES, "starts": time(17), "ends": time(19), "family_cost": 0}
    return families | {"title": title_of(proposal), "description": proposal.text}


def _longest():
    return Gathering._meta.get_field("title").max_length
