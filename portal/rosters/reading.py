"""Find out which format a package has, and read it."""

from pathlib import Path

from django.utils.translation import gettext as _

from portal import reading
from portal.rosters import oneroster, pifu, sds, tables
from portal.rosters.opening import open_roster
from portal.rosters.records import RosterError, rows_only

ONLY_ONEROSTER = {"agentsourcedids", "enableduser", "status", "datelastmodified"}

LIMITS = reading.Limits(seconds=300, memory=2048 * reading.MEGABYTE, answer=256 * reading.MEGABYTE)


def read_apart(path, name=None):
    """The roster at `path`, read in a process of its own: nobody knows what somebody has uploaded."""
    path = Path(path).absolute()
    return reading.read(read_roster, path, name or path.name, limits=LIMITS, refusal=RosterError)


def read_roster(path, name=None):
    """The roster at `path`. A RosterError says, by file and row, everything that must be mended first."""
    package = open_roster(path, name)
    with rows_only():
        roster = reader_of(package).read(package)
    says = (roster.persons, roster.gone, roster.places, roster.duties, roster.ended, roster.closed, roster.aside)
    if not roster.notes.errors and not any(says if not roster.full else says[:2]):
        raise RosterError(_("There is nobody in the file."))
    roster.notes.raise_errors()
    if roster.without_classes:
        roster.notes.first(_("No class was read from the file."))
    return roster


def reader_of(package):
    if package.xml():
        return pifu
    if "manifest.csv" in package or ONLY_ONEROSTER & set(tables.headers(package, "users.csv")):
        return oneroster
    if "orgs.csv" in package and "users.csv" in package:
        return sds
    if "[content_types].xml" in package or "styles.xml" in package:
        raise RosterError(
            _("%(name)s is a spreadsheet. Save each sheet as “CSV UTF-8”, and put the files in one zip file.")
            % {"name": package.name}
        )
    if len([name for name in sds.OLDEST if name in package]) > 1:
        raise RosterError(
            _("%(name)s is Microsoft SDS 1, which is not read here. Export it as OneRoster or as Microsoft SDS 2.1.")
            % {"name": package.name}
        )
    raise RosterError(
        _("%(name)s is not a roster that can be read: OneRoster 1.1 or 1.2, PIFU-IMS 1.3 or Microsoft SDS 2 or 2.1.")
        % {"name": package.name}
    )
