"""Addresses of the crisis app."""

from nastavnik.crisis.web import desk_urls, money_urls

app_name = "crisis"
urlpatterns = [*desk_urls.urlpatterns, *money_urls.urlpatterns]
