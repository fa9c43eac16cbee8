"""How allauth meets our house: nobody signs up, people are invited or come through the organisation's OIDC."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal import ratelimit
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.core.cache import cache
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from nastavnik.kernel import clock
from nastavnik.people.models import Person
from nastavnik.people.web.profile import with_language

_APP, _FAILED = "allauth.account", "login_failed"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Log-in for people we know."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse whose name or address failed too often of late, before a hash is computed: one look at the counters.

        allauth counts each attempt and takes the good ones back: sixteen writes of a shared cache for each log-in. We
        count failures only. Guesses sent at once see the same counters, so at most one for each thread of the web
        server slips past a limit; all of them are counted.
        """
        self._login_failed_rl_usage = None  # nothing for allauth to take back
        key, now = self._get_login_attempts_cache_key(request, **credentials), clock.now().timestamp()
        rates = {
            ratelimit.get_cache_key(request, app=_APP, action=_FAILED, rate=rate, key=key): rate
            for rate in ratelimit.get_rates(app=_APP, action=_FAILED)
        }
        for name, history in cache.get_many(rates).items():
            allowed, _history = ratelimit.apply_rate(history, now, rates[name], dry_run=True)
            if not allowed:
                raise self.validation_error("too_many_login_attempts")

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the failure against the address and the name."""
        key = self._get_login_attempts_cache_key(request, **credentials)
        ratelimit.consume(request, app=_APP, action=_FAILED, key=key)

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
