from django.urls import path

app_name = "conferences"
urlpatterns: list[path] = []
