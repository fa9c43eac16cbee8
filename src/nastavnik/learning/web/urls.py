"""Addresses of the learning app."""

from nastavnik.learning.web import award_urls, programme_urls, session_urls

app_name = "learning"
urlpatterns = [*programme_urls.urlpatterns, *session_urls.urlpatterns, *award_urls.urlpatterns]
