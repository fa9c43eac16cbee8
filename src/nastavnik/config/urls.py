"""Addresses, room by room."""

from django.urls import include, path

from nastavnik.config.api import urls as api_urls
from nastavnik.config.healthz import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("", include("nastavnik.home.web.urls")),
    path("", include("nastavnik.kernel.web.urls")),
    path("people/", include("nastavnik.people.web.urls")),
    path("metrics/", include("nastavnik.metrics.web.urls")),
    path("content/", include("nastavnik.content.web.urls")),
    path("procedures/", include("nastavnik.procedures.web.urls")),
    path("assessment/", include("nastavnik.assessment.web.urls")),
    path("learning/", include("nastavnik.learning.web.urls")),
    path("crisis/", include("nastavnik.crisis.web.urls")),
    path("accounts/", include("allauth.urls")),
    path("api/v1/", api_urls()),
]

handler400 = "nastavnik.kernel.web.errors.bad_request"
handler403 = "nastavnik.kernel.web.errors.permission_denied"
handler404 = "nastavnik.kernel.web.errors.page_not_found"
handler500 = "nastavnik.kernel.web.errors.server_error"
