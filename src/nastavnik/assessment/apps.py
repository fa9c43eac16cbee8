from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    name = "nastavnik.assessment"
    label = "assessment"

    def ready(self) -> None:
        from nastavnik.assessment import contributions  # noqa: F401, PLC0415 - registers places and presenters
