"""Django's forms, with fields that clean what is typed. Line breaks survive only where several lines can be typed."""

from django.forms import *  # noqa: F403 these are Django's forms, but for the fields below
from django.forms import CharField as _CharField
from django.forms import EmailField as _EmailField
from django.forms import HiddenInput, Textarea
from django.forms import SlugField as _SlugField
from django.forms import URLField as _URLField
from django.utils.translation import gettext_lazy, ngettext_lazy

from portal.text import clean, one_line


class Cleaned:
    """Cleaned before validation, so that what is left is what is required and measured. Nobody types a NUL: a text with
    one is left to Django's own validator, which refuses it. Too much text is refused with the limit named, never cut."""

    default_error_messages = {
        "max_length": ngettext_lazy(
            "Write at most %(limit_value)d character. You have written %(show_value)d. Nothing is lost.",
            "Write at most %(limit_value)d characters. You have written %(show_value)d. Nothing is lost.",
            "limit_value",
        )
    }

    def to_python(self, value):
        if isinstance(value, str) and "\0" not in value:
            value = clean(value) if isinstance(self.widget, (Textarea, HiddenInput)) else one_line(value)
        return super().to_python(value)

    def widget_attrs(self, widget):
        """Without `maxlength`: a browser would cut off the end of what is pasted, and say nothing."""
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return attrs


class CharField(Cleaned, _CharField):
    pass


class EmailField(Cleaned, _EmailField):
    pass


class SlugField(Cleaned, _SlugField):
    pass


class URLField(Cleaned, _URLField):
    default_error_messages = {"invalid": gettext_lazy("Write an address that begins with https://")}
