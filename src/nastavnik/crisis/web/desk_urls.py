"""Addresses of the desk: days, cases, intake, boards, settings."""

from django.urls import path

from nastavnik.crisis.web import boards, case, imports, intake, public, queue, settings

urlpatterns = [
    path("", queue.my_day, name="my-day"),
    path("come/", queue.come, name="desk-come"),
    path("go/", queue.go, name="desk-go"),
    path("next/", queue.take_next, name="take-next"),
    path("cases/", queue.case_list, name="case-list"),
    path("cases/new/", intake.case_open, name="case-open"),
    path("cases/<str:public_id>/", case.case_detail, name="case-detail"),
    path("cases/<str:public_id>/live/", case.case_live, name="case-live"),
    path("cases/<str:public_id>/older/<int:pk>/", case.case_older, name="case-older"),
    path("cases/<str:public_id>/do/<slug:verb>/", case.case_act, name="case-act"),
    path("cases/<str:public_id>/files/<str:file_id>/", case.attachment, name="case-file"),
    path("imports/", imports.import_list, name="import-list"),
    path("imports/<str:public_id>/", imports.import_detail, name="import-detail"),
    path("imports/<str:public_id>/errors/", imports.import_errors, name="import-errors"),
    path("imports/<str:public_id>/load/", imports.import_load, name="import-load"),
    path("wallboard/", boards.wallboard, name="wallboard"),
    path("team/", boards.team_board, name="team-board"),
    path("report/", boards.report, name="report"),
    path("write/", public.public_form_view, name="public-form"),
    path("write/sent/", public.public_sent, name="public-sent"),
    path("settings/", settings.settings_detail, name="settings-detail"),
    path("settings/begin/", settings.settings_begin, name="settings-begin"),
    path("settings/<slug:what>/", settings.setting_edit, name="setting-edit"),
    path("customers/<str:public_id>/", queue.customer_detail, name="customer-detail"),
]
