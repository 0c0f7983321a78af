"""Every change goes through an action: one transaction, one lock, one rule, one event.

    @action(may=rules.can_lead_round, claims=ConferenceRound.objects.published, gone=RoundOver, records="round_closed")
    def close_round(round, *, by): ...

`by` is the person who acts and is never None; the clock acts as `people.the_portal()`. An action that `claims` its
subject locks it first, through these rows, and refreshes it: the rule (403 when it says no) and the function see it as
it is and as it stays until the end, whatever a page has shown. A row that is no longer among them is refused with
`gone`. Whatever else must not be true *now* is caught by a constraint or in the function, as a `Refusal` in words for
people.

Two actions that wait for each other are a deadlock, and PostgreSQL ends one of them. The outermost action is then
retried from the beginning, rule and all, on rows as they are now; nothing of the first attempt is left, and nobody was
told of it.
"""

import inspect
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from copy import copy
from dataclasses import fields, is_dataclass
from datetime import date
from types import NoneType

from django.apps import apps
from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import models, transaction
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

TRIES = 3
PLAIN = {str, int, bool, float, date, NoneType}
ENDED_FOR_ANOTHER = {"40P01", "40001"}  # PostgreSQL's deadlock_detected and serialization_failure

ACTIONS: dict[str, "Action"] = {}

_laying_before: ContextVar[bool] = ContextVar("laying_before", default=False)
_typed_in: ContextVar = ContextVar("typed_in", default=None)
_running: ContextVar[tuple["Action | None", ...]] = ContextVar("running_actions", default=())


class Refusal(Exception):
    """The change cannot be made now, and nothing was changed. The message is for whoever tried; `words` is used where
    no other is given."""

    words = ""

    def __str__(self):
        return super().__str__() or str(self.words)


class Gone(Refusal):
    words = gettext_lazy("This is not there any more. Somebody has removed it meanwhile.")


class NotYet(Refusal):
    """Nothing is changed while what somebody wrote is only shown to them again."""


class Busy(Refusal):
    """The database ended the change in favour of another, on every attempt."""


class Overtaken(Refusal):
    """Somebody has changed it since the page was opened (`portal.people.overtaken` says how that is known). `theirs` is
    what is saved now; a retry that sends `seen` comes from somebody who has been told."""

    seen, theirs = "", ()


class Unguarded(Exception):
    """A guarded row was written outside an action: a fault in the program, never in the input."""


class Action:
    def __init__(
        self,
        run,
        *,
        may,
        records,
        claims=None,
        gone=Gone,
        deletes=False,
        locks=None,
        refuses=(),
        looks=False,
        silent=False,
    ):
        self.run, self.rule, self.records, self.looks, self.silent = run, may, records, looks, silent
        self.claims, self.gone, self.deletes, self.locks = claims, gone, deletes, locks
        said = gone if isinstance(gone, type) else type(gone)
        self.refuses = tuple(refuses) if said in (Gone, *refuses) else (said, *refuses)
        self.__doc__, self.__name__, self.__module__ = run.__doc__, run.__name__, run.__module__
        self.__wrapped__ = run
        self._looks_at = _names(may)[2:]
        self._locks_by = _names(locks)[1:] if locks else []
        app = apps.get_containing_app_config(run.__module__)
        ACTIONS[f"{app.name if app else run.__module__}.{run.__name__}"] = self

    def __call__(self, subject, /, *args, by, **kwargs):
        if by is None:
            raise TypeError(f"{self.__name__} needs the person who acts")

        def change():
            if _laying_before.get() and not self.looks:
                self._ask(by, subject, kwargs)
                raise NotYet(_("This is not saved yet."))
            form = None if self.looks or running() else _typed_in.get()
            with transaction.atomic(), _entered(self):
                self._lock(by, subject, kwargs)
                self._ask(by, subject, kwargs)
                if form is not None:
                    form.refuse_overtaken(by=by, verb=self.records)
                done = self.run(subject, *args, by=by, **kwargs)
            if form is not None:
                _typed_in.set(None)  # now it is saved: what a second action finds is from this form
            return done

        is_outermost = not transaction.get_connection().in_atomic_block
        return _tried_again(change, [subject, *args, by, kwargs]) if is_outermost else change()

    def may(self, person, subject, /, **kwargs):
        return bool(self.rule(person, subject, **_named(self._looks_at, kwargs)))

    def _ask(self, by, subject, kwargs):
        if not self.may(by, subject, **kwargs):
            raise PermissionDenied

    def _lock(self, by, subject, kwargs):
        """Lock the subject and what is locked with it, always in the order of tables and then of keys, so that no two
        actions deadlock."""
        others = list(self.locks(subject, **_named(self._locks_by, {**kwargs, "by": by}))) if self.locks else []
        tables = apps.get_models()
        for one in sorted([*others, *([subject] if self.claims else [])], key=lambda one: _place(one, tables)):
            if one is subject:
                self._claim(by, subject, kwargs)
            elif callable(one):
                one()
            elif isinstance(one, models.QuerySet):
                list(one.order_by("pk").select_for_update(of=("self",), no_key=True).values_list("pk"))
            else:
                _take(_unwrapped(one), type(_unwrapped(one))._base_manager.all(), no_key=True, gone=Gone)
        if self.claims:
            _lead_to(_unwrapped(subject), others)

    def _claim(self, by, subject, kwargs):
        row = _unwrapped(subject)
        rows = self.claims(row) if _asks_for_the_subject(self.claims) else self.claims()
        try:
            _take(row, rows, no_key=not self.deletes, gone=self.gone)
        except Refusal:
            now = type(row)._base_manager.filter(pk=row.pk).first()
            if now is not None:  # somebody who may not do it learns nothing of what has become of it
                self._ask(by, now, kwargs)
            raise


