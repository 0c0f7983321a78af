"""Who begins a class fund, who keeps it and who hands it on. Each docstring is the reason."""

from networks.fund.queries import may_be_keeper
from networks.models import ClassFund
from networks.rules import can_gather


def can_open_fund(person, school_class, one, other):
    """The class contact writes down which two guardians the class elected, out of those whom the class may know by
    name."""
    return can_gather(person, school_class) and may_be_keeper(school_class, person, one, other)


def can_manage_fund(person, fund):
    """The two whom the class elected, while they have a child in it."""
    return ClassFund.objects.managed_by(person).filter(pk=fund.pk).exists()


def can_reverse(person, row):
    """A keeper undoes what counts, and the other one confirms that."""
    return can_manage_fund(person, row.fund)


def can_confirm_row(person, row):
    """Two pairs of eyes: the other keeper confirms, and nobody their own row."""
    return can_manage_fund(person, row.fund) and row.written_by.person_id != person.pk


def can_set_aside(person, row):
    """A keeper sets aside what does not count yet, their own row or the other's."""
    return can_manage_fund(person, row.fund)


def leads_on(person, fund):
    """The class contact of the class today sees to it that the fund has two keepers."""
    return ClassFund.objects.contacted_by(person).filter(pk=fund.pk).exists()


def can_hand_over(person, fund, one, other):
    """The class contact writes down which two the class elected next, out of those whom the class may know by name."""
    return leads_on(person, fund) and may_be_keeper(fund.class_today, person, one, other)


def can_sign(person, hand_over):
    """A keeper of today signs for what is handed on."""
    return can_manage_fund(person, hand_over.fund)


def can_drop(person, hand_over):
    """The class contact drops a hand-over that was a mistake."""
    return leads_on(person, hand_over.fund)
