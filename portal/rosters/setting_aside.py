"""Rows that are not understood are set aside: they give nothing, are named by file and row, and end nothing."""

from collections import Counter

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.rosters import values, words

FIRST_YEAR, LAST_YEAR = 1950, 2200  # of a class that anybody still has a file of


class SettingAside:
    """A roster, and what is written down about its rows: what was set aside, cut, or left out on purpose."""

    def __init__(self, roster):
        self.roster, self.notes = roster, roster.notes
        self.today = timezone.localdate()
        self.other_contacts, self.past_roles, self.no_sign_in = Counter(), 0, set()

    def set_aside(self, file, row, text, *persons):
        """Name the row, and leave these persons as they are here."""
        self.notes.warn(file, row, text)
        self.roster.aside.update(person for person in persons if person)

    def backwards(self, file, row, ends, person):
        """A row that ends before it begins is an end when its end is past; else nobody can tell what it means."""
        if ends < self.today:
            self.notes.warn(file, row, _("The row ends before it begins. It was read as ended."))
            return True
        self.set_aside(file, row, _("The row ends before it begins. It gives nothing and ends nothing."), person)
        return False

    def unknown(self, file, row, column, word, *persons):
        if word:
            text = _("%(word)s in the column %(column)s is not a word we know. The row gives nothing and ends nothing.")
        else:
            text = _("The column %(column)s is empty. The row gives nothing and ends nothing.")
        self.set_aside(file, row, text % {"word": word[:40], "column": column}, *persons)

    def status(self, file, row, status, *persons):
        """True when the row counts, False when the source has removed it, None when nobody can tell."""
        word = words.plain(status)
        if word in words.HERE:
            return True
        if word in words.GONE:
            return False
        self.unknown(file, row, "status", status, *persons)
        return None

    def finish(self, file):
        """What was left out on purpose is counted. Whoever the source has removed is not set aside."""
        self.roster.aside -= self.roster.gone
        for (where, word), count in sorted(self.other_contacts.items()):
            text = _("Contacts called %(word)s are not guardians, and were left out: %(count)s.")
            self.notes.warn(where, 0, text % {"count": count, "word": word[:40]})
        if self.past_roles:
            text = _("Roles in the file that have ended were not proposed: %(count)s.")
            self.notes.warn(file, 0, text % {"count": self.past_roles})
        grown = (self.roster.staff | self.roster.guardians) & self.no_sign_in
        if grown:
            text = _(
                "Grown-ups who may not sign in, as the file says: %(count)s. Look at them before you confirm anything."
            )
            self.notes.warn(file, 0, text % {"count": len(grown)})

    def looks_damaged(self, file, row, name):
        text = _("The name %(name)s looks damaged, like Ã¸ for ø. Mend it in the school's own system.")
        self.notes.warn(file, row, text % {"name": name})

    def shortened(self, file, row, name, longest):
        """The name of a class or a school, which may be cut and is then named."""
        if values.damaged(name):
            self.looks_damaged(file, row, name[:longest])
        if values.MADE_A_DAY.match(name):
            text = _("The name %(name)s looks like a date that a spreadsheet made of it.")
            self.notes.warn(file, row, text % {"name": name[:longest]})
        if len(name) > longest:
            self.notes.warn(
                file, row, _("The name is too long, and was shortened to: %(name)s") % {"name": name[:longest]}
            )
        return name[:longest].strip()

    def date(self, file, row, text, dates):
        """The date; None where there is none, or none that can be read, which is said."""
        try:
            return dates.read(text)
        except values.Ambiguous:
            self._ambiguous(file, row, text)
        except values.NotADate:
            self.notes.warn(file, row, _not_a_date(text) + " " + _("It was left out."))
        return None

    def first_day(self, file, row, text, dates):
        """The first day of the school year that a date falls in; None where it is none that a school could have."""
        day = self.date(file, row, text, dates)
        if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
            self.notes.warn(file, row, _not_a_date(text) + " " + _("It was left out."))
            return None
        return values.year_start(day) if day else None

    def dates(self, file, row, person, *texts_and_columns):
        """The dates of a row that says from when to when; None when one of them cannot be read: the row is set aside."""
        read = []
        for text, column in texts_and_columns:
            try:
                read.append(column.read(text))
            except values.Ambiguous:
                self._ambiguous(file, row, text)
                return None
            except values.NotADate:
                self.set_aside(
                    file, row, _not_a_date(text) + " " + _("The row gives nothing and ends nothing."), person
                )
                return None
        return read

    def _ambiguous(self, file, row, text):
        said = _("The date %(text)s can be read in two ways. Write it as year-month-day, like 2017-05-31.")
        self.notes.error(file, row, said % {"text": text[:30]})


def _not_a_date(text):
    return _("%(text)s is not a date. Write it as year-month-day, like 2017-05-31.") % {"text": text[:30]}
