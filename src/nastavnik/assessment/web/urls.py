"""Addresses of the item bank."""

from django.urls import path

from nastavnik.assessment.web import editor, imports, items, parts, result_urls, topics

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
]
