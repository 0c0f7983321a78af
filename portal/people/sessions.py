"""Sessions in the database, so that one that is ended has ended; and whose they are. Every request asks both, hence as
standing questions."""

from datetime import datetime

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.sessions.backends import db
from django.utils import timezone

from portal.people.models import Person
from portal.standing import standing


class SessionStore(db.SessionStore):
    def _get_session_from_db(self):
        found = next(iter(_session(self.session_key, timezone.now())), None)
        if found is None:
            self._session_key = None  # the next one gets a key of its own
        return found


class Backend(AuthenticationBackend):
    """Who may come in is the library's; this only finds the person of a session."""

    def get_user(self, user_id):
        return next((person for person in _person(user_id) if self.user_can_authenticate(person)), None)


def _open(key: str, now: datetime):
    return db.SessionStore.get_model_class().objects.filter(session_key=key, expire_date__gt=now)


_session = standing(_open)
_person = standing(lambda key: Person.objects.filter(pk=key))
