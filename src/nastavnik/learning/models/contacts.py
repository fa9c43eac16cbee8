"""Which contacts need a permit."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from nastavnik.kernel.models import new_public_id
from nastavnik.people.models import Line
from nastavnik.people.models.organisation import localized


class ContactType(models.Model):
    """A kind of contacts only permitted people may take: a whole line, or a topic such as a product launch.

    What is not listed, or is needed from a later day only, anybody may take.
    """

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    code = models.SlugField(_("code"), max_length=60, unique=True)
    title = models.CharField(_("name"), max_length=160)
    title_en = models.CharField(_("name in English"), max_length=160, blank=True)
    line = models.OneToOneField(
        Line, models.PROTECT, null=True, blank=True, related_name="contact_type", verbose_name=_("line")
    )
    needed_from = models.DateField(_("permit needed from"))

    class Meta:
        verbose_name = _("contact type")
        verbose_name_plural = _("contact types")
        ordering = ["title"]

    def __str__(self) -> str:
        return localized(self.title, self.title_en)
