"""Law: the table of who may do what is the code's own."""

from portal.home.management.commands.describe import VERBS, described
from tests.laws.code import ROOT


def test_the_table_of_verbs_is_the_codes_own():
    assert (ROOT / VERBS).read_text() == described(), "run: manage.py describe --write"
