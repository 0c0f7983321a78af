"""Addresses of a family's pages about a talk, signed in or behind a personal link, and which words they show again."""

from dataclasses import dataclass
from functools import cached_property

from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from conferences.models import Conference
from conferences.unnamed import unname
from portal.messaging.holders import is_neutral, is_written_here, remember_written
from portal.messaging.models import PersonalLink
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
    conference: Conference
    link: PersonalLink | None = None

    @cached_property
    def is_neutral(self):
        return is_neutral(self.link)

    def _to(self, page):
        if self.link:
            return reverse(f"conferences:{page}_link", args=[self.link.token, self.conference.pk])
        return path_to(f"conferences:{SIGNED_IN[page]}", self.conference.pk)

    @property
    def time(self):
        if self.link:
            return f"{self.up}?talk={self.conference.pk}"
        if self.conference.round_id:
            round = path_to("conferences:family_book", self.conference.round_id)
            return f"{round}?talk={self.conference.pk}"
        return path_to("conferences:conference_time", self.conference.pk)

    @property
    def up(self):
        return first_page(self.link)

    @property
    def frame(self):
        return "focus.html" if self.link else "base.html"

    show = property(lambda self: self._to("show"))
    cancel = property(lambda self: self._to("cancel"))
    none = property(lambda self: self._to("none"))
    swap = property(lambda self: self._to("swap"))
    separate = property(lambda self: self._to("separate"))
    calendar = property(lambda self: self._to("calendar"))


def first_page(link):
    return reverse("conferences:book_link", args=[link.token]) if link else reverse("conferences:conference_list")


def own(person, pk):
    return get_object_or_404(Conference.objects.of_guardian(person).select_related(*TALK), pk=pk)


def talk_shown(request, template, ways, **shown):
    """Behind a neutral link the talk is shown without names."""
    if ways.is_neutral:
        unname([ways.conference])
    return render(request, template, {"conference": ways.conference, "ways": ways, **shown})


def withholds(request, link, text):
    """A browser with a link shows a word to the school again only if it was written there."""
    return link is not None and not is_written_here(request, link, text)


def written(request, answer, link, text):
    """Remembers, for a browser with a link, that the words were written there."""
    if link is not None and text:
        remember_written(request, answer, link, text)
    return answer
