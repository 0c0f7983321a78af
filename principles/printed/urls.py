from django.urls import path

from principles.printed import views

AT = "schools/<slug:place>/principles/<slug:slug>/versions/<int:number>/"

urlpatterns = [path(f"{AT}pdf/", views.version_download, name="version_download")]
