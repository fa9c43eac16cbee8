from django.apps import AppConfig


class LearningConfig(AppConfig):
    name = "nastavnik.learning"
    label = "learning"

    def ready(self) -> None:
        from nastavnik.learning import contributions  # noqa: F401, PLC0415 - registers places, presenters
