"""What a month's new duties cost a contact teacher: where the class writes what, the weekly line, inquiries, releases.
Counted by what is read, pressed and written, at published rates, and not by how fast this machine is."""

import pytest
from django.utils import timezone

from networks import actions as networks
from portal.people.models import Person
from principles.inquiries import actions as inquiries
from principles.matrix import actions as matrix
from principles.matrix.models import MatrixRow
from tests import make
from tests.journeys.conftest import enter
from tests.networks.conftest import town as town_of_networks

pytestmark = pytest.mark.django_db(transaction=True)
town = town_of_networks

READS = 238  # words a minute, silently (Brysbaert 2019)
WRITES = 19  # words a minute, of one's own, at a keyboard (Karat and others 1999)
PRESSES = (1.35 + 1.1) / 60  # minutes to think of it and to point at it (Card, Moran and Newell 1983)
TIMES = {"table": 1, "line": 4, "inquiry": 3, "release": 2}  # in the busiest month, the first of a school year
MOST = 20  # minutes


ABOVE = """one => {
    const above = document.createRange();
    above.setStart(document.querySelector("main"), 0);
    above.setEndBefore(one);
    return above.toString().split(/\\s+/).length;
}"""


class Teacher:
    """Reads a page down to what is pressed or written, from the first line each time."""

    def __init__(self, page):
        self.page, self.minutes = page, 0

    def finds(self, one):
        self.page.wait_for_load_state()
        self.minutes += one.evaluate(ABOVE) / READS + PRESSES
        return one

    def presses(self, role, name):
        self.finds(self.page.get_by_role(role, name=name).first).click()

    def writes(self, label, text):
        self.finds(self.page.get_by_label(label)).fill(text)
        self.minutes += len(text.split()) / WRITES


def test_a_months_new_duties_take_a_contact_teacher_twenty_minutes_at_most(visit, live_server, town):
    tom, office = make.holder("contact_teacher", town.first, "Tom"), make.holder("office", town.school, "Odd")
    Person.objects.update(language="en")
    usual = {"system": None, "where": "In the weekly letter", "who": "The teachers", "how_often": "On Fridays"}
    matrix.write_usual(town.school, by=office, rows=dict.fromkeys(MatrixRow.Matter.values, usual))
    page = visit("phone")
    enter(page, tom, live_server.url)
    took = {}

    def duty(name):
        took[name] = Teacher(page)
        page.goto("/")
        return took[name]

    teacher = duty("table")
    teacher.presses("link", "Where do you write homework and messages to 1A?")
    teacher.presses("link", "Fill it in")
    teacher.writes("Homework: how often", "Mondays and Thursdays, before three")
    teacher.presses("button", "Save")
    teacher.presses("button", "Publish, and tell the families and pupils")

    teacher = duty("line")
    teacher.presses("link", "Gatherings")
    teacher.presses("link", "1A")
    teacher.presses("link", "Write this week’s line, or correct it")
    teacher.writes("Ask your child about", "how a seed becomes a tree, and which one stands in our yard")
    teacher.presses("button", "Save it")

    said = {
        "school": town.school,
        "kind": "worry",
        "seen": "She comes home sad, and says that she is alone in the breaks.",
    }
    inquiries.write_inquiry(town.nora, by=town.amira, **said)
    teacher = duty("inquiry")
    teacher.presses("link", "Answer an inquiry about Nora")
    teacher.presses("link", "Answer")
    teacher.writes(
        "Your answer", "Thank you for telling us. We look after the breaks this week, and I call you on Friday."
    )
    teacher.presses("button", "Answer")

    words = {
        "kind": "happened",
        "title": "The yard",
        "text": "The fence is broken. Nobody is hurt.",
        "is_knowable": True,
    }
    notice = networks.write_bulletin(town.first, by=town.jurgita, noticed_at=timezone.now(), **words)
    networks.ask_release(notice, by=town.jurgita, not_names=[])
    teacher = duty("release")
    teacher.presses("link", "Read a notice before it is sent")
    teacher.presses("button", "Release it, and send it to the class")

    each = {name: round(took[name].minutes * times, 1) for name, times in TIMES.items()}
    assert sum(each.values()) <= MOST, each
