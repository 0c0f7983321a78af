"""The only list of every room."""

from allauth.account.views import login
from django.urls import include, path

from portal import doors
from portal.access import anyone, page
from portal.home import gallery, health, mailbox, views
from portal.people.views import profile, signing

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
    path("account/", doors.account()),
    path("account/login/", page(open_to=anyone)(login), name="account_signup"),  # an address that the library asks for
    path("admin/", doors.admin()),
    path("language/setlang/", signing.language_set, name="set_language"),
    path("", include("portal.people.urls")),
    path("", include("portal.rosters.urls")),
    path("", include("portal.schoolyear.urls")),
    path("", include("networks.urls")),
    path("", include("principles.urls")),
]

handler400 = "portal.home.errors.bad_request"
handler403 = "portal.home.errors.forbidden"
handler404 = "portal.home.errors.not_found"
handler500 = "portal.home.errors.server_error"
