"""Addresses of the metrics app. A metric's code comes last: fixed words before it win."""

from django.urls import path

from nastavnik.metrics.web import board, import_urls, metric, people, person, records, targets, team

app_name = "metrics"
urlpatterns = [
    *import_urls.urlpatterns,
    path("", board.board, name="board"),
    path("mine/", person.mine, name="my-figures"),
    path("targets/", targets.targets, name="target-list"),
    path("targets/set/", targets.set_form, name="target-set"),
    path("targets/set/confirm/", targets.set_target, name="target-confirm"),
    path("targets/<int:target_id>/close/", targets.close, name="target-close"),
    path("targets/<slug:code>/", targets.history, name="target-history"),
    path("people/<str:public_id>/", person.figures, name="person-figures"),
    path("people/<str:public_id>/panel/", person.panel, name="person-panel"),
    path("teams/<slug:code>/", team.detail, name="team-detail"),
    path("teams/<slug:code>/panel/", team.panel, name="team-panel"),
    path("people/<str:public_id>/standing/", people.person_panel, name="person-standing"),
    path("teams/<slug:code>/standing/", people.team_panel, name="team-standing"),
    path("<slug:code>/people/", people.people, name="metric-people"),
    path("<slug:code>/funnel/", people.funnel, name="metric-funnel"),
    path("<slug:code>/first-places/", people.months, name="metric-first-places"),
    path("<slug:code>/records/", records.records, name="record-list"),
    path("<slug:code>/cells/", records.cells, name="cell-list"),
    path("<slug:code>/slices/", records.slices, name="metric-slices"),
    path("<slug:code>/", metric.detail, name="metric-detail"),
]
