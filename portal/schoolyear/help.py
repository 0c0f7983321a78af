"""What people ask about the school's own dates and settings."""

from django.utils.translation import gettext_lazy as _

from portal.help import LEADING, Chapter, Question, answers
from portal.people.hats import PARENT
from portal.people.models import Role
from portal.people.rules import LEADERS, TEACHERS

YEAR = Chapter(_("The school year"), 40)
LIST, YEAR_OF_SCHOOL = "schoolyear:event_list", _("The school year")

DATES = Question(
    _("When do the parents meet, and when is the school closed?"),
    (
        _("They stand under The school year. What is for your child's class stands on your first page too."),
        _("Do you use a calendar of your own? It can read what is planned for your child's class."),
    ),
    LIST,
    YEAR_OF_SCHOOL,
)
PLAN = Question(
    _("How do I put in a meeting of the parents?"),
    (
        _("Open The school year and put it in. It stands in the calendars at once. No message is sent."),
        _("If you move it or call it off less than two weeks before, those who have it are told by themselves."),
    ),
    LIST,
    YEAR_OF_SCHOOL,
)
SETTINGS = Question(
    _("Where do we say when the school is closed?"),
    (
        _("In the school's settings. Type the holidays, or read them from a calendar file."),
        _("There you also set the half-years and how soon you answer. Each part says who set it, and when."),
    ),
    "schoolyear:setting_list",
    _("The school's settings"),
)

answers(PARENT, Role.Kind.CLASS_CONTACT, chapter=YEAR, questions=[DATES])
answers(*TEACHERS, chapter=YEAR, questions=[PLAN])
answers(Role.Kind.OFFICE, chapter=YEAR, questions=[PLAN, SETTINGS])
answers(*LEADERS, chapter=LEADING, place=40, questions=[PLAN, SETTINGS])
