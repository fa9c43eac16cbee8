from django.apps import AppConfig


class MetricsConfig(AppConfig):
    name = "nastavnik.metrics"
    label = "metrics"

    def ready(self) -> None:
        from nastavnik.metrics import contributions  # noqa: F401, PLC0415 - registers slots, places, presenters
