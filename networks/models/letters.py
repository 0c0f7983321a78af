"""Letters on paper to homes that no message reaches, each with a code to answer by. Only a hash of the code is kept."""

import secrets

from django.conf import settings
from django.utils.crypto import salted_hmac

from networks.models.gatherings import Gathering
from networks.models.starts import NetworkStart
from portal.people.models import Household, Person, keys_of
from portal.people.models.persons import either
from portal.text import models

SALT = "networks.printed_letter"


class PrintedLetterQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Whoever organises the gathering, and the office of its school."""
        organised = Gathering.objects.organised_by(person).values("pk")
        own = Gathering.objects.filter(school_class__school__in=keys_of.schools_run(person)).values("pk")
        return self.filter(gathering__in=either(organised, own))

    def by_code(self, code):
        """Found by its hash, under the current key or an earlier one, as long as there is something to read about the
        gathering. A guesser cannot steer a keyed hash, so the time that the search takes tells nothing."""
        to_come = Gathering.objects.known_at_home().upcoming().values("pk")
        return self.filter(code_hash__in=hashes_of(code), gathering__in=to_come)


class PrintedLetter(models.Model):
    """The latest letter to one home about one gathering: printing it again makes a new code, and the earlier one is dead.
    `sequence` is the gathering's when it was printed: a later change makes what it says old."""

    LETTERS, LENGTH = NetworkStart.LETTERS, 8  # entered without signing in, so longer than a code on a wall

    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="letters")
    household = models.ForeignKey(Household, models.CASCADE, related_name="+")
    code_hash = models.CharField(max_length=64, unique=True)
    sequence = models.PositiveIntegerField(default=0)
    printed_at = models.DateTimeField()
    printed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    objects = PrintedLetterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["gathering", "household"], name="one_letter_per_home_and_gathering")
        ]

    class Privacy:
        personal = {"household", "code_hash", "printed_by"}
        plain = {"id", "gathering", "sequence", "printed_at"}

    def __str__(self):
        return f"letter {self.pk}"


class ToldInPerson(models.Model):
    """Somebody has called a home, or met it, and said that nothing comes of the gathering: no message tells it so."""

    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="told_in_person")
    household = models.ForeignKey(Household, models.CASCADE, related_name="+")
    told_at = models.DateTimeField()
    told_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    objects = PrintedLetterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["gathering", "household"], name="one_word_per_home_and_gathering")
        ]

    class Privacy:
        personal = {"household", "told_by"}
        plain = {"id", "gathering", "told_at"}

    def __str__(self):
        return f"word {self.pk}"


def secret_code():
    return "".join(secrets.choice(PrintedLetter.LETTERS) for _letter in range(PrintedLetter.LENGTH))


def hash_of(code, key=None):
    return salted_hmac(SALT, code, secret=key, algorithm="sha256").hexdigest()


def hashes_of(code):
    return [hash_of(code, key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
