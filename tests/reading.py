"""What a test reads out of a page's HTML: its forms, and references to ids that are missing."""

from html.parser import HTMLParser
from typing import NamedTuple

from django.core.files.uploadedfile import SimpleUploadedFile

POINTING = {"for", "form", "list", "headers", "aria-describedby", "aria-labelledby", "aria-controls", "aria-owns"}
POINTING |= {"aria-errormessage", "aria-details", "aria-activedescendant", "popovertarget", "commandfor"}
NONSENSE = f"<b>\"tull' &amp; tøys</b> 1e3 {'ordutenslutt' * 30}"
NOT_TYPED = ("hidden", "checkbox", "submit", "button", "image", "reset")


class Field(NamedTuple):
    name: str
    type: str
    value: str


class Form:
    def __init__(self, attributes):
        self.action = attributes.get("action") or ""
        self.method = (attributes.get("method") or "get").lower()
        self.fields = []

    @property
    def shape(self):
        return self.method, tuple(sorted({(field.name, field.type) for field in self.fields}))

    def empty(self):
        """As a browser sends it when nothing is filled in or chosen, by the first of its buttons."""
        return self._sent(lambda field: "" if field.type not in ("radio", "checkbox", "file") else None)

    def nonsense(self):
        return self._sent(_nonsense)

    def _sent(self, value_of):
        sent = {}
        for field in self.fields:
            if field.type == "hidden":
                sent.setdefault(field.name, []).append(field.value)
            elif field.type not in NOT_TYPED or field.type == "checkbox":
                value = value_of(field)
                if value is not None:
                    sent.setdefault(field.name, []).append(value)
        buttons = [field for field in self.fields if field.type == "submit" and field.name]
        return {**sent, **{button.name: button.value for button in buttons[:1]}}


def _nonsense(field):
    if field.type == "checkbox":
        return field.value or "on"
    return SimpleUploadedFile("tull.pdf", b"%PDF tull") if field.type == "file" else NONSENSE


class Reading(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.ids, self.pointers, self.forms, self.apart = [], set(), {}, []
        self.inside = None
        self.feed(html)
        for form, field in self.apart:
            if form in self.forms:
                self.forms[form].fields.append(field)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if attributes.get("id"):
            self.ids.append(attributes["id"])
        self.pointers |= {
            (name, one) for name in POINTING & attributes.keys() for one in (attributes[name] or "").split()
        }
        if tag == "a" and (attributes.get("href") or "").startswith("#"):
            self.pointers.add(("href", attributes["href"][1:]))
        if tag == "form":
            self.inside = self.forms[attributes.get("id") or f"form {len(self.forms)}"] = Form(attributes)
        if tag in ("input", "select", "textarea", "button"):
            self.take(tag, attributes)

    def handle_endtag(self, tag):
        if tag == "form":
            self.inside = None

    def take(self, tag, attributes):
        kind = tag if tag in ("select", "textarea") else attributes.get("type", "submit" if tag == "button" else "text")
        field = Field(attributes.get("name") or "", kind, attributes.get("value") or "")
        if "form" in attributes:
            self.apart.append((attributes["form"], field))
        elif self.inside and "disabled" not in attributes:
            self.inside.fields.append(field)


def loose_ends(html):
    read = Reading(html)
    return [f'{name}="{one}" points to nothing' for name, one in sorted(read.pointers) if one not in ("", *read.ids)]
