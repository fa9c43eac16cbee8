from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "nastavnik.home"
    label = "home"

    def ready(self) -> None:
        from nastavnik.home import contributions  # noqa: F401, PLC0415 - registers the place of the rail
