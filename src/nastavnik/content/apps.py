from django.apps import AppConfig


class ContentConfig(AppConfig):
    name = "nastavnik.content"
    label = "content"

    def ready(self) -> None:
        from nastavnik.content import contributions  # noqa: F401, PLC0415 - registers places and presenters
