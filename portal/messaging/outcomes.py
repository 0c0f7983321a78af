"""How one attempt ended, by any channel."""

from dataclasses import dataclass
from datetime import timedelta

DELAYS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 480, 720, 1440, 1440))
AFTER_FAULTS = DELAYS[:2]  # after a third failure through a fault of ours it is set aside, for somebody to look at
AWAY = timedelta(minutes=1)


@dataclass(frozen=True)
class Outcome:
    """`sent`; `later` (this message, for now); `never` (not by this channel; `is_address` when the address does not
    exist); `fault` (the program failed); `away` (no server answers)."""

    state: str
    answer: str = ""
    is_address: bool = False

    @classmethod
    def sent(cls, answer=""):
        return cls("sent", answer)

    @classmethod
    def later(cls, answer):
        return cls("later", answer)

    @classmethod
    def never(cls, answer, *, is_address=False):
        return cls("never", answer, is_address)

    @classmethod
    def fault(cls, error):
        return cls("fault", f"{type(error).__name__} in the program; the log says where")

    @classmethod
    def away(cls, answer):
        return cls("away", answer)
