"""Fields that several forms of the room share."""

from django.core.validators import MaxLengthValidator
from django.utils.translation import ngettext_lazy

from portal.text import forms


class Length(MaxLengthValidator):
    message = ngettext_lazy(
        "Write at most %(limit_value)d character. You have written %(show_value)d. Nothing is lost.",
        "Write at most %(limit_value)d characters. You have written %(show_value)d. Nothing is lost.",
        "limit_value",
    )


def words(model, name, *, rows=None, required=False, label=None, help_text="", **attrs):
    """A text field of the model. Too much text is refused with the limit named, never cut."""
    field = model._meta.get_field(name)
    widget = forms.Textarea(attrs={"rows": rows, **attrs}) if rows else forms.TextInput(attrs=attrs)
    made = forms.CharField(
        label=label or field.verbose_name,
        required=required,
        help_text=help_text,
        widget=widget,
        validators=[Length(field.max_length)],
    )
    made.depends = True  # most of the page may be left empty: it is not marked at each field
    return made
