"""Addresses of the crisis app."""

from nastavnik.crisis.web import compliance_urls, money_urls

app_name = "crisis"
urlpatterns = [*money_urls.urlpatterns, *compliance_urls.urlpatterns]
