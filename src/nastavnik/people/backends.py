"""Who a login and a password belong to, and whose a session is."""

from functools import cache

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import connection

from nastavnik.people.models import Person


class PersonBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """allauth's, which looks every name up as an e-mail address first: here only what can be one."""

    def _authenticate_by_email(self, email: str, password: str) -> AbstractBaseUser | None:
        return super()._authenticate_by_email(email, password) if "@" in email else None

    def get_user(self, user_id: int) -> Person | None:
        """The person of a session, unless they may not log in any more. Every page asks: the SQL is made once."""
        names, statement = _by_key()
        with connection.cursor() as cursor:
            cursor.execute(statement, [user_id])
            row = cursor.fetchone()
        return Person.from_db(connection.alias, names, row) if row else None


@cache
def _by_key() -> tuple[list[str], str]:
    fields = Person._meta.concrete_fields
    columns = ", ".join(f'"{field.column}"' for field in fields)
    statement = f'SELECT {columns} FROM "{Person._meta.db_table}" WHERE "id" = %s AND "is_active"'  # noqa: S608 - names
    return [field.attname for field in fields], statement
