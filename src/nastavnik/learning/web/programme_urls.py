"""Addresses of programmes, enrolments, plans and triggers."""

from django.urls import path

from nastavnik.learning.web import cohorts, designer, enrolling, enrolments, my_plan, plan_pages, programmes, triggers

_P, _S = "programmes/<str:public_id>/", "programmes/<str:public_id>/design/stages/<int:pk>/"

urlpatterns = [
    path("plan/", my_plan.my_plan, name="my-plan"),
    path("plan/panel/<int:pk>/", my_plan.home_panel, name="plan-panel"),
    path("plan/completion/", plan_pages.plan_completion, name="plan-completion"),
    path("plan/freeze/", plan_pages.plan_freeze, name="plan-freeze"),
    path("plan/people/<str:public_id>/", my_plan.person_plan, name="person-plan"),
    path("plan/people/<str:public_id>/panel/", my_plan.person_panel, name="person-panel"),
    path("plan/items/<str:public_id>/proof/", my_plan.proof_upload, name="proof-upload"),
    path("plan/items/<str:public_id>/accept/", enrolments.item_accept, name="item-accept"),
    path("proofs/<str:public_id>/", my_plan.proof_file, name="proof-file"),
    path("proofs/<str:public_id>/decide/", plan_pages.proof_decide, name="proof-decide"),
    path("queue/", plan_pages.decision_queue, name="decision-queue"),
    path("remedies/", plan_pages.remedy_list, name="remedy-list"),
    path("remedies/<int:pk>/", plan_pages.remedy_set, name="remedy-set"),
    path("e/<str:public_id>/", enrolments.enrolment_detail, name="enrolment-detail"),
    path("e/<str:public_id>/sign-off/", enrolments.sign_off, name="sign-off"),
    path("e/<str:public_id>/mark/<slug:key>/", enrolments.defence_mark, name="defence-mark"),
    path("e/<str:public_id>/<slug:what>/", enrolments.enrolment_change, name="enrolment-change"),
    path("triggers/", triggers.trigger_list, name="trigger-list"),
    path("triggers/new/<slug:when>/", triggers.trigger_create, name="trigger-create"),
    path("triggers/<str:public_id>/", triggers.trigger_detail, name="trigger-detail"),
    path("triggers/<str:public_id>/edit/", triggers.trigger_edit, name="trigger-edit"),
    path("triggers/<str:public_id>/run/", triggers.trigger_run, name="trigger-run"),
    path("programmes/", programmes.programme_list, name="programme-list"),
    path("programmes/new/", programmes.programme_create, name="programme-create"),
    path(_P, programmes.programme_detail, name="programme-detail"),
    path(f"{_P}edit/", programmes.programme_edit, name="programme-edit"),
    path(f"{_P}version/", programmes.version_begin, name="version-begin"),
    path(f"{_P}publish/", programmes.version_publish, name="version-publish"),
    path(f"{_P}intakes/new/", programmes.intake_create, name="intake-create"),
    path(f"{_P}enrol/", enrolling.enrol, name="programme-enrol"),
    path(f"{_P}board/", cohorts.board, name="cohort-board"),
    path(f"{_P}table/", cohorts.table, name="cohort-table"),
    path(f"{_P}bulk/", cohorts.bulk, name="cohort-bulk"),
    path(f"{_P}design/", designer.design, name="programme-design"),
    path(f"{_P}design/version/", designer.version_save, name="version-save"),
    path(f"{_P}design/stages/new/", designer.stage_create, name="stage-create"),
    path(_S, designer.stage_view, name="stage-view"),
    path(f"{_S}edit/", designer.stage_edit, name="stage-edit"),
    path(f"{_S}act/", designer.stage_act, name="stage-act"),
    path(f"{_S}activities/new/", designer.activity_create, name="activity-create"),
    path(f"{_S}activities/<slug:key>/", designer.activity_edit, name="activity-edit"),
    path(f"{_S}activities/<slug:key>/act/", designer.activity_act, name="activity-act"),
    path(f"{_S}needs/remove/", designer.need_remove, name="need-remove"),
    path(f"{_S}needs/<slug:kind>/", designer.need_add, name="need-add"),
]
