"""How allauth meets our house: nobody signs up, people are invited or come through the organisation's OIDC."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from nastavnik.people.models import Person
from nastavnik.people.web.profile import with_language


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Log-in for people we know."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponseBase:
        """After the log-in the pages are in the person's language."""
        response: HttpResponseBase = super().post_login(request, user, **kwargs)
        return with_language(response, user.language)


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # as above
    """OIDC log-in only connects to persons that exist already, by their verified e-mail."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Somebody we know by an address their provider has verified is let in as that person."""
        if sociallogin.is_existing:
            return
        verified = [address.email.lower() for address in sociallogin.email_addresses if address.verified]
        person = Person.objects.filter(email__in=verified, is_active=True).first()
        if person is not None:
            sociallogin.connect(request, person)
