"""Django's forms, with fields that clean what is typed. Line breaks survive only where several lines can be typed."""

from django.forms import *  # noqa: F403 these are Django's forms, but for the fields below
from django.forms import CharField as _CharField
from django.forms import EmailField as _EmailField
from django.forms import HiddenInput, Textarea
from django.forms import SlugField as _SlugField
from django.forms import URLField as _URLField

from portal.text import clean, one_line


class Cleaned:
    """Cleaned before validation, so that what is left is what is required and measured. Nobody types a NUL: a text with
    one is left to Django's own validator, which refuses it."""

    def to_python(self, value):
        if isinstance(value, str) and "\0" not in value:
            value = clean(value) if isinstance(self.widget, (Textarea, HiddenInput)) else one_line(value)
        return super().to_python(value)


class CharField(Cleaned, _CharField):
    def widget_attrs(self, widget):
        """A browser would cut off the end of a long text that is pasted, and say nothing; we say how long it may be."""
        attrs = super().widget_attrs(widget)
        if isinstance(widget, Textarea):
            attrs.pop("maxlength", None)
        return attrs


class EmailField(Cleaned, _EmailField):
    pass


class SlugField(Cleaned, _SlugField):
    pass


class URLField(Cleaned, _URLField):
    pass
