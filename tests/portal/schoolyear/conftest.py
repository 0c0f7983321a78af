"""A school with two classes, a family in each, and those who work there."""

from types import SimpleNamespace

from tests import make
from tests.ground import once


@once
def town(db):
    lia = make.school("Lia skole")
    first, second = make.school_class("1A", at=lia), make.school_class("1B", at=lia)
    nora, amira = make.family(first)
    liv, ben = make.family(second, pupil_name="Liv", adult_name="Ben")
    return SimpleNamespace(
        lia=lia,
        first=first,
        second=second,
        nora=nora,
        amira=amira,
        liv=liv,
        ben=ben,
        tom=make.holder("contact_teacher", first, given_name="Tom"),
        ida=make.holder("subject_teacher", second, given_name="Ida"),
        odd=make.holder("office", lia, given_name="Odd"),
        pia=make.holder("principal", lia, given_name="Pia"),
        bo=make.holder("board_member", lia, given_name="Bo"),
        elsewhere=make.holder("principal", make.school("Elsewhere"), given_name="Pål"),
    )
