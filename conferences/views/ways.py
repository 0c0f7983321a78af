"""Where the pages of a family's talk are, and which words they show again: by name for who has signed in, else behind a
personal link."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from conferences.models import Conference
from conferences.unnamed import unname
from portal.messaging.holders import is_written_here, remember_written
from portal.paths import path_to

TALK = ("round", "pupil", "teacher", "school_class__school", "booking__slot__room")
SIGNED_IN = {
    "show": "conference_show",
    "cancel": "booking_cancel",
    "none": "none_fit",
    "swap": "swap_ask",
    "separate": "separate_ask",
    "calendar": "conference_calendar",
}


@dataclass(frozen=True)
class Ways:
    """Where one talk's pages are: by name for who has signed in, else behind the personal link, which names nobody when
    it `is_neutral`."""

    conference: Conference
    link: str = ""
    is_neutral: bool = False

    def _to(self, do):
        if self.link:
            return f"{self.link}?{urlencode({'do': do, 'talk': self.conference.pk})}"
        return path_to(f"conferences:{SIGNED_IN[do]}", self.conference.pk)

    @property
    def time(self):
        if self.link:
            return f"{self.link}?talk={self.conference.pk}"
        if self.conference.round_id:
            round = path_to("conferences:family_book", self.conference.round_id)
            return f"{round}?talk={self.conference.pk}"
        return path_to("conferences:conference_time", self.conference.pk)

    @property
    def up(self):
        return self.link or reverse("conferences:conference_list")

    @property
    def frame(self):
        return "focus.html" if self.link else "base.html"

    show = property(lambda self: self._to("show"))
    cancel = property(lambda self: self._to("cancel"))
    none = property(lambda self: self._to("none"))
    swap = property(lambda self: self._to("swap"))
    separate = property(lambda self: self._to("separate"))
    calendar = property(lambda self: self._to("calendar"))


def own(person, pk):
    """A talk of an own child, as its guardian."""
    return get_object_or_404(Conference.objects.of_guardian(person).select_related(*TALK), pk=pk)


def talk_shown(request, template, ways, **shown):
    """A page about one talk."""
    if ways.is_neutral:
        unname([ways.conference])
    return render(request, template, {"conference": ways.conference, "ways": ways, **shown})


def withholds(request, text):
    """Whether a word to the school is not shown again: it was not written in this browser, which holds a link."""
    link = getattr(request, "personal_link", None)
    return link is not None and not is_written_here(request, link, text)


def written(request, answer, text):
    """The answer to whoever has just written to the school: a browser that holds a link is remembered."""
    link = getattr(request, "personal_link", None)
    if link is not None and text:
        remember_written(request, answer, link, text)
    return answer
