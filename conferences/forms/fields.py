"""Fields that several forms of the room share, and how far from today a day may lie."""

from datetime import timedelta

from portal.text import forms

FURTHEST = timedelta(days=731)


def words(model, name, *, rows=None, required=False, label=None, help_text="", **attrs):
    """A text field of the model. Too much text is refused with the limit named, never cut."""
    field = model._meta.get_field(name)
    widget = forms.Textarea(attrs={"rows": rows, **attrs}) if rows else forms.TextInput(attrs=attrs)
    made = forms.CharField(
        label=label or field.verbose_name,
        required=required,
        help_text=help_text,
        widget=widget,
        max_length=field.max_length,
    )
    made.depends = True  # most of the page may be left empty: it is not marked at each field
    return made
