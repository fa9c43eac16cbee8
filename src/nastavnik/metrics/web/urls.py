"""Addresses of the metrics app. A metric's code comes last: fixed words before it win."""

from django.urls import path

from nastavnik.metrics.web import board, import_urls, metric, people, person, team

app_name = "metrics"
urlpatterns = [
    *import_urls.urlpatterns,
    path("", board.board, name="board"),
    path("mine/", person.mine, name="my-figures"),
    path("people/<str:public_id>/", person.figures, name="person-figures"),
    path("people/<str:public_id>/panel/", person.panel, name="person-panel"),
    path("teams/<slug:code>/", team.detail, name="team-detail"),
    path("teams/<slug:code>/panel/", team.panel, name="team-panel"),
    path("people/<str:public_id>/standing/", people.person_panel, name="person-standing"),
    path("teams/<slug:code>/standing/", people.team_panel, name="team-standing"),
    path("<slug:code>/people/", people.people, name="metric-people"),
    path("<slug:code>/first-places/", people.months, name="metric-first-places"),
    path("<slug:code>/", metric.detail, name="metric-detail"),
]
