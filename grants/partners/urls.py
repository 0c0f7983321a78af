from django.urls import path

from grants.partners import views

urlpatterns = [
    path("<int:pk>/together/", views.co_applicant_invite, name="co_applicant_invite"),
    path("together/<int:pk>/", views.co_applicant_answer, name="co_applicant_answer"),
    path("together/<int:pk>/end/", views.co_applicant_end, name="co_applicant_end"),
]
