"""What a class reads of what its children would like to do."""

from dataclasses import dataclass

from django.db.models import F
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from networks.children.rules import can_ask_children, can_choose_committee
from networks.models import ClassIdea, ClassVote, classes_around
from portal.figures import SMALLEST
from portal.people import protection
from portal.people.models import Person, SchoolClass, keys_of
from portal.people.rules import contacts


@dataclass(frozen=True)
class ChildrenPage:
    """`ideas` only for those who lead it; how many have voted for what, once it is closed, and never where fewer than five
    have voted: each of them could tell what the others chose."""

    school_class: SchoolClass
    vote: ClassVote | None
    ideas: list[ClassIdea]
    committee: list[str]
    may_lead: bool
    may_gather: bool
    may_choose: bool

    @property
    def shows_votes(self):
        return self.vote.cast >= SMALLEST

    @property
    def chosen(self):
        return chosen_of(self.vote, self.ideas) if self.vote and self.vote.is_closed else None


def asked_class(person, pk):
    found = SchoolClass.objects.filter(pk__in=classes_around(person)).select_related("school", "year")
    return found.filter(pk=pk).first()


def children_page(school_class, reader):
    vote = ClassVote.objects.filter(school_class=school_class).select_related("school_class__school").first()
    may_lead = can_ask_children(reader, school_class)
    ideas = [] if vote is None or (vote.takes_ideas and not may_lead) else list(vote.ideas.all())
    return ChildrenPage(
        school_class=school_class,
        vote=vote,
        ideas=_ranked(ideas) if vote and vote.is_closed and vote.cast >= SMALLEST else ideas,
        committee=committee_of(vote, reader) if vote else [],
        may_lead=may_lead,
        may_gather=contacts(reader, school_class),
        may_choose=vote is not None and can_choose_committee(reader, vote, []),
    )


def candidates(school_class):
    """The children of the class whose names others may read."""
    here = school_class.enrolments.current().values("pupil")
    return Person.objects.filter(pk__in=here).exclude(pk__in=protection.covered()).order_by("sort_name")


def committee_of(vote, reader=None):
    """First names of those who are in the class today, and whose names others, and this reader, may read today."""
    chosen = candidates(vote.school_class).filter(pk__in=vote.committee.values("pk"))
    if reader is not None:
        chosen = chosen.exclude(pk__in=keys_of.restricted(reader))
    return list(chosen.values_list("given_name", flat=True))


def chosen_of(vote, ideas):
    """What most voted for; nothing when two have as many, or when fewer than five have voted: one of them could tell what
    another chose."""
    ranked = _ranked(idea for idea in ideas if idea.is_option)
    if vote.cast < SMALLEST or (len(ranked) > 1 and ranked[0].votes == ranked[1].votes):
        return None
    return ranked[0] if ranked else None


def _ranked(ideas):
    return sorted(ideas, key=lambda idea: -idea.votes)


def children_in_words(vote):
    """For "how have the children been involved?": what was chosen and by which class, and no child's name."""
    names = {"class": vote.school_class.name}
    chosen = chosen_of(vote, vote.ideas.all())
    lines = [_("Chosen by %(class)s: %(idea)s.") % {**names, "idea": chosen.text}] if chosen else []
    if vote.cast:
        voted = ngettext("%(n)s child has voted.", "%(n)s children have voted.", vote.cast)
        lines.append(voted % {"n": vote.cast})
    if planners := len(committee_of(vote)):
        words = ngettext("%(n)s child helps to plan.", "%(n)s children help to plan.", planners)
        lines.append(words % {"n": planners})
    return " ".join(lines)


def plain_code(typed):
    return "".join(letter for letter in typed.upper() if letter.isalnum())[:20]


def by_code(typed):
    """The vote that a code is for while it works: the one code of a class while there are ideas, a slip's own while there is
    a vote. The database finds by an index, so the code is compared again in constant time, and a wrong one takes as long
    as a right one."""
    code, votes = plain_code(typed), ClassVote.objects.by_code()
    box = votes.collecting().filter(code=code).exclude(code="").annotate(found=F("code"))
    slip = votes.voting().filter(ballots__code=code).annotate(found=F("ballots__code"))
    hit = next(iter([*box.select_related("school_class__school"), *slip.select_related("school_class__school")]), None)
    same = constant_time_compare(hit.found if hit else "-", code)
    return hit if hit and same else None
