"""Every change goes through an action: one rule, one transaction, one event.

    @action(may=rules.can_book, records="conferences.slot_booked", refuses=(SlotTaken,))
    def book_slot(slot, *, by, child): ...

`by` is the person who acts and is never None; the clock acts as `people.the_portal()`. The rule is asked before the
transaction opens (403 when it says no); whether the change can be made *now* is decided inside by a constraint or a
conditional UPDATE, and told as a `Refusal` in words for people.

Two who wait for each other are a deadlock, and PostgreSQL ends one of them. The outermost action is then tried again from
the beginning, rule and all, on rows as they are now; nothing of the first try is left, and nothing of it was told.
"""

import inspect
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from copy import copy
from dataclasses import fields, is_dataclass

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import models, transaction
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

TRIES = 3
ENDED_FOR_ANOTHER = {"40P01", "40001"}  # PostgreSQL's deadlock_detected and serialization_failure

ACTIONS: dict[str, "Action"] = {}

_laying_before: ContextVar[bool] = ContextVar("laying_before", default=False)
_typed_in: ContextVar = ContextVar("typed_in", default=None)
_running: ContextVar[tuple["Action | None", ...]] = ContextVar("running_actions", default=())


class Refusal(Exception):
    """The change cannot be made now. The message is for the person who tried; nothing was changed."""


class NotYet(Refusal):
    """Nothing is changed while what somebody wrote is only laid before them again."""


class Busy(Refusal):
    """The database ended the change for the sake of another, each time that it was tried."""


class Overtaken(Refusal):
    """Somebody has changed it since the page was opened (`portal.people.overtaken` says how that is known). `theirs` is
    what is saved now; who sends `seen` along with the next try has been told."""

    seen, theirs = "", ()


class Unguarded(Exception):
    """A guarded row was written outside an action: a fault in the program, never in the input."""


class Action:
    """A function that changes something, with the rule that guards it and the event that it records."""

    def __init__(self, run, *, may, records, refuses, looks):
        self.run, self.rule, self.records, self.refuses, self.looks = run, may, records, refuses, looks
        self.__doc__, self.__name__, self.__module__ = run.__doc__, run.__name__, run.__module__
        self.__wrapped__ = run
        looks_at = list(inspect.signature(may).parameters.values())[2:]
        self._looks_at = [parameter.name for parameter in looks_at]
        ACTIONS[f"{run.__module__.partition('.actions')[0]}.{run.__name__}"] = self

    def __call__(self, subject, /, *args, by, **kwargs):
        if by is None:
            raise TypeError(f"{self.__name__} needs the person who acts")

        def change():
            if not self.may(by, subject, **kwargs):
                raise PermissionDenied
            if _laying_before.get() and not self.looks:
                raise NotYet(_("This is not saved yet."))
            form = None if self.looks or running() else _typed_in.get()
            with transaction.atomic(), _entered(self):
                if form is not None:
                    form.refuse_overtaken(by=by, verb=self.records)
                done = self.run(subject, *args, by=by, **kwargs)
            if form is not None:
                _typed_in.set(None)  # it is saved now: what a second action finds is the form's own
            return done

        is_outermost = not transaction.get_connection().in_atomic_block
        return _tried_again(change, [subject, *args, by, kwargs]) if is_outermost else change()

    def may(self, person, subject, /, **kwargs):
        """Whether `person` may do this to `subject`: what the page and the button ask."""
        seen = {name: kwargs[name] for name in self._looks_at if name in kwargs}
        return bool(self.rule(person, subject, **seen))


def action(*, may, records, refuses=(), looks=False):
    """Make a function an action. `records` is the verb of the one event it writes, `refuses` its refusals; one that `looks`
    changes nothing but writes down who has read what."""
    return lambda run: Action(run, may=may, records=records, refuses=tuple(refuses), looks=looks)


def running():
    """The innermost action under way, or None."""
    stack = _running.get()
    return stack[-1] if stack else None


