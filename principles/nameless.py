"""Whether a text that everybody will read seems to name somebody. It looks at the text alone: asking who is at the school
would tell it to whoever tries a name."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.people.overtaken import SeenForm
from portal.speech import in_words
from portal.text import forms

PAIR = re.compile(r"(?<![\w.])[^\W\d_a-zæøå][\w’'-]+(?: [^\W\d_a-zæøå]\.)? [^\W\d_a-zæøå][\w’'-]+")


def like_names(text):
    """Two words with capitals beside each other, such as a first name and a family name."""
    return sorted({found[0] for found in PAIR.finditer(text)})


class NamelessForm(SeenForm):
    """Text that seems to name a person is shown once more, and saved when whoever wrote it says that it names nobody."""

    texts = ()
    refusal = gettext_lazy("Everybody can read this. Take out the name, or say that it names nobody.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        said = " \n ".join(str(self.data.get(name, "")) for name in self.texts) if self.is_bound else ""
        self.named = self.names_in(said)
        if self.named:
            label = _("These words are no names: %(words)s") % {"words": in_words(self.named)}
            self.fields["nobody"] = forms.BooleanField(label=label, required=False)

    def names_in(self, said):
        return like_names(said)

    def clean(self):
        said = super().clean()
        if not said.pop("nobody", True):
            self.add_error("nobody", self.refusal)
        return said
