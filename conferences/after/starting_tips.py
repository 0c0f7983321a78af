"""Ten tips for help at home that a school may begin with, in its own language. Each says how, and why."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from conferences.models.tips import FIRST_GRADE, LAST_GRADE

READING, MATHS, ENGLISH = ("Norsk", "Dansk"), ("Matematikk", "Matematik"), ("Engelsk",)  # as schools call them


@dataclass(frozen=True)
class StartingTip:
    title: str
    how: str
    why: str
    grades: tuple[int, int] = (FIRST_GRADE, LAST_GRADE)
    subject: tuple[str, ...] = ()  # the names that the subject may have


STARTING_TIPS = (
    StartingTip(
        _("Read aloud together for ten minutes"),
        _("Sit down together four evenings a week. Take turns reading, in the language that you know best."),
        _("A little reading often helps more than much reading seldom. Your child hears new words every time."),
        (1, 4),
        READING,
    ),
    StartingTip(
        _("Talk about what your child reads"),
        _("Ask what it was about, and what was surprising. Let your child explain, and ask one more question."),
        _("When children put a text into their own words, they understand it better and remember it longer."),
        (5, 10),
        READING,
    ),
    StartingTip(
        _("Count and measure while you cook"),
        _("Let your child weigh, measure and share out. Make half the recipe, or twice as much."),
        _("Numbers that are used for something real are easier to understand than numbers on a sheet."),
        (1, 4),
        MATHS,
    ),
    StartingTip(
        _("Ask how your child thinks in maths"),
        _("Ask: What do you know? What have you tried? Can you draw it? You need not know the answer yourself."),
        _("Children who explain how they think often find the mistake themselves, and dare to try again."),
        (5, 10),
        MATHS,
    ),
    StartingTip(
        _("Let English into everyday life"),
        _("Listen to a song, play a game or watch something in English together. Say a few sentences about it."),
        _("Words that children meet in something they like stay with them, and they dare to speak."),
        (3, 10),
        ENGLISH,
    ),
    StartingTip(
        _("Sleep first, screens later"),
        _("Agree on when the screens go to rest outside the bedroom, an hour before bedtime. Adults too."),
        _("Children who sleep enough remember more, are in a better mood and learn with less effort."),
    ),
    StartingTip(
        _("A fixed time and place for schoolwork"),
        _("Choose a quiet place and the same time each day. Begin with the hardest, and stop when the time is up."),
        _("When time and place are settled, there is less to argue about and more strength left for learning."),
    ),
    StartingTip(
        _("Praise the effort"),
        _("Say what you saw: You tried three times. You asked for help. Say it about what did not go well too."),
        _("Children who are praised for what they do, and not for being clever, keep trying when it gets hard."),
    ),
    StartingTip(
        _("Invite somebody home to play"),
        _("Invite a child from the class whom your child seldom plays with. An hour after school is enough."),
        _("Children who feel safe with each other in the class learn better, and fewer stand alone."),
        (1, 7),
    ),
    StartingTip(
        _("Plan the week together"),
        _(
            "Look at the week on Sunday: tests, training and free time. Let your child make the plan, and ask how it went."
        ),
        _("Young people who plan learn to take charge of their own work, and are less stressed before tests."),
        (8, 10),
    ),
)
