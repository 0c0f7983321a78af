"""Short games with which people of a class begin to talk, for each age; one press puts one into the programme."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

YOUNGEST, MIDDLE, OLDEST = (1, 4), (5, 7), (8, 10)


@dataclass(frozen=True)
class Icebreaker:
    """`how` is all that whoever leads it has to read. Nobody has to touch anybody, tell anything private or win."""

    key: str
    grades: tuple[int, int]
    title: Promise
    minutes: int
    how: Promise

    def is_for(self, grade):
        first, last = self.grades
        return first <= grade <= last

    def fields(self):
        return {"title": str(self.title), "minutes": self.minutes, "note": str(self.how)}


ICEBREAKERS = (
    Icebreaker(
        *("circle", YOUNGEST, _("Name and movement"), 10),
        _("All stand in a ring. Each says their name with a movement, and everybody copies it. Adults first."),
    ),
    Icebreaker(
        *("swap", YOUNGEST, _("All who …, change places"), 10),
        _(
            "Sit in a ring. One calls out: all who like pancakes, change places! Choose things that can be seen or eaten."
        ),
    ),
    Icebreaker(
        *("animals", YOUNGEST, _("Find your animal"), 10),
        _(
            "Whisper an animal to each, two of every kind. With sounds alone they find each other. Mix children and adults."
        ),
    ),
    Icebreaker(
        *("colours", YOUNGEST, _("Colour hunt"), 10),
        _("Call out a colour. All find something of that colour, and show it to somebody they have not met before."),
    ),
    Icebreaker(
        *("drawing", YOUNGEST, _("We draw together"), 15),
        _("Two and two, a child and an adult from another home, draw one animal. They take turns, one line at a time."),
    ),
    Icebreaker(
        *("ball", YOUNGEST, _("The ball of yarn"), 15),
        _(
            "Throw a ball of yarn to somebody, hold on to the thread and say what you like to play. In the end it is a net."
        ),
    ),
    Icebreaker(
        *("bingo", MIDDLE, _("Find somebody who …"), 15),
        _("Hand out sheets with nine squares, such as: can whistle, has a pet. Find a new person for each square."),
    ),
    Icebreaker(
        *("line", MIDDLE, _("A line without words"), 10),
        _("Line up by day of birth in the year, without speaking. When the line stands, each says their date."),
    ),
    Icebreaker(
        *("common", MIDDLE, _("Three things in common"), 10),
        _(
            "Four and four, children and adults. Find three things that all of you have in common, and one that is rare."
        ),
    ),
    Icebreaker(
        *("corners", MIDDLE, _("Four corners"), 10),
        _("Each corner is an answer: sea, hills, town or sofa? Go there, and tell one person why. Four rounds."),
    ),
    Icebreaker(
        *("tower", MIDDLE, _("The highest tower"), 20),
        _(
            "Mixed tables get twenty sheets of paper and tape. Build as high as you can in ten minutes. Admire all of them."
        ),
    ),
    Icebreaker(
        *("statues", MIDDLE, _("Picture of a word"), 15),
        _("Groups of five get a word, such as a football match, and stand still as a picture of it. The others guess."),
    ),
    Icebreaker(
        *("speed", OLDEST, _("Two minutes each"), 15),
        _("Two rows of chairs, young people facing adults. Two minutes for each question, then all move on one chair."),
    ),
    Icebreaker(
        *("truths", OLDEST, _("Two true, one made up"), 15),
        _(
            "Tables of six. Each tells three small things about themselves, one of them made up. The others guess which."
        ),
    ),
    Icebreaker(
        *("quiz", OLDEST, _("Quiz across ages"), 25),
        _("Mixed teams. Half the questions are about what adults were young with, and half about what is new now."),
    ),
    Icebreaker(
        *("agree", OLDEST, _("Agree or not"), 15),
        _("Read a sentence aloud. All stand along a line from agree to disagree. Some say why, and all may move."),
    ),
    Icebreaker(
        *("song", OLDEST, _("The song of the summer"), 15),
        _(
            "Each table agrees on one song that all of them can stand, and says how it got there. Play them in the break."
        ),
    ),
    Icebreaker(
        *("teach", OLDEST, _("Teach me something"), 20),
        _("Two and two, one young and one adult from another home. Each teaches the other something in five minutes."),
    ),
)
BY_KEY = {one.key: one for one in ICEBREAKERS}


def icebreakers_for(grades):
    """Those of these grades; for a class without grades, all."""
    return [one for one in ICEBREAKERS if not grades or any(one.is_for(grade) for grade in grades)]
