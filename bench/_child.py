"""What the page of a child reads: as many rows of each kind as are asked for."""

from datetime import timedelta

from django.utils import timezone

from bench.rush import LONG_AGO, people, write_all
from conferences.models import AgreedAction, Conference, ConferenceSummary, LearningPlanRef
from networks.models import Bulletin
from portal.messaging.models import Notice, naming
from portal.people.models import Role, the_portal
from portal.schoolyear.models import SchoolEvent


def about_a_child(school_class, guardian, child, size):
    _shared(Conference.objects.filter(pupil=child, kind="extra"), guardian)
    _of_the_class(school_class, size)
    _planned(school_class, size)
    teaching = {"kind": "subject_teacher", "school_class": school_class, "state": "confirmed", "valid_from": LONG_AGO}
    write_all([Role(person=one, confirmed_by=the_portal(), **teaching) for one in people("Faglærer", size)])


def _shared(talks, guardian):
    """A summary of each talk with an agreement, a plan before it, and the message that it is there to read."""
    portal, now = the_portal(), timezone.now()
    drafts = ConferenceSummary.objects.bulk_create(
        [ConferenceSummary(conference=talk, version=1, written_by=portal, home_support="Les.") for talk in talks]
    )
    agreed = {"place": 1, "what": "Les", "owner": "home", "who": "Hjemme", "due_on": now.date() + timedelta(days=3)}
    AgreedAction.objects.bulk_create([AgreedAction(summary=draft, **agreed) for draft in drafts])
    ConferenceSummary.objects.filter(pk__in=[draft.pk for draft in drafts]).update(shared_at=now)
    plan = {"title": "Plan", "url": "https://example.org/", "made_by": portal, "sent_at": now}
    LearningPlanRef.objects.bulk_create([LearningPlanRef(conference=talk, **plan) for talk in talks])
    told = {
        "kind": "conferences.summary_shared",
        "category": "news",
        "state": "told",
        "not_before": now,
        "told_at": now,
    }
    Notice.objects.bulk_create([Notice(**naming(talk), recipient=guardian, **told) for talk in talks])


def _of_the_class(school_class, size):
    sent = {"kind": "practical", "title": "Svømming", "text": "Husk.", "state": "sent", "sent_at": timezone.now()}
    Bulletin.objects.bulk_create(
        [Bulletin(school_class=school_class, written_by=the_portal(), **sent) for _number in range(size)]
    )


def _planned(school_class, size):
    starts = timezone.now() + timedelta(days=9)
    meeting = {"kind": "meeting", "title": "Møte", "place": "Skolen", "starts_at": starts}
    meeting |= {"ends_at": starts + timedelta(hours=1), "school": school_class.school, "made_by": the_portal()}
    planned = SchoolEvent.objects.bulk_create([SchoolEvent(**meeting) for _number in range(size)])
    meant = SchoolEvent.classes.through
    meant.objects.bulk_create([meant(schoolevent=one, schoolclass=school_class) for one in planned])
