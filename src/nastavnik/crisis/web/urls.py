"""Addresses of the crisis app."""

from nastavnik.crisis.web import money_urls

app_name = "crisis"
urlpatterns = [*money_urls.urlpatterns]
