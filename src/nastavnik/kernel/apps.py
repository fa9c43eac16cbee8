from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "nastavnik.kernel"
    label = "kernel"
