"""What the schools of the demo do every year."""

from principles.wheel.actions import add_yearly_item

YEAR = {
    "sol": ((8, "Styret velger leder"), (9, "Foreldremøter"), (10, "Budsjettet drøftes"), (6, "Årsmelding fra styret")),
    "lia": ((8, "Styret vel leiar"), (9, "Foreldremøte"), (10, "Budsjettet blir drøfta"), (6, "Årsmelding frå styret")),
    "eng": (
        (8, "Bestyrelsen konstituerer sig"),
        (9, "Fælles forældremøde"),
        (10, "Høring om budgettet"),
        (3, "Kvalitetsrapporten drøftes"),
        (6, "Årsberetning"),
    ),
}


def go_round(town):
    for key, items in YEAR.items():
        for month, title in items:
            add_yearly_item(town.schools[key], by=town.leader(key), month=month, title=title)
