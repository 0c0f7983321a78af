"""The texts that a school may begin from. Two retell in a few words what others have written, and say whose it was."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from principles.outline import read_outline

HERE = Path(__file__).parent / "texts"
OURS = _("Skolebro's own text")


@dataclass(frozen=True)
class Inspiration:
    key: str
    language: str
    origin: str

    @property
    def outline(self):
        return _outline(self.key)


SHELF = {
    one.key: one
    for one in (
        Inspiration(
            "da-samtaler",
            "da",
            _(
                "Retold after the principle that the Danish association Skole og Forældre wrote as inspiration for boards, 2018"
            ),
        ),
        Inspiration(
            "da-samarbejde", "da", _("Retold after the principle of a Danish school for its work with the homes")
        ),
        Inspiration("nb-plan", "nb", OURS),
        Inspiration("nn-plan", "nn", OURS),
    )
}


@cache
def _outline(key):
    return read_outline((HERE / f"{key}.txt").read_text(), key)
