"""Two people write the same thing at once: the second is told whose text they would replace, and neither loses any.

    form = TipForm(*posted(request), shown=Shown(tip, TipForm.values_of))
    with refusals_as(form):
        actions.change_tip(tip, by=request.user, **form.cleaned_data)

The page carries a mark of every value that it shows. The action called within `refusals_as` locks the row, reads its
values anew and refuses (`Overtaken`) to overwrite what somebody has saved since. The form is shown again with what was
typed, with what is saved now, and with marks of that: to save once more is on purpose.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from portal.actions import Overtaken
from portal.ledger.models import Event
from portal.numbers import MoneyField
from portal.people import protection
from portal.people.models import Person
from portal.speech import clock, day, money, when
from portal.text import forms

LETTERS = 12
AT_ONCE = timedelta(seconds=5)  # for a save while the page is being rendered


@dataclass
class Shown:
    """What a form shows of a row: `read(row)` gives its values, by the names of the form's fields.

    locks   rows to lock before it, in this order
    about   gives what the events are about, where that is not the row itself
    verbs   which other actions change these values
    only    which of those events can have changed them
    hides   values that this browser does not show
    known   its values, where the page has already read them
    """

    row: models.Model
    read: Callable
    locks: tuple = ()
    about: Callable | None = None
    verbs: tuple = ()
    only: Q = field(default_factory=Q)
    hides: tuple = ()
    known: dict | None = None

    @cached_property
    def values(self):
        return self.read(self.row) if self.known is None else self.known

    @property
    def initial(self):
        return {name: value for name, value in self.values.items() if name not in self.hides}

    def now(self):
        """(the row, its values) under a lock that is held until the change is done; (None, {}) if the row is gone."""
        *_locked_first, fresh = [_locked(row) for row in (*self.locks, self.row)]
        return (fresh, self.read(fresh)) if fresh else (None, {})

    def seal(self, values):
        """The time, and a mark of each value, for a page to carry along. No value can be worked out from its mark."""
        moment = int(timezone.now().timestamp())
        return "|".join([str(moment), *(f"{name}={self.mark(name, value)}" for name, value in values.items())])

    def mark(self, name, value):
        whose = f"{self.row._meta.label} {self.row.pk} {name}"
        return salted_hmac(whose, repr(_plain(value)), algorithm="sha256").hexdigest()[:LETTERS]

    def last_change(self, fresh, verb, since):
        subject = self.about(fresh) if self.about else fresh
        if subject is None or since is None:
            return None
        events = Event.objects.about(subject).filter(self.only, verb__in=[verb, *self.verbs], at__gte=since - AT_ONCE)
        return events.order_by("-pk").first()


class SeenForm(forms.Form):
    """A form for text that others may change meanwhile. Without `shown` it creates something new. `theirs` is [(label,
    text)] of what is saved now, when somebody else was first."""

    theirs = ()

    def __init__(self, *args, shown=None, **kwargs):
        self.shown = shown
        if shown is not None:
            kwargs["initial"] = {**shown.initial, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        if shown is not None:
            self.fields["seen"] = forms.CharField(required=False, widget=forms.HiddenInput, initial=self._sealed)

    def _sealed(self, values=None):
        values = self.shown.values if values is None else values
        return self.shown.seal({name: value for name, value in values.items() if name in self.fields})

    def _post_clean(self):
        super()._post_clean()
        self.cleaned_data.pop("seen", None)

    def replaces(self, name, now):
        typed = self.cleaned_data[name] if name in self.cleaned_data else self[name].data
        return _typed(self.fields[name], typed) != _typed(self.fields[name], now)

    def refuse_overtaken(self, *, by, verb):
        """Refuse to overwrite what was saved since the page was opened. Runs in the action's transaction and locks the row."""
        seen = self.data.get(self.add_prefix("seen")) if self.shown is not None else ""
        if not seen:
            return
        fresh, now = self.shown.now()
        since, marks = _unsealed(seen)
        moved = [name for name in now if name in self.fields and marks.get(name) != self.shown.mark(name, now[name])]
        theirs = [name for name in moved if name in marks and self.replaces(name, now[name])]
        if not theirs:
            return
        refused = Overtaken(_told(self.shown.last_change(fresh, verb, since), by))
        refused.seen = self._sealed(now)
        refused.theirs = [self._said(name, now[name]) for name in theirs]
        raise refused

    def take(self, refused):
        self.data = self.data.copy()
        self.data[self.add_prefix("seen")] = refused.seen
        self.theirs = refused.theirs

    def _said(self, name, value):
        field = self.fields[name]
        hidden = name in self.shown.hides
        return field.label or name, _("This is not shown here.") if hidden else _in_words(field, value)


def of_home(household):
    """For one home's own text: nobody outside it is named."""
    return Q(by__in=Person.objects.filter(household=household).values("pk"))


def _locked(row):
    rows = row._meta.model._base_manager.select_for_update(of=("self",), no_key=True)
    return rows.filter(pk=row.pk).first()


def _plain(value):
    if isinstance(value, models.Model):
        return str(value.pk)
    if isinstance(value, list | tuple | set | frozenset | models.QuerySet):
        return sorted(_plain(one) for one in value)
    return "" if value is None else str(value)


def _typed(field, value):
    value = field.prepare_value(value)
    try:
        return _plain(field.to_python(value))
    except (ValidationError, TypeError, ValueError):
        return _plain(value)


def _unsealed(seen):
    """(the time, {name: mark}); anything malformed counts as nothing."""
    moment, *marks = seen.split("|")
    try:
        since = datetime.fromtimestamp(int(moment), UTC)
    except (ValueError, OverflowError, OSError):
        since = None
    return since, dict(mark.split("=", 1) for mark in marks if "=" in mark)


def _told(last, by):
    if last is None:
        text = _("Something else has been saved here meanwhile. What you wrote here is not saved yet.")
    elif last.by == by.pk:
        text = _("You have saved something else in another window, %(when)s. What you wrote here is not saved yet.")
    else:
        text = _("%(name)s has saved something else meanwhile, %(when)s. What you wrote here is not saved yet.")
    said = {"name": _name(last.by), "when": when(last.at)} if last else {}
    return f"{text % said} {_('Save once more to put it in place of that.')}"


def _name(key):
    person = Person.objects.filter(pk=key).first()
    if person is None or protection.covered_among([person.pk]):
        return _("Somebody else")
    return person.full_name


def _in_words(field, value):
    if isinstance(field, forms.BooleanField):
        return _("Yes") if value else _("No")
    if value in (None, "") or (isinstance(value, list | tuple | models.QuerySet) and not value):
        return _("Nothing")
    if choices := getattr(field, "choices", None):
        chosen = _plain(field.prepare_value(value))
        chosen = chosen if isinstance(chosen, list) else [chosen]
        return ", ".join(str(label) for key, label in _flat(choices) if str(key) in chosen)
    if isinstance(field, MoneyField):
        return money(value)
    for kind, said in ((datetime, when), (date, day), (time, clock)):
        if isinstance(value, kind):
            return said(value)
    return str(value)


def _flat(choices):
    for key, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield key, label
