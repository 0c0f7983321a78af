"""Where points of the principles are carried out here: in the rounds that follow them."""

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from conferences.models import ConferenceRound
from portal.clauses import Done, says_where_it_is_done
from portal.people.models import keys_of


@says_where_it_is_done
def rounds_that_follow(lineages, person):
    """Those that families know of and that are not over: to whoever follows a round its page, to a guardian the page on
    which times are chosen. One query."""
    of_classes = ConferenceRound.classes.through.objects.filter(conferenceround=OuterRef("pk"))
    taught = Exists(of_classes.filter(schoolclass__in=keys_of.classes_taught(person)))
    led = Q(pk__in=ConferenceRound.objects.led_by(person).values("pk"))
    rounds = ConferenceRound.objects.visible_to(person).published().filter(lineage__in=lineages)
    rows = rounds.annotate(is_followed=Q(taught) | led).values_list("lineage", "title", "pk", "is_followed")
    pages = {True: "conferences:round_show", False: "conferences:family_book"}
    return [Done(lineage, title, reverse(pages[followed], args=[pk])) for lineage, title, pk, followed in rows]
