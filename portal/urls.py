"""The only list of every room."""

from django.conf.urls import i18n
from django.contrib import admin
from django.urls import include, path

from portal.access import anyone, foreign, staff
from portal.home import gallery, health, mailbox, views
from portal.people.views import profile

urlpatterns = [
    path("", views.home, name="home"),
    path("hat/", views.hat_wear, name="hat_wear"),
    path("help/", views.help_show, name="help"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/seen/", views.privacy_seen, name="privacy_seen"),
    path("demo/", views.demo, name="demo"),
    path("demo/mail/", mailbox.mail_list, name="mail_list"),
    path("demo/mail/<str:name>/", mailbox.mail_show, name="mail_show"),
    path("healthz", health.healthz, name="healthz"),
    path("gallery", gallery.gallery, name="gallery"),
    path("conferences/", include("conferences.urls")),
    path("grants/", include("grants.urls")),
    path("messages/", include("portal.messaging.urls")),
    path("account/logout/", profile.leave, name="account_logout"),
    path("account/", foreign(include("allauth.urls"), open_to=anyone)),
    path("admin/", foreign(admin.site.urls, open_to=staff)),
    path("language/", foreign(i18n.urlpatterns, open_to=anyone)),
    path("", include("portal.people.urls")),
    path("", include("networks.urls")),
    path("", include("principles.urls")),
]

handler400 = "portal.home.errors.bad_request"
handler403 = "portal.home.errors.forbidden"
handler404 = "portal.home.errors.not_found"
handler500 = "portal.home.errors.server_error"
