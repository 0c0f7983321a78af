from django.urls import path

from principles.supervision import views

urlpatterns = [
    path("supervision/", views.supervision_list, name="supervision_list"),
    path("supervision/<int:pk>/", views.supervision_show, name="supervision_show"),
    path("supervision/<int:pk>/hand-in/", views.supervision_hand, name="supervision_hand"),
    path("supervision/<int:pk>/count/", views.supervision_measure, name="supervision_measure"),
    path("supervision/<int:pk>/conclude/", views.supervision_conclude, name="supervision_conclude"),
    path("supervision/<int:pk>/publish/", views.supervision_publish, name="supervision_publish"),
    path("supervision/<int:pk>/drop/", views.supervision_drop, name="supervision_drop"),
    path("supervision/points/<int:pk>/figures/", views.point_figures, name="point_figures"),
    path("supervision/points/<int:pk>/statement/", views.point_state, name="point_state"),
    path("supervision/points/<int:pk>/assessment/", views.point_assess, name="point_assess"),
    path("supervision/points/<int:pk>/ask/", views.point_ask, name="point_ask"),
    path("supervision/points/<int:pk>/done/", views.point_done, name="point_done"),
    path("supervision/questions/<int:pk>/", views.further_tell, name="further_tell"),
    path("schools/<slug:place>/principles/<slug:slug>/supervision/", views.supervision_start, name="supervision_start"),
    path("schools/<slug:place>/principles/<slug:slug>/result/", views.result_show, name="result_show"),
    path("schools/<slug:place>/principles/<slug:slug>/result/pdf/", views.result_download, name="result_download"),
]
