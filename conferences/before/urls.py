from django.urls import path

from conferences.before.views import agenda, plans, preparing, subjects

urlpatterns = [
    path("rounds/<int:pk>/plans/", plans.plan_list, name="plan_list"),
    path("rounds/<int:pk>/plans/add/", plans.plans_add, name="plans_add"),
    path("rounds/<int:pk>/plans/send/", plans.plans_send, name="plans_send"),
    path("<int:pk>/plan/", plans.plan_add, name="plan_add"),
    path("plans/<int:pk>/", plans.plan_open, name="plan_open"),
    path("plans/<int:pk>/remove/", plans.plan_remove, name="plan_remove"),
    path("<int:pk>/prepare/", preparing.prepare, name="prepare"),
    path("<int:pk>/prepare/share/", preparing.prepare_share, name="prepare_share"),
    path("<int:pk>/mine/", preparing.prepare_pupil, name="prepare_pupil"),
    path("<int:pk>/pupil-talk/", preparing.pupil_talk, name="pupil_talk"),
    path("<int:pk>/agenda/", agenda.agenda_show, name="agenda_show"),
    path("points/<int:pk>/take/", agenda.point_take, name="point_take"),
    path("subjects/", subjects.subject_list, name="subject_list"),
    path("subjects/begin/", subjects.subjects_begin, name="subjects_begin"),
    path("subjects/<int:pk>/", subjects.subject_edit, name="subject_edit"),
    path("subjects/<int:pk>/remove/", subjects.subject_remove, name="subject_remove"),
    path("classes/<int:pk>/subjects/", subjects.subject_inputs, name="subject_inputs"),
    path("classes/<int:pk>/subjects/<int:subject_pk>/", subjects.subject_write, name="subject_write"),
]
