"""Addresses of the metrics app."""

from django.urls import URLPattern

app_name = "metrics"
urlpatterns: list[URLPattern] = []
