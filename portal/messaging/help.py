"""Help about how many messages to expect."""

from portal.help import MESSAGES, MORE, answers
from portal.people.hats import PARENT
from portal.people.models import Role

answers(PARENT, *Role.Kind, chapter=MORE, place=10, questions=[MESSAGES])
