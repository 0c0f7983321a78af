"""A room that nobody has heard of is found by what it brings: settings and urls name it, and nothing else is touched."""

import os
import subprocess
import sys

from portal.checkout.embedded import ROOT
from tests.laws.test_settings import PRODUCTION

ROOM = {
    "library/__init__.py": "",
    "library/urls.py": """
from django.urls import path
from portal.access import anyone, page
app_name = "library"
urlpatterns = [path("library/", page(open_to=anyone)(lambda request: None), name="book_list")]
""",
    "library/menu.py": """
from portal.menu import stands_at_the_office, stands_in_menu
stands_in_menu("Books", "Book", "library:book_list", order={"parent": 15})
stands_at_the_office("Shelves", "Book", "library:book_list")
""",
    "library/todos.py": """
from portal.todos import Todo, waits_for
@waits_for("parent")
def books_to_return(hat):
    return [Todo("Return a book", "/library/")]
""",
    "library/readings.py": """
from portal.readings import tells_who_read
@tells_who_read("library.Loan", {"library.loan_opened": "A loan"})
def loans_read(person, schools):
    ...
""",
    "library/help.py": """
from portal.help import Chapter, Question, answers
answers("parent", chapter=Chapter("Borrowing", 14), questions=[Question("May I borrow?", ("Yes.",))])
""",
    "library/class_page.py": """
from portal.class_page import Part, stands_on_class_page
@stands_on_class_page(50)
def books_of(school_class, reader):
    return Part("library/_books.html", f"{reader} reads {school_class}", aside=True)
@stands_on_class_page(5)
def nothing(school_class, reader):
    return None
""",
    "library/tasks.py": """
from celery import shared_task
from portal.clock import every
@shared_task(ignore_result=True)
@every(600)
def remind_of_books(): ...
""",
    "library/demo.py": """
from portal.demo import furnishes
@furnishes("library", after=("grants",))
def lend(town): ...
""",
    "library/calendar.py": """
from datetime import UTC, datetime
from portal.calendars import Entry, stands_in_calendars
@stands_in_calendars
def loans_end(person, since, *, at_home):
    now = datetime.now(UTC)
    return [Entry("loan-1", 0, now, now, "Book is due", url="https://skolebro.example.no/library/")]
""",
    "city_settings.py": """
from portal.settings import *
INSTALLED_APPS = [*INSTALLED_APPS, "library"]
ROOT_URLCONF = "city_urls"
""",
    "city_urls.py": """
from django.urls import include, path
from portal.urls import urlpatterns
urlpatterns = [*urlpatterns, path("", include("library.urls"))]
""",
}
ASK = """
import django
django.setup()
from portal import calendars, class_page, demo, help, menu, readings, todos
from portal.celery import app
from portal.people.hats import Hat
from portal.people.models import Person
app.loader.init_worker()
calendars._SOURCES[:] = [query for query in calendars._SOURCES if query.__module__ == "library.calendar"]
hat = Hat(Person(), "parent")
print([place.url for place in menu.menu_of(hat, "/library/1/") if place.current])
print([place.label for place in menu.places_at_the_office()][-1])
print("library.todos" in [query.__module__ for query, _among in todos._WAITING["parent"]])
class_page._PARTS[:] = [one for one in class_page._PARTS if one[1].__module__ == "library.class_page"]
print([part.shown for part in class_page.parts_of("3B", "Kim")])
print([source.subject for source in readings.sources()][-1])
print(*[chapter.name for chapter in help.chapters_for("parent") if chapter.name == "Borrowing"])
print(app.conf.beat_schedule["library.tasks.remind_of_books"]["schedule"])
print("library" in demo.in_order())
print([(entry.title, entry.url) for entry in calendars.coming_to(Person())])
"""


def test_a_new_room_is_found_by_what_it_brings(tmp_path):
    for name, text in ROOM.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    environ = {
        **PRODUCTION,
        "PATH": os.environ["PATH"],
        "PYTHONPATH": f"{tmp_path}:{ROOT}",
        "DJANGO_SETTINGS_MODULE": "city_settings",
    }
    run = subprocess.run([sys.executable, "-c", ASK], cwd=tmp_path, env=environ, capture_output=True, text=True)

    assert run.stdout.splitlines() == [
        "['/library/']",
        "Shelves",
        "True",
        "['Kim reads 3B']",
        "library.Loan",
        "Borrowing",
        "600",
        "True",
        "[('Book is due', '/library/')]",
    ], run.stderr
