"""Addresses of what becomes of closed attempts: results, marking, appeals, analysis."""

from django.urls import path

from nastavnik.assessment.web import analysis, appeals, looking, marking, results, topic_board

urlpatterns = [
    path("results/", results.result_list, name="result-list"),
    path("results/people/<str:public_id>/panel/", results.person_panel, name="person-exams"),
    path("results/topics/", topic_board.topic_board, name="topic-board"),
    path("results/topic/", topic_board.topic_detail, name="topic-detail"),
    path("marking/", marking.queue, name="marking-queue"),
    path("marking/agreement/", marking.agreement, name="marking-agreement"),
    path("marking/<str:public_id>/", marking.mark, name="marking-mark"),
    path("appeals/", appeals.appeal_list, name="appeal-list"),
    path("appeals/<str:public_id>/", appeals.appeal_detail, name="appeal-detail"),
    path("attempts/<str:public_id>/appeal/<int:position>/", appeals.appeal_make, name="appeal-make"),
    path("items/<str:public_id>/analysis/", looking.item_analysis, name="item-analysis"),
    path("items/<str:public_id>/versions/<int:number>/rescore/", appeals.rescore, name="item-rescore"),
    path("analysis/", analysis.analysis_list, name="analysis-list"),
    path("analysis/exams/<str:public_id>/", analysis.exam_analysis, name="exam-analysis"),
    path("analysis/forms/<str:public_id>/", analysis.form_analysis, name="form-analysis"),
    path("analysis/forms/<str:public_id>/analyse/", analysis.form_analyse, name="form-analyse"),
    path("analysis/equatings/<str:public_id>/", analysis.equating_apply, name="equating-apply"),
    path("analysis/alarms/", looking.alarm_list, name="alarm-list"),
    path("analysis/alarms/<str:public_id>/", looking.alarm_look, name="alarm-look"),
    path("analysis/signals/", looking.signal_list, name="signal-list"),
    path("analysis/signals/<str:public_id>/", looking.signal_look, name="signal-look"),
]
