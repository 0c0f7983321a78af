"""The only list of every room."""

from django.conf.urls import i18n
from django.urls import include, path

from portal.access import anyone, foreign
from portal.home import gallery, health

urlpatterns = [
    path("messages/", include("portal.messaging.urls")),
    path("healthz", health.healthz, name="healthz"),
    path("language/", foreign(i18n.urlpatterns, open_to=anyone)),
    path("gallery", gallery.gallery, name="gallery"),
]

handler400 = "portal.home.errors.bad_request"
handler403 = "portal.home.errors.forbidden"
handler404 = "portal.home.errors.not_found"
handler500 = "portal.home.errors.server_error"
