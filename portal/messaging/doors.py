"""When a person is locked out, the links that were sent to them stop working as well."""

from django.db.models import F
from django.utils import timezone

from portal.messaging.models import PersonalLink
from portal.people.accounts import also_shut


@also_shut
def shut_links(person):
    PersonalLink.objects.filter(person=person, revoked_at=None).update(
        revoked_at=timezone.now(), rotation=F("rotation") + 1
    )
