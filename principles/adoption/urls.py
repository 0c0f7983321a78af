from django.urls import path

from principles.adoption import views

AT = "schools/<slug:place>/principles/<slug:slug>/"

urlpatterns = [
    path(f"{AT}draft/adopt/", views.version_adopt, name="version_adopt"),
    path(f"{AT}adoption/", views.adoption_show, name="adoption_show"),
    path(f"{AT}adoption/decision/", views.decision_correct, name="decision_correct"),
    path(f"{AT}adoption/step/", views.step_add, name="step_add"),
    path("principles/audiences/<int:pk>/", views.audience_tell, name="audience_tell"),
    path("principles/steps/<int:pk>/", views.step_finish, name="step_finish"),
    path("principles/steps/<int:pk>/owner/", views.step_hand, name="step_hand"),
]
