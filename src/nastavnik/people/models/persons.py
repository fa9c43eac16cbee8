"""Persons: who they are and what other systems call them. A person is also the user who logs in."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Concat, Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from nastavnik.kernel.models import new_public_id
from nastavnik.people.querysets import PersonQuerySet


class PersonManager(BaseUserManager["Person"].from_queryset(PersonQuerySet)):  # type: ignore[misc]  # built at run time
    """Django's log-in looks people up by their login."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        person: Person = self.get(login=(username or "").lower())
        return person


class Person(AbstractBaseUser):
    """Somebody the organisation knows: staff, remote, partner's, trainer, customer of the academy."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    code = models.CharField(_("code"), max_length=40, unique=True)
    login = models.CharField(_("login"), max_length=80, unique=True, null=True, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    family_name = models.CharField(_("family name"), max_length=80)
    given_name = models.CharField(_("given name"), max_length=80, blank=True)
    patronymic = models.CharField(_("patronymic"), max_length=80, blank=True)
    latin_name = models.CharField(_("name in Latin letters"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=5, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=60, blank=True)
    theme = models.CharField(_("theme"), max_length=10, blank=True)
    is_active = models.BooleanField(_("may log in"), default=True)
    hides_rank = models.BooleanField(_("not shown on boards"), default=False)
    search_text = models.TextField(editable=False, default="")
    # ё sorts after е as a letter of its own; capitals do not matter (stack.md, section 3).
    sort_key = models.GeneratedField(
        expression=Func(
            Lower(Concat(F("family_name"), Value(" "), F("given_name"), Value(" "), F("patronymic"))),
            Value("ё"),
            Value("ея"),
            function="replace",
            output_field=models.TextField(),
        ),
        output_field=models.TextField(),
        db_persist=True,
    )

    USERNAME_FIELD = "login"
    EMAIL_FIELD = "email"
    objects = PersonManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("persons")
        indexes = [models.Index(fields=["sort_key"], name="people_person_sort")]
        # People log in by it: one address, one person.
        constraints = [models.UniqueConstraint(Lower("email"), condition=~Q(email=""), name="people_email_once")]

    def __str__(self) -> str:
        return self.short_name

    @property
    def short_name(self) -> str:
        """Family name and given name, as lists show people."""
        return f"{self.family_name} {self.given_name}".strip()

    @property
    def full_name(self) -> str:
        return f"{self.family_name} {self.given_name} {self.patronymic}".strip()

    def get_absolute_url(self) -> str:
        return reverse("people:person-detail", args=[self.public_id])


class PersonAlias(models.Model):
    """What another system calls a person; imports find people by it."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="aliases", verbose_name=_("person"))
    value = models.CharField(_("name there"), max_length=200, unique=True)

    class Meta:
        verbose_name = _("alias")
        verbose_name_plural = _("aliases")

    def __str__(self) -> str:
        return self.value


class Invitation(models.Model):
    """A letter that lets a person choose a password; the token is kept as a hash only."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="invitations", verbose_name=_("person"))
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+", verbose_name=_("invited by"))
    sent_at = models.DateTimeField(_("sent"))
    expires_at = models.DateTimeField(_("expires"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")

    def __str__(self) -> str:
        return str(self.person)


class ApiKey(models.Model):
    """A key with which another system pushes facts in a person's name; only its hash is kept."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="api_keys", verbose_name=_("person"))
    name = models.CharField(_("name"), max_length=80)
    key_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(_("created"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    class Meta:
        verbose_name = _("API key")
        verbose_name_plural = _("API keys")

    def __str__(self) -> str:
        return self.name
