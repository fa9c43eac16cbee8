"""The tree of topics."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from nastavnik.assessment import queries
from nastavnik.assessment.actions import topics
from nastavnik.assessment.models import Topic
from nastavnik.assessment.web.common import UNPROCESSABLE, author, refuse
from nastavnik.assessment.web.forms import TopicForm
from nastavnik.kernel import clock
from nastavnik.kernel.errors import DomainError, NotFound
from nastavnik.kernel.web import toasts


def _topic(request: HttpRequest, pk: int) -> Topic:
    author(request)
    found = Topic.objects.select_related("parent").filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def topic_list(request: HttpRequest) -> HttpResponse:
    """The tree with how many questions each branch has, and a form for one more."""
    person = author(request)
    form = TopicForm(request.POST or None, initial={"parent": request.GET.get("under")})
    if request.method == "POST" and form.is_valid():
        try:
            made = topics.create(by=person, at=clock.now(), **form.cleaned_data)
        except DomainError as error:
            refuse(form, error)
        else:
            toasts.say(request, gettext("Topic added: {topic}").format(topic=made))
            return redirect("assessment:topic-list")
    context = {
        "branches": list(queries.flat(queries.tree())),
        "form": form,
        "crumbs": [(gettext("Item bank"), reverse("assessment:item-list"))],
    }
    return render(request, "assessment/topic_list.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def topic_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename a topic or put it elsewhere."""
    topic = _topic(request, pk)
    form = TopicForm(request.POST or None, initial={"title": topic.title, "parent": topic.parent_id})
    if request.method == "POST" and form.is_valid():
        try:
            topics.change(topic=topic, by=author(request), at=clock.now(), **form.cleaned_data)
        except DomainError as error:
            refuse(form, error)
        else:
            toasts.say(request, gettext("The topic is saved."))
            return redirect("assessment:topic-list")
    crumbs = [
        (gettext("Item bank"), reverse("assessment:item-list")), (gettext("Topics"), reverse("assessment:topic-list"))
    ]  # fmt: skip
    is_empty = not topic.items.exists() and not topic.children.exists()
    context = {"topic": topic, "form": form, "crumbs": crumbs, "is_empty": is_empty}
    return render(request, "assessment/topic_edit.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_POST
def topic_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an empty topic away."""
    topic = _topic(request, pk)
    topics.remove(topic=topic, by=author(request), at=clock.now())
    toasts.say(request, gettext("The topic was taken away."))
    return redirect("assessment:topic-list")
