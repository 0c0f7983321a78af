"""Two browser windows with the same page open: what a browser would send back of its form."""

from tests.conftest import Browser
from tests.pages import markup

NOT_YET = "What you wrote here is not saved yet."


def window(person):
    type(person).objects.filter(pk=person.pk).update(language="en")
    client = Browser()
    client.force_login(person)
    client.cookies["django_language"] = "en"
    return client


def typed(answer, name="form"):
    form = answer.context[name]
    values = {field: form[field].value() for field in form.fields}
    return {field: _sent(value) for field, value in values.items() if value is not False}


def _sent(value):
    return "" if value is None else getattr(value, "pk", value)


def second_is_told(path, one, other, first, second, *, stored, form="form", to=None):
    """Both windows have the page open. The first saves; the second is told, loses nothing, and may still save. Returns
    what it was told."""
    here, there = typed(one.get(path), form), typed(other.get(path), form)
    to = to or path
    saved = one.post(to, {**here, **first})
    assert saved.status_code == 302, markup(saved)
    before = stored()
    told = other.post(to, {**there, **second})
    assert told.status_code == 200
    assert NOT_YET in markup(told)
    assert "What is saved now" in markup(told)
    assert stored() == before
    for name, value in second.items():
        assert sorted(map(str, _many(told.context[form][name].value()))) == sorted(map(str, _many(value))), name
    again = other.post(to, typed(told, form))
    assert again.status_code == 302, markup(again)
    assert stored() != before
    return markup(told)


def _many(value):
    return value if isinstance(value, list) else [value]
