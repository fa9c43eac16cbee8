"""Addresses of the learning app."""

from nastavnik.learning.web import session_urls

app_name = "learning"
urlpatterns = [*session_urls.urlpatterns]
