"""Addresses of the compliance audit."""

from django.urls import path

from nastavnik.crisis.web import compliance, compliance_report

urlpatterns = [
    path("compliance/", compliance.finding_list, name="finding-list"),
    path("compliance/report/", compliance_report.report, name="compliance-report"),
    path("compliance/try/", compliance_report.trial, name="compliance-trial"),
    path("compliance/<str:public_id>/", compliance.finding_detail, name="finding-detail"),
    path("compliance/<str:public_id>/contest/", compliance.finding_contest, name="finding-contest"),
    path("compliance/<str:public_id>/judge/", compliance.finding_judge, name="finding-judge"),
]
