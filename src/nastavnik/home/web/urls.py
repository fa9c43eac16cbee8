"""Addresses of the home app."""

from django.urls import path

from nastavnik.home.web import search, start

app_name = "home"
urlpatterns = [
    path("", start.start, name="start"),
    path("search/", search.search, name="search"),
]
