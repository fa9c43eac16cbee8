"""Addresses of the crisis app."""

from nastavnik.crisis.web import compliance_urls, desk_urls, money_urls

app_name = "crisis"
urlpatterns = [*desk_urls.urlpatterns, *money_urls.urlpatterns, *compliance_urls.urlpatterns]
