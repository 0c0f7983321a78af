"""What kind of gathering it is, and what a theme evening is about, as forms ask for it."""

from django.utils.translation import gettext_lazy as _

from networks.models import Gathering
from portal.people.overtaken import SeenForm
from portal.text import forms

MEANINGS = (
    (Gathering.Kind.FAMILIES, _("Children and parents: you do something together, big and small")),
    (Gathering.Kind.THEME, _("Theme evening: parents talk about one topic, without the children")),
    (Gathering.Kind.ADULTS, _("Parents: you get to know each other, without the children")),
    (Gathering.Kind.CHILDREN, _("The class: the children meet, and a few parents are there to help")),
)


def _label(name):
    return Gathering._meta.get_field(name).verbose_name


class KindForm(SeenForm):
    """Only a theme evening has a topic: one that is ready or one's own. For the other kinds what is said of it does not
    count, and the style sheet hides the fields."""

    kind = forms.ChoiceField(label=_label("kind"), choices=MEANINGS, widget=forms.RadioSelect)
    kit = forms.ChoiceField(
        label=_label("kit"),
        choices=[("", _("Another topic, or not decided yet")), *Gathering.Kit.choices],
        required=False,
        help_text=_("For a theme evening. These are ready, with questions, rules of the talk and a plan for an hour."),
    )
    own_topic = forms.CharField(
        label=_label("own_topic"),
        max_length=120,
        required=False,
        help_text=_("For a theme evening about something else."),
    )

    def clean(self):
        said = super().clean()
        if said.get("kind") != Gathering.Kind.THEME:
            said.update(kit="", own_topic="")
        elif said.get("kit") and said.get("own_topic"):
            self.add_error("own_topic", _("Choose a topic above, or write your own. Not both."))
        return said
