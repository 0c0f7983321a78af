from django.urls import path

from networks.agreements import views

urlpatterns = [
    path("gatherings/classes/<int:pk>/agreements/", views.agreement_list, name="agreement_list"),
    path("gatherings/classes/<int:pk>/agreements/<slug:topic>/", views.agreement_start, name="agreement_start"),
    path("gatherings/agreements/<int:pk>/", views.agreement_show, name="agreement_show"),
    path("gatherings/agreements/<int:pk>/answer/", views.survey_answer, name="survey_answer"),
    path("gatherings/agreements/<int:pk>/close/", views.survey_close, name="survey_close"),
    path("gatherings/agreements/<int:pk>/adopt/", views.agreement_adopt, name="agreement_adopt"),
    path("gatherings/agreements/<int:pk>/review/", views.agreement_review, name="agreement_review"),
    path("gatherings/agreements/<int:pk>/end/", views.agreement_end, name="agreement_end"),
    path("gatherings/agreements/<int:pk>/card/", views.agreement_card, name="agreement_card"),
]
