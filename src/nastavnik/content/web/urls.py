"""Addresses of the content app."""

from django.urls import path

from nastavnik.content.web import activities, courses, editor, media, player, work

app_name = "content"
urlpatterns = [
    path("", courses.course_list, name="course-list"),
    path("shelf/", editor.course_shelf, name="course-shelf"),
    path("new/", editor.course_create, name="course-create"),
    path("marking/", work.submission_list, name="submission-list"),
    path("marking/<str:public_id>/", work.submission_mark, name="submission-mark"),
    path("marking/<str:public_id>/file/", work.submission_file, name="submission-file"),
    path("people/<str:public_id>/", work.person_panel, name="person-panel"),
    path("<str:public_id>/", courses.course_detail, name="course-detail"),
    path("<str:public_id>/describe/", editor.course_describe, name="course-describe"),
    path("<str:public_id>/move/", courses.course_move, name="course-move"),
    path("<str:public_id>/move-all/", editor.course_move_all, name="course-move-all"),
    path("<str:public_id>/versions/<int:number>/", courses.version_detail, name="version-detail"),
    path("<str:public_id>/edit/", editor.course_edit, name="course-edit"),
    path("<str:public_id>/draft/", editor.draft_begin, name="draft-begin"),
    path("<str:public_id>/order/", editor.draft_order, name="draft-order"),
    path("<str:public_id>/discard/", editor.draft_discard, name="draft-discard"),
    path("<str:public_id>/publish/", editor.course_publish, name="course-publish"),
    path("<str:public_id>/retire/", editor.course_retire, name="course-retire"),
    path("<str:public_id>/add/<slug:kind>/", activities.activity_add, name="activity-add"),
    path("<str:public_id>/edit/<slug:key>/", activities.activity_edit, name="activity-edit"),
    path("<str:public_id>/edit/<slug:key>/move/", activities.activity_move, name="activity-move"),
    path("<str:public_id>/edit/<slug:key>/remove/", activities.activity_remove, name="activity-remove"),
    path("<str:public_id>/edit/<slug:key>/preview/", activities.activity_preview, name="activity-preview"),
    path("<str:public_id>/text-preview/", activities.text_preview, name="text-preview"),
    path("<str:public_id>/access/", work.access_list, name="access-list"),
    path("<str:public_id>/access/revoke/", work.access_revoke, name="access-revoke"),
    path("<str:public_id>/survey/", work.survey_results, name="survey-results"),
    path("<str:public_id>/files/", activities.file_list, name="file-list"),
    path("<str:public_id>/files/<str:name>/", media.file_open, name="file-open"),
    path("<str:public_id>/files/<str:name>/remove/", activities.file_remove, name="file-remove"),
    path("<str:public_id>/files/<str:name>/pages/<int:number>/", media.slide_open, name="slide-open"),
    path("<str:public_id>/play/", player.course_play, name="course-play"),
    path("<str:public_id>/play/<slug:key>/", player.activity_play, name="activity-play"),
    path("<str:public_id>/play/<slug:key>/read/", player.activity_read, name="activity-read"),
    path("<str:public_id>/play/<slug:key>/watch/", player.activity_watch, name="activity-watch"),
    path("<str:public_id>/play/<slug:key>/follow/", player.activity_follow, name="activity-follow"),
    path("<str:public_id>/play/<slug:key>/download/", player.activity_download, name="activity-download"),
    path("<str:public_id>/play/<slug:key>/hand-in/", player.task_hand_in, name="task-hand-in"),
    path("<str:public_id>/play/<slug:key>/answer/", player.survey_answer, name="survey-answer"),
]
