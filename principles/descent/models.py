"""What became of each point from one version to the next."""

from collections import Counter

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from portal.actions import Refusal
from portal.text import models


class NotThatText(Refusal):
    words = _("The principle has another version meanwhile, and these points are not all in it. Open this page anew.")


class Doubtful(Refusal):
    """Likeness only proposes: nobody was there to say which point is which."""


class SaidTwice(Refusal):
    """Two points of a new text cannot both be the same earlier one."""


class Descent(models.Model):
    """One step of one point: from the version before to this one. A version has one for each point of either, and the
    database publishes none without. `kin` is what a point was split off from, or went into."""

    class Kind(models.TextChoices):
        KEPT = "kept"
        CHANGED = "changed"
        MOVED = "moved"
        SPLIT = "split"
        MERGED = "merged"
        NEW = "new"
        GONE = "gone"

    version = models.ForeignKey("principles.PrincipleVersion", models.CASCADE, related_name="descents")
    lineage = models.ForeignKey("principles.Lineage", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=7, choices=Kind)
    kin = models.ForeignKey("principles.Lineage", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["lineage__number"]
        constraints = [
            models.UniqueConstraint(fields=["version", "lineage"], name="one_step_per_point_and_version"),
            models.CheckConstraint(
                condition=Q(kind__in=["split", "merged"], kin__isnull=False)
                | Q(kind__in=["kept", "changed", "moved", "new", "gone"], kin=None),
                name="split_and_merged_say_of_which",
            ),
            models.CheckConstraint(condition=~Q(kin=models.F("lineage")), name="a_point_is_not_its_own_kin"),
        ]

    class Privacy:
        personal = set()
        plain = {"id", "version", "lineage", "kind", "kin"}

    def __str__(self):
        return f"lineage {self.lineage_id}: {self.kind} in version {self.version_id}"


def refuse_doubtful(proposals):
    doubtful = sum(not one.sure for one in proposals)
    if doubtful:
        raise Doubtful(
            ngettext(
                "%(n)s point may be an earlier one in new words. Bring the text in on the page of the principles, where it"
                " is asked about.",
                "%(n)s points may be earlier ones in new words. Bring the text in on the page of the principles, where each"
                " is asked about.",
                doubtful,
            )
            % {"n": doubtful}
        )


def refuse_wrong(descents, numbers):
    """Each point of the earlier version goes on in one place, or into one point. `numbers` are those that it has."""
    gone_on = Counter(number for one in descents for number in (one.same, *one.takes) if number is not None)
    parted = {one.split for one in descents if one.split is not None}
    if not {*gone_on, *parted} <= numbers:
        raise NotThatText
    twice = [number for number, times in gone_on.items() if times > 1]
    if twice:
        raise SaidTwice(
            ngettext(
                "Point %(numbers)s was chosen twice. Only one point can carry it on; the other is new, or split off from it.",
                "Points %(numbers)s were chosen twice. Only one point can carry each on; the others are new, or split off.",
                len(twice),
            )
            % {"numbers": ", ".join(str(number) for number in sorted(twice))}
        )
