"""Addresses of imports, under metrics/imports/."""

from django.urls import path

from nastavnik.metrics.web import imports

urlpatterns = [
    path("imports/", imports.listing, name="import-list"),
    path("imports/new/", imports.upload, name="import-upload"),
    path("imports/<str:public_id>/", imports.detail, name="import-detail"),
    path("imports/<str:public_id>/mapping/", imports.mapping, name="import-mapping"),
    path("imports/<str:public_id>/check/", imports.check, name="import-check"),
    path("imports/<str:public_id>/load/", imports.load, name="import-load"),
    path("imports/<str:public_id>/progress/", imports.progress_of, name="import-progress"),
    path("imports/<str:public_id>/errors/", imports.errors, name="import-errors"),
]
