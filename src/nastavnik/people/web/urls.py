"""Addresses of the people app."""

from django.urls import path

from nastavnik.people.web import access, imports, journal, parts, people, person, profile, teams

app_name = "people"
urlpatterns = [
    path("", people.person_list, name="person-list"),
    path("hire/", people.person_hire, name="person-hire"),
    path("me/", profile.profile, name="profile"),
    path("me/keys/", profile.key_create, name="key-create"),
    path("me/keys/<int:pk>/revoke/", profile.key_revoke, name="key-revoke"),
    path("teams/", teams.team_list, name="team-list"),
    path("teams/<slug:code>/", teams.team_detail, name="team-detail"),
    path("teams/<slug:code>/lead/", teams.team_lead, name="team-lead"),
    path("settings/", parts.settings, name="settings"),
    path("settings/calendar/", parts.calendar, name="calendar"),
    path("settings/calendar/<int:pk>/remove/", parts.calendar_remove, name="calendar-remove"),
    path("settings/ladders/<int:pk>/grades/", parts.grade_create, name="grade-create"),
    path("settings/<slug:slug>/", parts.part_list, name="part-list"),
    path("settings/<slug:slug>/new/", parts.part_create, name="part-create"),
    path("settings/<slug:slug>/<int:pk>/", parts.part_edit, name="part-edit"),
    path("settings/<slug:slug>/<int:pk>/switch/", parts.part_switch, name="part-switch"),
    path("roles/", parts.role_list, name="role-list"),
    path("journal/", journal.journal_list, name="journal-list"),
    path("imports/", imports.import_list, name="import-list"),
    path("imports/<str:public_id>/", imports.import_detail, name="import-detail"),
    path("imports/<str:public_id>/mapping/", imports.import_map, name="import-map"),
    path("imports/<str:public_id>/load/", imports.import_load, name="import-load"),
    path("imports/<str:public_id>/errors.csv", imports.import_errors, name="import-errors"),
    path("demo-login/", access.demo_login, name="demo-login"),
    path("invitation/<str:token>/", access.invitation_accept, name="invitation-accept"),
    path("<str:public_id>/", person.person_detail, name="person-detail"),
    path("<str:public_id>/change/<slug:what>/", person.person_change, name="person-change"),
    path("<str:public_id>/roles/<int:pk>/withdraw/", person.role_withdraw, name="role-withdraw"),
    path("<str:public_id>/invite/", access.person_invite, name="person-invite"),
]
