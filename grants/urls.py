from django.urls import path

from grants import views
from grants.appeal import views as appeal
from grants.archive import views as archive
from grants.attachments.urls import urlpatterns as attachments
from grants.batch.urls import urlpatterns as batch
from grants.changes.urls import urlpatterns as changes
from grants.grounds.urls import urlpatterns as grounds
from grants.money.urls import urlpatterns as money
from grants.paper.urls import urlpatterns as paper
from grants.partners.urls import urlpatterns as partners
from grants.reports.urls import urlpatterns as reports
from grants.schemes.urls import urlpatterns as schemes
from grants.waiting.urls import urlpatterns as waiting

app_name = "grants"
urlpatterns = [
    *attachments,
    *batch,
    *changes,
    *grounds,
    *money,
    *partners,
    *reports,
    *waiting,
    path("", views.application_list, name="application_list"),
    path("gatherings/<int:gathering_pk>/apply/", views.application_start, name="application_start"),
    path("<int:pk>/", views.application_show, name="application_show"),
    path("<int:pk>/edit/", views.application_edit, name="application_edit"),
    path("<int:pk>/check/", views.application_check, name="application_check"),
    path("<int:pk>/withdraw/", views.application_withdraw, name="application_withdraw"),
    path("<int:pk>/answer/", views.application_answer, name="application_answer"),
    path("<int:pk>/open/", views.application_open, name="application_open"),
    path("<int:pk>/decide/", views.application_decide, name="application_decide"),
    path("<int:pk>/ask/", views.application_ask, name="application_ask"),
    path("<int:pk>/number/", views.application_number, name="application_number"),
    path("decisions/<int:pk>/", views.decision_show, name="decision_show"),
    path("decisions/<int:pk>/letter.pdf", views.decision_file, name="decision_file"),
    path("decisions/<int:pk>/correct/", views.decision_correct, name="decision_correct"),
    path("decisions/<int:pk>/told/", appeal.decision_told, name="decision_told"),
    path("decisions/<int:pk>/reasons/", appeal.reasons_give, name="reasons_give"),
    path("decisions/<int:pk>/reasons/told/", appeal.reasons_told, name="reasons_told"),
    path("decisions/<int:pk>/reasons/ask/", appeal.reasons_ask, name="reasons_ask"),
    path("decisions/<int:pk>/reasons.pdf", appeal.reasons_file, name="reasons_file"),
    path("decisions/<int:pk>/appeal/", appeal.appeal_write, name="appeal_write"),
    path("appeals/<int:pk>/", appeal.appeal_show, name="appeal_show"),
    path("appeals/<int:pk>/withdraw/", appeal.appeal_withdraw, name="appeal_withdraw"),
    path("appeals/<int:pk>/review/", appeal.appeal_review, name="appeal_review"),
    path("appeals/<int:pk>/outcome/", appeal.appeal_settle, name="appeal_settle"),
    path("appeals/<int:pk>/<slug:paper>.pdf", appeal.appeal_file, name="appeal_file"),
    path("archive/", archive.archive_list, name="archive_list"),
    path("<int:pk>/archive/", archive.archive_file, name="archive_file"),
    path("register/", views.register_show, name="register_show"),
    path("register.csv", views.register_file, name="register_file"),
    path("register.xlsx", views.register_sheet, name="register_sheet"),
    path("awards/", views.award_list, name="award_list"),
    path("awards.csv", views.award_file, name="award_file"),
    *schemes,
    *paper,
    path("forms/", views.form_list, name="form_list"),
    path("forms/<int:pk>/empty.pdf", views.form_file, name="form_file"),
]
