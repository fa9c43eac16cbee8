"""Posts (what one is hired as) and grades on ladders (how far one has come), over time."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from nastavnik.kernel.dated import Dated, DatedQuerySet, ends_after_start, no_overlap
from nastavnik.people.models.organisation import Named, localized
from nastavnik.people.models.persons import Person


class Post(Named):
    """A job title: agent, crisis manager, trainer, team lead."""

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")


class Ladder(Named):
    """A career ladder with its own grades; a person may stand on several."""

    class Meta:
        verbose_name = _("ladder")
        verbose_name_plural = _("ladders")


class Grade(models.Model):
    """A step of a ladder: Junior, Middle, Senior; Expert, Mentor, Master."""

    ladder = models.ForeignKey(Ladder, models.PROTECT, related_name="grades", verbose_name=_("ladder"))
    code = models.SlugField(_("code"), max_length=60)
    name = models.CharField(_("name"), max_length=80)
    name_en = models.CharField(_("name in English"), max_length=80, blank=True)
    rank = models.PositiveSmallIntegerField(_("place on the ladder, from 1"))

    class Meta:
        verbose_name = _("grade")
        verbose_name_plural = _("grades")
        ordering = ["ladder_id", "rank"]
        constraints = [
            models.UniqueConstraint(fields=["ladder", "code"], name="people_grade_code_once"),
            models.UniqueConstraint(fields=["ladder", "rank"], name="people_grade_rank_once"),
        ]

    def __str__(self) -> str:
        return localized(self.name, self.name_en)


class PostHolding(Dated):
    """Which post a person holds, from when until when."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="post_holdings", verbose_name=_("person"))
    post = models.ForeignKey(Post, models.PROTECT, related_name="holdings", verbose_name=_("post"))
    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("post held")
        verbose_name_plural = _("posts held")
        constraints = [no_overlap("person", name="people_one_post_at_a_time"), ends_after_start("people_post_days")]

    def __str__(self) -> str:
        return f"{self.person}: {self.post}"


class GradeHolding(Dated):
    """Which grade of a ladder a person holds, from when until when."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="grade_holdings", verbose_name=_("person"))
    ladder = models.ForeignKey(Ladder, models.PROTECT, related_name="holdings", verbose_name=_("ladder"))
    grade = models.ForeignKey(Grade, models.PROTECT, related_name="holdings", verbose_name=_("grade"))
    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("grade held")
        verbose_name_plural = _("grades held")
        constraints = [
            no_overlap("person", "ladder", name="people_one_grade_per_ladder"),
            ends_after_start("people_grade_days"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.grade}"
