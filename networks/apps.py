from django.apps import AppConfig


class NetworksConfig(AppConfig):
    name = "networks"
    label = "networks"
    verbose_name = "Networks"
