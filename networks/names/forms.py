"""How people are asked whether a word is a child's name. Nothing here saves."""

from django.utils.translation import gettext_lazy as _

from portal.text import forms


class NotNamesForm(forms.Form):
    """Asks about `words`, each of which may be a child's name; without any it asks nothing."""

    not_names = forms.MultipleChoiceField(
        label=_("Is this a child’s name?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick each word that is no child’s name here. A word that is one, you write another way."),
    )

    def __init__(self, *args, words=(), **kwargs):
        super().__init__(*args, **kwargs)
        if not words:
            del self.fields["not_names"]
            return
        self.fields["not_names"].choices = [
            (word, _("No, “%(word)s” is no name here") % {"word": word}) for word in words
        ]

    def clean(self):
        said = super().clean()
        said.setdefault("not_names", [])
        return said


class TypedNamesForm(NotNamesForm):
    """`look` says what may be a name in what is typed into `read_by_all`: asked about when it has been sent once."""

    read_by_all = ()

    def __init__(self, *args, look, **kwargs):
        typed = (args[0] if args else kwargs.get("data")) or {}
        text = "\n".join(typed.get(name, "")[: self._most(name)] for name in self.read_by_all)
        super().__init__(*args, words=look(text).doubtful if text.strip() else (), **kwargs)

    def _most(self, name):
        return self.base_fields[name].max_length


class NobodyNamedForm(TypedNamesForm):
    """Where guardians may not be named either; `ASKED` says why."""

    ASKED = ""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if asks := self.fields.get("not_names"):
            asks.label, asks.help_text = _("Is this somebody’s name?"), self.ASKED
