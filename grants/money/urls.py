"""Addresses of payment: no account number stands in any of them."""

from django.urls import path

from grants.money import views

urlpatterns = [
    path("payments/", views.payment_list, name="payment_list"),
    path("payments/list.csv", views.payment_csv, name="payment_csv"),
    path("payments/list.xlsx", views.payment_xlsx, name="payment_xlsx"),
    path("payments/account/", views.paying_edit, name="paying_edit"),
    path("payments/files/new/", views.payment_file_make, name="payment_file_make"),
    path("payments/files/<int:pk>/", views.payment_file_show, name="payment_file_show"),
    path("payments/files/<int:pk>/take/", views.payment_file_take, name="payment_file_take"),
    path("payments/files/<int:pk>/paid/", views.payment_file_paid, name="payment_file_paid"),
    path("payments/files/<int:pk>/drop/", views.payment_file_drop, name="payment_file_drop"),
    path("payments/changes/<int:pk>/", views.payee_answer, name="payee_answer"),
    path("payments/returns/<int:pk>/", views.repayment_returned, name="repayment_returned"),
    path("payments/returns/<int:pk>/drop/", views.repayment_drop, name="repayment_drop"),
    path("payments/<int:pk>/take-back/", views.payout_take_back, name="payout_take_back"),
    path("<int:pk>/money/", views.money_show, name="money_show"),
    path("<int:pk>/money/paid/", views.money_paid, name="money_paid"),
    path("<int:pk>/money/account/", views.account_look, name="account_look"),
    path("<int:pk>/money/change/", views.payee_change, name="payee_change"),
    path("<int:pk>/money/return/", views.repayment_ask, name="repayment_ask"),
]
