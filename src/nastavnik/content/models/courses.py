"""Courses, their versions, the activities of a version, and who may take a course that is not open."""

from typing import TYPE_CHECKING, Any, Self

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from nastavnik.content.enums import ActivityKind, VersionState
from nastavnik.content.logic.activities import Content, read
from nastavnik.content.logic.search import prefix_query
from nastavnik.kernel.models import new_public_id
from nastavnik.people.models import Person
from nastavnik.people.reach import has_right_everywhere
from nastavnik.people.roles import Right

if TYPE_CHECKING:
    from datetime import date

TITLE_LETTERS = 200
LONGEST_ACTIVITY_MIN = 24 * 60
DICTIONARY = "russian"  # it stems Latin words as English ones


class CourseQuerySet(models.QuerySet["Course"]):
    """Filters of courses."""

    def visible_to(self, person: Person) -> Self:
        """Every course for its authors; for others the published ones that are open, granted or already begun."""
        from nastavnik.content.models.progress import CourseProgress  # noqa: PLC0415 - it points to courses

        if has_right_everywhere(person, Right.EDIT_COURSES):
            return self
        mine = {"course": OuterRef("pk"), "person_id": person.pk or 0}
        granted = Exists(CourseAccess.objects.filter(revoked_at=None, **mine))
        begun = Exists(CourseProgress.objects.filter(**mine))
        published = Exists(CourseVersion.objects.filter(course=OuterRef("pk"), state=VersionState.PUBLISHED))
        return self.filter(begun | (published & (Q(is_open=True) | granted)))

    def takeable_by(self, person: Person) -> Self:
        """Published courses the person may begin: open ones and granted ones, whoever the person is."""
        granted = CourseAccess.objects.filter(revoked_at=None, course=OuterRef("pk"), person_id=person.pk or 0)
        published = CourseVersion.objects.filter(course=OuterRef("pk"), state=VersionState.PUBLISHED)
        return self.filter(Exists(published), Q(is_open=True) | Exists(granted))

    def with_state(self) -> Self:
        """Adds `published_number`, `draft_number` and `minutes` (of the published version, else of the draft)."""
        versions = CourseVersion.objects.filter(course=OuterRef("pk"))
        return self.annotate(
            published_number=Subquery(versions.filter(state=VersionState.PUBLISHED).values("number")[:1]),
            draft_number=Subquery(versions.filter(state=VersionState.DRAFT).values("number")[:1]),
            minutes=Subquery(
                versions.exclude(state=VersionState.RETIRED)
                .annotate(total=models.Sum("activities__minutes"), is_draft=Q(state=VersionState.DRAFT))
                .order_by("is_draft")
                .values("total")[:1]
            ),
        )

    def matching(self, text: str) -> Self:
        """Courses whose text holds words that begin with every word of `text`, the nearest first."""
        words = prefix_query(text)
        if not words:
            return self
        query = SearchQuery(words, search_type="raw", config=DICTIONARY)
        vector = SearchVector("search_text", config=DICTIONARY)
        return self.annotate(found=vector, rank=SearchRank(vector, query)).filter(found=query)

    def due_for_review(self, day: "date") -> Self:
        """Courses whose review date has come and that were not yet told of it."""
        return self.filter(review_date__lte=day).exclude(review_told_date=models.F("review_date"))


class Course(models.Model):
    """What people learn from. What it consists of stands in its versions."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    code = models.SlugField(_("code"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=TITLE_LETTERS)
    summary = models.TextField(_("what it is about"), blank=True)
    is_open = models.BooleanField(_("open to everybody"), default=False)
    author = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("author"))
    owner = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("owner"))
    review_date = models.DateField(_("review date"), null=True, blank=True)
    review_told_date = models.DateField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("created"))
    changed_at = models.DateTimeField(_("changed"))
    search_text = models.TextField(editable=False, default="")
    objects = CourseQuerySet.as_manager()

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")
        indexes = [GinIndex(SearchVector("search_text", config=DICTIONARY), name="content_course_words")]
        constraints = [models.CheckConstraint(condition=~Q(title=""), name="content_course_has_title")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("content:course-detail", args=[self.public_id])


class CourseVersion(models.Model):
    """What a course consists of, as of one version. Triggers keep all but drafts from changing."""

    course = models.ForeignKey(Course, models.CASCADE, related_name="versions", verbose_name=_("course"))
    number = models.PositiveIntegerField(_("version"))
    state = models.CharField(_("state"), max_length=10, choices=VersionState.choices, default=VersionState.DRAFT)
    in_order = models.BooleanField(_("activities are taken in their order"), default=False)
    note = models.CharField(_("what changed"), max_length=500, blank=True)
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("made by"))
    made_at = models.DateTimeField(_("made"))
    published_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("published by")
    )
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True)

    class Meta:
        verbose_name = _("course version")
        verbose_name_plural = _("course versions")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["course", "number"], name="content_version_once"),
            models.UniqueConstraint(fields=["course"], condition=Q(state="draft"), name="content_one_draft"),
            models.UniqueConstraint(fields=["course"], condition=Q(state="published"), name="content_one_published"),
            models.CheckConstraint(
                condition=Q(state="draft", published_at=None, retired_at=None)
                | Q(state="published", published_at__isnull=False, retired_at=None)
                | Q(state="retired", published_at__isnull=False, retired_at__isnull=False),
                name="content_version_state_has_its_moments",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course} ({self.number})"


class Activity(models.Model):
    """One thing to do in a version of a course. `key` names the same activity in all versions."""

    version = models.ForeignKey(CourseVersion, models.CASCADE, related_name="activities", verbose_name=_("version"))
    key = models.CharField(
        _("key"), max_length=40, validators=[RegexValidator(r"\A[a-z0-9][a-z0-9-]*\Z")], editable=False
    )
    position = models.PositiveIntegerField(_("place in the course"))
    kind = models.CharField(_("kind"), max_length=10, choices=ActivityKind.choices)
    title = models.CharField(_("title"), max_length=TITLE_LETTERS)
    minutes = models.PositiveSmallIntegerField(
        _("minutes it takes"), validators=[MinValueValidator(1), MaxValueValidator(LONGEST_ACTIVITY_MIN)]
    )
    is_required = models.BooleanField(_("needed to complete the course"), default=True)
    settings: Any = models.JSONField(_("content"), default=dict)

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="content_activity_once"),
            models.UniqueConstraint(
                fields=["version", "position"],
                name="content_one_activity_a_place",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                condition=Q(minutes__gte=1, minutes__lte=LONGEST_ACTIVITY_MIN), name="content_activity_takes_time"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def content(self) -> Content:
        """The settings as their value type."""
        return read(ActivityKind(self.kind), self.settings).content


class CourseAccess(models.Model):
    """That a person may take a course that is not open, and by whose leave. Several sources may grant it at once."""

    course = models.ForeignKey(Course, models.CASCADE, related_name="accesses", verbose_name=_("course"))
    person = models.ForeignKey(Person, models.CASCADE, related_name="+", verbose_name=_("person"))
    source = models.CharField(_("granted by"), max_length=120)
    granted_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+", verbose_name=_("who granted"))
    granted_at = models.DateTimeField(_("granted"))
    revoked_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        verbose_name = _("access to a course")
        verbose_name_plural = _("accesses to courses")
        indexes = [models.Index(fields=["person", "course"], name="content_access_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["course", "person", "source"], condition=Q(revoked_at=None), name="content_access_once_a_source"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None) | Q(revoked_at__gte=models.F("granted_at")),
                name="content_access_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.course}"
