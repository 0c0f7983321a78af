from django.urls import path

from networks.after import views

urlpatterns = [
    path("<int:pk>/after/", views.report_write, name="report_write"),
    path("<int:pk>/after/thanks/", views.thanks_send, name="thanks_send"),
    path("<int:pk>/pulse/", views.pulse_answer, name="pulse_answer"),
]
