"""Addresses of the item bank."""

from django.urls import path

from nastavnik.assessment.web import designer, editor, imports, items, mine, parts, result_urls, room, topics, windows

app_name = "assessment"
urlpatterns = [
    *result_urls.urlpatterns,
    path("", items.item_list, name="item-list"),
    path("export/", items.item_export, name="item-export"),
    path("preview/<str:kind>/", editor.preview, name="item-preview"),
    path("new/", editor.choose, name="item-choose"),
    path("new/<str:kind>/", editor.create, name="item-create"),
    path("items/<str:public_id>/", items.item_detail, name="item-detail"),
    path("items/<str:public_id>/edit/", editor.revise, name="item-revise"),
    path("items/<str:public_id>/move/", items.item_move, name="item-move"),
    path("items/<str:public_id>/versions/<int:number>/", items.version_detail, name="version-detail"),
    path("items/<str:public_id>/parts/new/<str:kind>/", parts.add, name="part-add"),
    path("items/<str:public_id>/parts/<int:number>/", parts.edit, name="part-edit"),
    path("items/<str:public_id>/parts/<int:number>/remove/", parts.remove, name="part-remove"),
    path("topics/", topics.topic_list, name="topic-list"),
    path("topics/<int:pk>/", topics.topic_edit, name="topic-edit"),
    path("topics/<int:pk>/remove/", topics.topic_remove, name="topic-remove"),
    path("imports/", imports.import_list, name="import-list"),
    path("imports/new/", imports.upload, name="import-upload"),
    path("imports/<str:public_id>/", imports.detail, name="import-detail"),
    path("imports/<str:public_id>/load/", imports.load, name="import-load"),
    path("exams/", designer.exam_list, name="exam-list"),
    path("exams/new/", designer.exam_create, name="exam-create"),
    path("exams/<str:public_id>/", designer.exam_detail, name="exam-detail"),
    path("exams/<str:public_id>/edit/", designer.exam_edit, name="exam-edit"),
    path("exams/<str:public_id>/move/", designer.exam_move, name="exam-move"),
    path("exams/<str:public_id>/assemble/", designer.form_assemble, name="form-assemble"),
    path("exams/<str:public_id>/offer/", windows.offer, name="exam-offer"),
    path("forms/<str:public_id>/", designer.form_detail, name="form-detail"),
    path("forms/<str:public_id>/move/", designer.form_move, name="form-move"),
    path("windows/<str:public_id>/", windows.sitting_detail, name="sitting-detail"),
    path("windows/<str:public_id>/cancel/", windows.sitting_cancel, name="sitting-cancel"),
    path("attempts/<str:public_id>/void/", windows.attempt_void, name="attempt-void"),
    path("mine/", mine.my_exams, name="my-exams"),
    path("take/<slug:code>/", mine.take, name="exam-take"),
    path("panel/<slug:code>/", mine.activity_panel, name="exam-panel"),
    path("attempts/<str:public_id>/", mine.entry, name="attempt-entry"),
    path("attempts/<str:public_id>/start/", mine.start, name="attempt-start"),
    path("attempts/<str:public_id>/result/", mine.result, name="attempt-result"),
    path("attempts/<str:public_id>/review/", mine.review, name="attempt-review"),
    # Answered on the lean path (kernel.web.lean): the ticket in the cookie is their only right.
    path("room/<str:public_id>/", room.enter, name="attempt-room"),
    path("room/<str:public_id>/<int:page>/", room.page, name="attempt-page"),
    path("room/<str:public_id>/save/", room.save, name="attempt-save"),
    path("room/<str:public_id>/check/", room.check, name="attempt-check"),
    path("room/<str:public_id>/submit/", room.submit, name="attempt-submit"),
]
