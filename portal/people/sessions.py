"""Sessions in the database, so that an ended session really has ended, and whose they are. Every request asks both,
hence standing queries."""

import time
from datetime import datetime

from allauth.account.auth_backends import AuthenticationBackend
from allauth.usersessions.models import UserSession
from django.contrib.auth import logout
from django.contrib.sessions.backends import db
from django.db.models import Exists, OuterRef
from django.utils import timezone

from portal.people.models import Person, Role
from portal.people.rules import SECOND_FACTOR, needs_second_factor
from portal.standing import standing

MINUTE, DAY = 60, 86_400
IDLE = 30 * MINUTE  # seconds, for those who can open other people's rights
LONGEST = 14 * DAY  # for everybody, however much it is used
BEGAN, SEEN = "began", "seen"


class SessionStore(db.SessionStore):
    def _get_session_from_db(self):
        found = next(iter(_session(self.session_key, timezone.now())), None)
        if found is None:
            self._session_key = None  # the next one gets a key of its own
        return found


class Backend(AuthenticationBackend):
    """The library decides who may sign in; this only finds the person of a session."""

    def get_user(self, user_id):
        return next((person for person in _person(user_id) if self.user_can_authenticate(person)), None)


class SessionsEnd:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.session.session_key:
            _look_at(request, time.time())
        return self.get_response(request)


def begin(request):
    request.session.set_expiry(None)  # a visitor's session lasts an hour
    request.session[BEGAN] = request.session[SEEN] = int(time.time())


def enter_in_list(request):
    """The library's own ways in do this themselves; ours must, so that the person can see and end the session."""
    UserSession.objects.purge_and_list(request.user)
    UserSession.objects.create_from_request(request)


def _look_at(request, now):
    began, seen = request.session.get(BEGAN, 0), request.session.get(SEEN, 0)
    if (now - seen <= MINUTE and now - began <= LONGEST) or not request.user.is_authenticated:
        return
    if not began:
        begin(request)
        return
    is_strict = needs_second_factor(request.user)
    if now - began > LONGEST or (is_strict and now - seen > IDLE):
        request.was = str(request.user.pk)
        logout(request)
    elif now - seen > (MINUTE if is_strict else DAY):
        request.session[SEEN] = int(now)


def _open(key, now):
    return db.SessionStore.get_model_class().objects.filter(session_key=key, expire_date__gt=now)


def _whose(key):
    opens_others = Role.objects.live(kinds=SECOND_FACTOR).filter(person=OuterRef("pk"))
    return Person.objects.filter(pk=key).annotate(opens_others=Exists(opens_others))


_session = standing(_open, key=str, now=datetime)
_person = standing(_whose)