def action(*, may, records, **how):
    """Make a function an action. `records` is the verb of the one event it writes, `refuses` its refusals; one that
    `looks` changes nothing but records who has read what. One that is `silent` writes no event, and can write none: who
    did it, and when, is kept nowhere (docs/decisions/0017).

    `claims` gives the rows among which the subject must be when it is locked: a function, which may take the subject as
    it was seen. `gone` is the refusal, or its class, when it is not among them. One that `deletes` its subject takes
    the stronger lock, so that no new row can refer to it. `locks` gives whatever else is locked, from the subject and
    what it names of the other arguments: rows, which are refreshed and must exist, querysets, and functions that lock
    what is no row.
    """
    return lambda run: Action(run, may=may, records=records, **how)


def _names(function):
    return list(inspect.signature(function).parameters)


def _asks_for_the_subject(claims):
    first = next(iter(inspect.signature(claims).parameters.values()), None)
    return first is not None and first.kind is first.POSITIONAL_OR_KEYWORD and first.default is first.empty


def _named(names, kwargs):
    return {name: kwargs[name] for name in names if name in kwargs}


def _unwrapped(row):
    """request.user is lazy; a lock needs the person itself."""
    return row if row.__class__ is type(row) else row._wrapped


def _place(one, tables):
    """The locking order: first what is no row, then a table before those that refer to it."""
    if callable(one):
        return -1, 0
    if isinstance(one, models.QuerySet):
        return tables.index(one.model), 0
    return tables.index(type(_unwrapped(one))), one.pk


def _take(row, rows, *, no_key, gone):
    """Lock the row among these, refresh it, and drop what was cached from its earlier state."""
    try:
        row.refresh_from_db(from_queryset=rows.select_for_update(of=("self",), no_key=no_key))
    except ObjectDoesNotExist:
        raise copy(gone) from None
    _forget(row)


def _lead_to(row, others):
    """The row's foreign keys point to the locked instances, not to second copies of them."""
    for field in row._meta.concrete_fields:
        for one in others:
            if field.is_relation and isinstance(one, field.related_model) and getattr(row, field.attname) == one.pk:
                field.set_cached_value(row, one)


def _forget(row):
    for name in [name for name in vars(row) if isinstance(getattr(type(row), name, None), cached_property)]:
        del vars(row)[name]


def running():
    stack = _running.get()
    return stack[-1] if stack else None


def was_ended_for_another(error):
    while error is not None:
        if getattr(error, "pgcode", None) in ENDED_FOR_ANOTHER:
            return True
        error = error.__cause__ or error.__context__
    return False


def _tried_again(change, given):
    """Make the change, and retry when the database ended it. Refused (`Busy`) when the last attempt was ended too, or
    at once when an argument can be read only once."""
    tries = 1 if any(isinstance(one, Iterator) for one in given[-1].values()) else TRIES
    for _try in range(tries):
        before = [(row, copy(row)) for row in _rows_in(given)]
        try:
            return change()
        except Exception as error:
            _put_back(before)
            if not was_ended_for_another(error):
                raise
            ended = error
        _read_anew(before)
    raise Busy(_("Others changed the same thing at this moment. Nothing was saved. Try again.")) from ended


def _rows_in(given):
    if isinstance(given, models.Model):
        yield _unwrapped(given)
        return
    if isinstance(given, dict):
        given = given.values()
    elif is_dataclass(given) and not isinstance(given, type):
        given = [getattr(given, field.name) for field in fields(given)]
    elif not isinstance(given, list | tuple | set | frozenset):
        return
    for one in given:
        if type(one) in PLAIN or (isinstance(one, tuple) and PLAIN.issuperset(map(type, one))):
            continue  # asked here and not one call deeper: a roster holds a million texts
        yield from _rows_in(one)


def _put_back(before):
    """None of what the attempt wrote into its instances was saved."""
    for row, was in before:
        vars(row).clear()
        vars(row).update(vars(was))
        _forget(row)


def _read_anew(before):
    for row, _was in before:
        if row.pk is not None and not row._state.adding:
            with suppress(ObjectDoesNotExist):  # gone meanwhile: the action says so on the retry
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
    """Within this, every action that would change something refuses with NotYet."""
    token = _laying_before.set(True)
    try:
        yield
    finally:
        _laying_before.reset(token)


@contextmanager
def refusals_as(form):
    """Turn a Refusal into a line above the form, with everything that was typed still in it. If the form can tell, an
    action within this first checks, under its lock, whether somebody has saved something else since the form was
    opened."""
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
    """Turn a Refusal into a message on the next page, for pages that are a single button."""
    try:
        yield
    except Refusal as refusal:
        messages.error(request, str(refusal))


class GuardedQuerySet(models.QuerySet):
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
