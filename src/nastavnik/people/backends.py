"""Who a login and a password belong to."""

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser


class PersonBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """allauth's, which looks every name up as an e-mail address first: here only what can be one."""

    def _authenticate_by_email(self, email: str, password: str) -> AbstractBaseUser | None:
        return super()._authenticate_by_email(email, password) if "@" in email else None
