"""Addresses of the procedures app."""

from django.urls import path

from nastavnik.procedures.web import guides, lexicons, messages, phrases, policies, rules

app_name = "procedures"
urlpatterns = [
    path("", policies.policy_list, name="policy-list"),
    path("settle/", policies.settle, name="settle"),
    path("policies/new/", policies.policy_create, name="policy-create"),
    path("policies/consequences/", policies.consequences, name="policy-consequences"),
    path("policies/<str:public_id>/", policies.policy_detail, name="policy-detail"),
    path("policies/<str:public_id>/take-back/", policies.policy_take_back, name="policy-take-back"),
    path("lexicon/", lexicons.lexicon_home, name="lexicon-home"),
    path("lexicon/<str:public_id>/", lexicons.lexicon_detail, name="lexicon-detail"),
    path("lexicon/<str:public_id>/try/", lexicons.lexicon_try, name="lexicon-try"),
    path("lexicon/<str:public_id>/quality/", lexicons.lexicon_quality, name="lexicon-quality"),
    path("lexicon/<str:public_id>/changes/", lexicons.lexicon_changes, name="lexicon-changes"),
    path("lexicon/<str:public_id>/words/", lexicons.lexicon_words, name="lexicon-words"),
    path("lexicon/<str:public_id>/move/", lexicons.lexicon_move, name="lexicon-move"),
    path("lexicon/<str:public_id>/rules/new/", rules.rule_create, name="rule-create"),
    path("lexicon/<str:public_id>/rules/<slug:code>/", rules.rule_detail, name="rule-detail"),
    path("lexicon/<str:public_id>/rules/<slug:code>/remove/", rules.rule_remove, name="rule-remove"),
    path("messages/", messages.message_list, name="message-list"),
    path("messages/new/", messages.message_create, name="message-create"),
    path("messages/load/", messages.message_load, name="message-load"),
    path("messages/<str:public_id>/", messages.message_change, name="message-change"),
    path("phrases/", phrases.phrase_list, name="phrase-list"),
    path("phrases/<str:public_id>/decide/", phrases.phrase_decide, name="phrase-decide"),
    path("guides/", guides.guide_list, name="guide-list"),
    path("guides/new/", guides.guide_create, name="guide-create"),
    path("guides/<str:public_id>/", guides.guide_detail, name="guide-detail"),
    path("guides/<str:public_id>/edit/", guides.guide_edit, name="guide-edit"),
    path("guides/<str:public_id>/switch/", guides.guide_switch, name="guide-switch"),
]
