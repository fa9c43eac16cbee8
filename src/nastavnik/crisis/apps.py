from django.apps import AppConfig


class CrisisConfig(AppConfig):
    name = "nastavnik.crisis"
    label = "crisis"

    def ready(self) -> None:
        from nastavnik.crisis import contributions  # noqa: F401, PLC0415 - registers places and presenters
