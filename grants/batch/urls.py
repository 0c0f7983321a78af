from django.urls import path

from grants.batch import views

urlpatterns = [path("batch/", views.batch_approve, name="batch_approve")]
