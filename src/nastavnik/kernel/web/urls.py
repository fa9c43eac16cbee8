"""Addresses of the kernel app."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.i18n import set_language

from nastavnik.kernel.web import kit

app_name = "kernel"
urlpatterns = [
    path("kit/", kit.kit, name="kit"),
    path("language/", login_not_required(set_language), name="language-set"),
]
