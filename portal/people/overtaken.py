"""Two who write the same at once: the second is told whose words would be replaced, and nothing is lost on either side."""

from hashlib import sha256

from django.utils.translation import gettext as _

from portal.actions import Overtaken
from portal.ledger.models import Event
from portal.people import protection
from portal.people.models import Person
from portal.templatetags.skolebro import when
from portal.text import forms


class SeenForm(forms.Form):
    """A form for words that others may change meanwhile. `seen` among its initial values is their mark as it was opened."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "seen" not in self.initial:
            del self.fields["seen"]


def mark_of(row, names):
    """What a form carries along to say which words it was opened with."""
    return sha256(repr([getattr(row, name) for name in sorted(names)]).encode()).hexdigest()[:24]


def refuse_overtaken(row, words, seen, *, by, about=None):
    """Refuse to put `words`, {name: value}, into the place of others than those that were `seen`. What stands there
    already is not refused. Within the action's transaction; it locks the row. `about` is what the events are about."""
    fresh = type(row)._base_manager.select_for_update(of=("self",)).filter(pk=row.pk).first()
    if not seen or fresh is None or seen == mark_of(fresh, words):
        return
    if all(getattr(fresh, name) == value for name, value in words.items()):
        return
    last = Event.objects.about(about or row).order_by("-pk").first()
    said = {"name": _name(last, by), "when": when(last.at) if last else ""}
    if last and last.by == by.pk:
        text = _("You have saved something else in another window, %(when)s. What you wrote here is not saved yet.")
    else:
        text = _("%(name)s has saved something else meanwhile, %(when)s. What you wrote here is not saved yet.")
    refused = Overtaken(f"{text % said} {_('Save once more to put it in place of that.')}")
    refused.mark = mark_of(fresh, words)
    raise refused


def _name(event, reader):
    person = Person.objects.filter(pk=event.by).first() if event else None
    if person is None or (person.pk != reader.pk and protection.covered_among([person.pk])):
        return _("Somebody else")
    return person.full_name
