from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "nastavnik.home"
    label = "home"