def was_ended_for_another(error):
    """Whether the database chose this change to end, so that another could go on."""
    while error is not None:
        if getattr(error, "pgcode", None) in ENDED_FOR_ANOTHER:
            return True
        error = error.__cause__ or error.__context__
    return False


def _tried_again(change, given):
    """Make the change; again when the database ended it. Refuses (`Busy`) when the last try was ended as well, or when
    what was given can be read only once."""
    tries = 1 if any(isinstance(one, Iterator) for one in given[-1].values()) else TRIES
    for _try in range(tries):
        before = [(row, copy(row)) for row in _rows_in(given)]
        try:
            return change()
        except Exception as error:
            if not was_ended_for_another(error):
                raise
            ended = error
        _put_back(before)
    raise Busy(_("Others changed the same thing at this moment. Nothing was saved. Try again.")) from ended


def _rows_in(given):
    """Every row among what an action was given, in lists and the like too."""
    if isinstance(given, models.Model):
        yield getattr(given, "_wrapped", given)  # the person of a request is wrapped until somebody asks
    elif isinstance(given, list | tuple | set | frozenset):
        for one in given:
            yield from _rows_in(one)
    elif isinstance(given, dict):
        yield from _rows_in(list(given.values()))
    elif is_dataclass(given) and not isinstance(given, type):
        yield from _rows_in([getattr(given, field.name) for field in fields(given)])


def _put_back(before):
    """Whatever the ended try wrote into the rows that it was given is taken back; then they are read anew."""
    for row, was in before:
        worked_out = {name for name in vars(was) if isinstance(getattr(type(row), name, None), cached_property)}
        vars(row).clear()
        vars(row).update({name: value for name, value in vars(was).items() if name not in worked_out})
        if row.pk is not None and not row._state.adding:
            with suppress(ObjectDoesNotExist):  # gone meanwhile: the action says so, as it would have at once
                row.refresh_from_db()


@contextmanager
def _entered(entered):
    token = _running.set((*_running.get(), entered))
    try:
        yield
    finally:
        _running.reset(token)


@contextmanager
def laying_before():
    """Within this every action that changes something refuses with NotYet."""
    token = _laying_before.set(True)
    try:
        yield
    finally:
        _laying_before.reset(token)


@contextmanager
def refusals_as(form):
    """Turn a Refusal into a line above the form, with everything that was typed still in it. An action within this looks
    first, under its lock, whether somebody has saved something else since the form was opened, where the form can tell."""
    token = _typed_in.set(form if hasattr(form, "refuse_overtaken") else None)
    try:
        yield
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        if isinstance(refusal, Overtaken):
            form.take(refusal)
    finally:
        _typed_in.reset(token)


@contextmanager
def refusals_shown(request):
    """Turn a Refusal into a message on the next page, for pages that are one button."""
    try:
        yield
    except Refusal as refusal:
        messages.error(request, str(refusal))


class GuardedQuerySet(models.QuerySet):
    """Rows that only an action may write."""

    def update(self, **kwargs):
        _guard(self.model)
        return super().update(**kwargs)

    def delete(self):
        _guard(self.model)
        return super().delete()

    def bulk_create(self, *args, **kwargs):
        _guard(self.model)
        return super().bulk_create(*args, **kwargs)

    def bulk_update(self, *args, **kwargs):
        _guard(self.model)
        return super().bulk_update(*args, **kwargs)


class Guarded(models.Model):
    """A row that gives somebody rights: written by an action or not at all."""

    class Meta:
        abstract = True

    def save_base(self, *args, **kwargs):
        _guard(type(self))
        return super().save_base(*args, **kwargs)

    def delete(self, *args, **kwargs):
        _guard(type(self))
        return super().delete(*args, **kwargs)


def _guard(model):
    if running() is None:
        raise Unguarded(f"{model.__name__} is written by actions only")
