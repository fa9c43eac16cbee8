from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class KernelConfig(AppConfig):
    name = "nastavnik.kernel"
    label = "kernel"

    def ready(self) -> None:
        # Every process must know every event, right and reaction: the web publishes, the worker delivers.
        autodiscover_modules("events", "permissions", "reactions")
