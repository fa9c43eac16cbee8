from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    name = "nastavnik.procedures"
    label = "procedures"

    def ready(self) -> None:
        from nastavnik.procedures import contributions  # noqa: F401, PLC0415 - registers places and presenters
