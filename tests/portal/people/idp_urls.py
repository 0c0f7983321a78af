"""The portal's pages beside those of a stand-in for a municipality's identity provider."""

from django.urls import include, path

from portal import doors, urls
from portal.access import anyone, foreign

IDP = ("configuration", "jwks", "authorization", "logout", "token", "userinfo", "revoke", "device_code")
urlpatterns = [
    path("", foreign(include("allauth.idp.urls"), open_to=dict.fromkeys((*IDP, "device_authorization"), anyone))),
    path("account/", doors.account(with_providers=True)),
    *urls.urlpatterns,
]
handler403, handler404 = urls.handler403, urls.handler404
