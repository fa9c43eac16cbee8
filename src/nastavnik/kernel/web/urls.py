"""Addresses of the kernel app."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.i18n import set_language

from nastavnik.kernel.web import help as help_pages
from nastavnik.kernel.web import inbox, kit

app_name = "kernel"
urlpatterns = [
    path("inbox/", inbox.listing, name="inbox-list"),
    path("inbox/<str:public_id>/", inbox.detail, name="task-detail"),
    path("inbox/<str:public_id>/dismiss/", inbox.dismiss, name="task-dismiss"),
    path("help/", help_pages.index, name="help-index"),
    path("help/words/", help_pages.glossary, name="glossary"),
    path("help/words/<str:word>/", help_pages.term, name="glossary-term"),
    path("help/<slug:room>/<slug:name>/", help_pages.page, name="help-page"),
    path("kit/", kit.kit, name="kit"),
    path("language/", login_not_required(set_language), name="language-set"),
]
