from django.apps import AppConfig


class ConferencesConfig(AppConfig):
    name = "conferences"
    label = "conferences"
    verbose_name = "Conferences"
