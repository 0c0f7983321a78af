"""What an import asks about and whom it names, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

PARTS = {
    "persons": lambda: _("%(gone)s of %(there)s people"),
    "places": lambda: _("%(gone)s of %(there)s places"),
    "relations": lambda: _("%(gone)s of %(there)s guardians"),
    "roles": lambda: _("%(gone)s of %(there)s roles"),
    "classes": lambda: _("%(gone)s of %(there)s classes"),
}
SHOWN = 20


def said(asks):
    lines = [_line(ask) for ask in asks[:SHOWN]]
    if len(asks) <= SHOWN:
        return lines
    more = len(asks) - SHOWN
    return [*lines, ngettext("And %(n)s more.", "And %(n)s more.", more) % {"n": more}]


def listed(names):
    names = list(names)
    shown = ", ".join(names[:SHOWN])
    return shown if len(names) <= SHOWN else _("%(names)s and %(n)s more") % {"names": shown, "n": len(names) - SHOWN}


def _line(ask):
    if ask["kind"] == "nothing":
        return _("No class was read from the file.")
    if ask["kind"] == "keys":
        text = _(
            "%(there)s people in the file are here already, %(gone)s of them under other keys. "
            "Has the school's system changed?"
        )
        return text % ask
    if ask["kind"] == "guardian":
        return _("%(place)s would be proposed as guardian of %(gone)s pupils.") % ask
    if ask["kind"] == "care_yes":
        return (
            _("%(place)s: the file says yes of every child, so %(gone)s would be put on the list of after-school care.")
            % ask
        )
    if ask["kind"] == "care_no":
        return (
            _("%(place)s: the file says yes of no child, so %(gone)s would be taken off the list of after-school care.")
            % ask
        )
    part = PARTS[ask["kind"]]() % ask
    if ask["place"]:
        return _("%(place)s: %(part)s would go.") % {"place": ask["place"], "part": part}
    return _("In all, %(part)s would go.") % {"part": part}
