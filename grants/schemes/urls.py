from django.urls import path

from grants.schemes import views

urlpatterns = [
    path("schemes/", views.scheme_list, name="scheme_list"),
    path("schemes/of/<int:municipality_pk>/new/", views.scheme_add, name="scheme_add"),
    path("schemes/<int:pk>/", views.scheme_show, name="scheme_show"),
    path("schemes/<int:pk>/next/", views.scheme_copy, name="scheme_copy"),
    path("schemes/<int:pk>/edit/", views.scheme_edit, name="scheme_edit"),
    path("schemes/<int:pk>/close/", views.scheme_close, name="scheme_close"),
    path("schemes/<int:pk>/money/", views.scheme_shares, name="scheme_shares"),
    path("schemes/<int:pk>/try/", views.scheme_try, name="scheme_try"),
]
