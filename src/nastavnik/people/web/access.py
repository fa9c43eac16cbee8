"""Ways in: invitations by letter, and in the demo a click on a persona."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from nastavnik.kernel import clock
from nastavnik.kernel.errors import DomainError
from nastavnik.kernel.permissions import require
from nastavnik.people import queries
from nastavnik.people.actions import invitations
from nastavnik.people.errors import InvitationInvalid
from nastavnik.people.models import Person
from nastavnik.people.permissions import may_invite
from nastavnik.people.web import letters
from nastavnik.people.web.common import UNPROCESSABLE, me, refuse
from nastavnik.people.web.forms import PasswordForm
from nastavnik.people.web.person import visible_person
from nastavnik.people.web.profile import with_language

BACKEND = "nastavnik.people.backends.PersonBackend"


@require_POST
def person_invite(request: HttpRequest, public_id: str) -> HttpResponse:
    """Send the letter; the page shows the link too, once, for the case that letters do not arrive."""
    require(may_invite, me(request))
    person = visible_person(request, public_id)
    made = invitations.invite(person=person, by=me(request), at=clock.now())
    link = letters.link_of(request, made.token)
    sent = letters.send_invitation(made, link)
    context = {"person": person, "link": link, "sent": sent, "until": made.invitation.expires_at}
    return render(request, "people/person_invited.html", context)


@login_not_required
@never_cache
def invitation_accept(request: HttpRequest, token: str) -> HttpResponse:
    """Choose a password by the link of the letter."""
    try:
        person = invitations.find(token=token, at=clock.now()).person
    except InvitationInvalid:
        return render(request, "people/invitation_invalid.html", status=410)
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person = invitations.accept(token=token, password=form.cleaned_data["password"], at=clock.now())
        except DomainError as error:
            refuse(form, error)
        else:
            login(request, person, backend=BACKEND)
            messages.success(request, gettext("Welcome. Your login is %(login)s.") % {"login": person.login})
            return with_language(redirect(settings.LOGIN_REDIRECT_URL), person.language)
    context = {"form": form, "person": person}
    return render(request, "people/invitation_accept.html", context, status=UNPROCESSABLE if form.errors else 200)


@login_not_required
@never_cache
def demo_login(request: HttpRequest) -> HttpResponse:
    """Be somebody of the demo centre. In a real organisation this page does not exist."""
    organisation = queries.organisation()
    if organisation is None or not organisation.is_demo:
        raise Http404
    found = queries.personas()
    if request.method != "POST":
        return render(request, "people/demo_login.html", {"personas": found, "organisation": organisation})
    known = {persona.person.public_id for persona in found}
    person = get_object_or_404(Person, public_id=request.POST.get("person", ""), is_active=True)
    if person.public_id not in known:
        raise Http404
    login(request, person, backend=BACKEND)
    return with_language(redirect(settings.LOGIN_REDIRECT_URL), person.language)
