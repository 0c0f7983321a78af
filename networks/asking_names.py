"""The shape of a text about which a name may be asked. Nothing here saves."""

from django.utils.translation import gettext_lazy as _

from portal.text import clean, forms

LONGEST = 1000  # of one field, as far as it is read for names before it is refused for its length


class AsksNamesForm(forms.Form):
    """Once something is typed, each word that may be a name is asked about beside it."""

    READ = ()
    ASKED = _("Tick each word that is no name of a child or a guardian. Never write who gave or got money.")

    def __init__(self, *args, asks, **kwargs):
        super().__init__(*args, **kwargs)
        words = asks("\n".join(clean(self.data.get(name, "")[:LONGEST]) for name in self.READ)) if self.is_bound else []
        if words:
            self.fields["not_names"] = forms.MultipleChoiceField(
                label=_("Does this name somebody?"),
                choices=[(word, _("No, “%(word)s” names nobody here") % {"word": word}) for word in words],
                widget=forms.CheckboxSelectMultiple,
                required=False,
                help_text=self.ASKED,
            )

    def clean(self):
        said = super().clean()
        said.setdefault("not_names", [])
        return said
