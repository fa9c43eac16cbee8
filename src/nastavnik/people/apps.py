from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "nastavnik.people"
    label = "people"

    def ready(self) -> None:
        from nastavnik.people import contributions  # noqa: F401, PLC0415 - registers slots, places, presenters
