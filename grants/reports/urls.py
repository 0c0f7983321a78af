"""Addresses of the report and of the year's results."""

from django.urls import path

from grants.reports import views

urlpatterns = [
    path("results/", views.result_show, name="result_show"),
    path("receipts/<int:pk>/", views.receipt_open, name="receipt_open"),
    path("receipts/<int:pk>/remove/", views.receipt_remove, name="receipt_remove"),
    path("<int:pk>/report/", views.report_show, name="report_show"),
    path("<int:pk>/report/write/", views.report_write, name="report_write"),
    path("<int:pk>/close/", views.case_close, name="case_close"),
]
