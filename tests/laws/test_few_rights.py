"""Law: after-school staff have pages of their own, those that everybody has, and nothing else: no page of a class, of a
child, of the office or of a room's work opens for them."""

import logging

import pytest

from tests import make
from tests.laws.test_access_matrix import MATRIX, sign_of, visit
from tests.laws.verdict import allow_none
from tests.laws.world import KINDS, world

OWN = {"people:ways_choose", "people:away_say", "people:care_children"}
OWN |= {"principles:confidence_received", "principles:inquiry_list"}  # what homes have told or asked them
OWN |= {"principles:cooperation_work"}  # they work at the school, and are asked once a year with everybody there
OWN |= {"principles:hearing_show", "principles:hearing_answer"}  # staff of the school are asked too
OPENS = "2R"


@pytest.mark.walk
def test_after_school_staff_open_their_own_pages_and_what_everybody_opens(db):
    town = world()
    logging.disable(logging.ERROR)
    frida = make.holder("after_school", town.people["principal"].roles.get().school, given_name="Frida")
    wrong = []
    for how, name, answer in visit(town, frida):
        row = MATRIX[name][how == "POST"]
        everybody = all(sign in OPENS for sign in row[1 : len(KINDS)])
        if sign_of(answer) in OPENS and name not in OWN and not everybody:
            wrong.append(f"{how} {name}: {answer.status_code}")
    logging.disable(logging.NOTSET)

    allow_none(wrong, "{} opens for after-school staff")
