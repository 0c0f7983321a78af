"""The portal's pages beside those of a stand-in for a municipality's identity provider."""

from django.urls import include, path

from portal import urls
from portal.access import anyone, foreign

urlpatterns = [path("", foreign(include("allauth.idp.urls"), open_to=anyone)), *urls.urlpatterns]
handler403, handler404 = urls.handler403, urls.handler404
