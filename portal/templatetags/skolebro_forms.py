"""What the form templates in templates/designsystemet need to know about a field."""

from datetime import datetime

from django import forms, template
from django.forms.utils import flatatt

from portal.forms import kind, mistakes

register = template.Library()
register.filter(kind)
register.filter(mistakes)

INLINE_CHOICES = 2
INLINE_LETTERS = 20
ROWS = 4
PICKERS = {  # the device's own picker; it speaks ISO whatever the language of the page
    forms.DateInput: ("date", "%Y-%m-%d"),
    forms.TimeInput: ("time", "%H:%M"),
    forms.DateTimeInput: ("datetime-local", "%Y-%m-%dT%H:%M"),
}


@register.filter
def described_by(field):
    ids = []
    if field.help_text:
        ids.append(f"{field.auto_id}-help")
    if field.errors:
        ids.append(f"{field.auto_id}-error")
    return " ".join(ids)


@register.filter
def first_id(field):
    return f"{field.auto_id}_0" if kind(field) in {"choices", "several"} else field.auto_id


@register.filter
def stands_inline(field):
    labels = [str(choice.choice_label) for choice in field.subwidgets]
    return len(labels) <= INLINE_CHOICES and all(len(label) <= INLINE_LETTERS for label in labels)


def _write_number_as_text(widget):
    """A browser's own number field throws away what it cannot parse; people should see what they wrote."""
    widget.input_type = "text"
    step = widget.attrs.pop("step", None)
    widget.attrs.setdefault("inputmode", "decimal" if step not in (None, 1, "1") else "numeric")
    for limit in ("min", "max"):
        if limit in widget.attrs:
            widget.attrs[f"data-{limit}"] = widget.attrs.pop(limit)


def _can_show(pattern, value):
    """A picker throws away typed text that is no date in its own format: "12.11.", "kl. 9"."""
    try:
        return not isinstance(value, str) or not value or f"{datetime.strptime(value, pattern):{pattern}}" == value  # noqa: DTZ007 as on a wall
    except ValueError:
        return False


def _prepare(widget, value=None):
    classes = {"ds-input", *widget.attrs.get("class", "").split()}
    for family, (input_type, pattern) in PICKERS.items():
        if type(widget) is family:
            widget.input_type, widget.format = input_type if _can_show(pattern, value) else "text", pattern
            classes.add("sb-short")
    if isinstance(widget, forms.URLInput):
        widget.input_type = "text"  # a browser refuses an address without its scheme; we do not
        widget.attrs.setdefault("inputmode", "url")
    if isinstance(widget, forms.NumberInput):
        classes.add("sb-short")
        _write_number_as_text(widget)
    if isinstance(widget, forms.Textarea) and str(widget.attrs.get("rows")) == "10":
        widget.attrs.update(rows=ROWS)
        widget.attrs.pop("cols", None)
    if isinstance(widget, forms.EmailInput):
        widget.attrs.setdefault("autocomplete", "email")
    if isinstance(widget, forms.ClearableFileInput):
        widget.template_name = "django/forms/widgets/file.html"
    return " ".join(sorted(classes))


@register.simple_tag
def control(field):
    widget = field.field.widget
    attrs = {"class": _prepare(widget, field.value())}
    if described := described_by(field):
        attrs["aria-describedby"] = described
    return field.as_widget(attrs=attrs)


@register.simple_tag
def choice_control(field, choice):
    """The group, not each choice, carries help and error."""
    attrs = choice.data["attrs"]
    attrs.pop("aria-invalid", None)
    attrs.pop("aria-describedby", None)
    attrs["class"] = "ds-input"
    return choice.tag()


@register.simple_tag
def part_controls(field):
    widget, values = field.field.widget, field.value()
    values = values if isinstance(values, list) else widget.decompress(values)
    for part, value in zip(widget.widgets, values, strict=True):
        part.attrs["class"] = _prepare(part, value)
    return field.as_widget(attrs={"aria-label": field.label})


@register.filter
def dictget(mapping, key):
    """For an attribute with a hyphen in its name."""
    return mapping.get(key, "")


@register.filter
def without_class(attrs):
    return flatatt(
        {name: value for name, value in (attrs or {}).items() if name not in {"class", "form_group_wrapper_class"}}
    )
