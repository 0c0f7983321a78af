from django.urls import path

from networks.fund import views

urlpatterns = [
    path("classes/<int:pk>/fund/", views.fund_open, name="fund_open"),
    path("funds/<int:pk>/", views.fund_show, name="fund_show"),
    path("funds/<int:pk>/paper/", views.fund_print, name="fund_print"),
    path("funds/<int:pk>/rows.csv", views.fund_csv, name="fund_csv"),
    path("funds/<int:pk>/rows.xlsx", views.fund_xlsx, name="fund_xlsx"),
    path("funds/<int:pk>/new/", views.fund_row_write, name="fund_row_write"),
    path("funds/<int:pk>/hand-over/", views.fund_hand_over, name="fund_hand_over"),
    path("funds/rows/<int:pk>/confirm/", views.fund_row_confirm, name="fund_row_confirm"),
    path("funds/rows/<int:pk>/aside/", views.fund_row_aside, name="fund_row_aside"),
    path("funds/rows/<int:pk>/undo/", views.fund_row_reverse, name="fund_row_reverse"),
    path("funds/hand-overs/<int:pk>/sign/", views.hand_over_sign, name="hand_over_sign"),
    path("funds/hand-overs/<int:pk>/drop/", views.hand_over_drop, name="hand_over_drop"),
]
