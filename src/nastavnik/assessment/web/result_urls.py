"""Addresses of what becomes of closed attempts: results, marking, appeals, analysis."""

from django.urls import path

from nastavnik.assessment.web import analysis, appeals, looking, marking, results, topic_board

urlpatterns = [
    path("results/", results.result_list, name="result-list"),
    path("results/people/<str:public_id>/panel/", results.person_panel, name="person-exams"),
    path("results/topics/", topic_board.topic_board, name="topic-board"),
    path("results/topic/", topic_board.topic_detail, name="topic-detail"),
    path("results/marking/", marking.queue, name="marking-queue"),
    path("results/marking/agreement/", marking.agreement, name="marking-agreement"),
    path("results/marking/<str:public_id>/", marking.mark, name="marking-mark"),
    path("results/appeals/", appeals.appeal_list, name="appeal-list"),
    path("results/appeals/<str:public_id>/", appeals.appeal_detail, name="appeal-detail"),
    path("attempts/<str:public_id>/appeal/<int:position>/", appeals.appeal_make, name="appeal-make"),
    path("items/<str:public_id>/analysis/", looking.item_analysis, name="item-analysis"),
    path("items/<str:public_id>/versions/<int:number>/rescore/", appeals.rescore, name="item-rescore"),
    path("results/analysis/", analysis.analysis_list, name="analysis-list"),
    path("results/analysis/exams/<str:public_id>/", analysis.exam_analysis, name="exam-analysis"),
    path("results/analysis/forms/<str:public_id>/", analysis.form_analysis, name="form-analysis"),
    path("results/analysis/forms/<str:public_id>/analyse/", analysis.form_analyse, name="form-analyse"),
    path("results/analysis/equatings/<str:public_id>/", analysis.equating_apply, name="equating-apply"),
    path("results/analysis/alarms/", looking.alarm_list, name="alarm-list"),
    path("results/analysis/alarms/<str:public_id>/", looking.alarm_look, name="alarm-look"),
    path("results/analysis/signals/", looking.signal_list, name="signal-list"),
    path("results/analysis/signals/<str:public_id>/", looking.signal_look, name="signal-look"),
]
