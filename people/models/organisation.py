"""Who people work for and as what."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from people.choices import PostFamily, UnitKind


class Unit(models.Model):
    """A node of the organisation tree: an organisation at the top, departments below it."""

    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=12, choices=UnitKind)
    uscc = models.CharField(_("unified social credit code"), max_length=18, blank=True, default="")
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("belongs to"),
    )
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("organisation")
        ordering = ["parent__name", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["uscc"], condition=~Q(uscc=""), name="unit_uscc_once_where_given"
            ),
            models.UniqueConstraint(
                fields=["parent", "name"],
                condition=Q(parent__isnull=False),
                name="unit_name_once_under_parent",
            ),
            models.UniqueConstraint(
                fields=["name"], condition=Q(parent__isnull=True), name="unit_name_once_at_top"
            ),
            models.CheckConstraint(
                condition=~Q(kind=UnitKind.DEPARTMENT) | Q(parent__isnull=False),
                name="unit_department_has_parent",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="unit_not_own_parent"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def organisation(self) -> "Unit":
        """The top of this unit's branch: the enterprise, school or centre itself."""
        unit = self
        while unit.parent is not None:
            unit = unit.parent
        return unit

    @property
    def full_name(self) -> str:
        """Organisation and department, as printed on lists."""
        return f"{self.parent.full_name} · {self.name}" if self.parent else self.name


class Post(models.Model):
    """A job, 岗位. Those in coverage must finish this year's training (KPI denominator)."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    family = models.CharField(_("family"), max_length=12, choices=PostFamily)
    in_coverage = models.BooleanField(
        _("must be trained each year"),
        default=False,
        help_text=_("People in this post count in the training coverage rate."),
    )
    path = models.CharField(
        _("learning path"),
        max_length=60,
        blank=True,
        default="",
        help_text=_("The post as lessons name it; empty: the name of the post."),
    )

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        ordering = ["family", "name"]

    def __str__(self) -> str:
        return self.name


class Competency(models.Model):
    """One dimension of post competency; the weights of all dimensions make 100."""

    code = models.SlugField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=60)
    weight_percent = models.PositiveSmallIntegerField(_("weight in percent"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("competency")
        verbose_name_plural = _("competencies")
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(
                condition=Q(weight_percent__gte=1, weight_percent__lte=100),
                name="competency_weight_within_hundred",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CompetencyItem(models.Model):
    """What a dimension is judged by. Points are relative maxima within the dimension."""

    competency = models.ForeignKey(Competency, on_delete=models.CASCADE, related_name="items")
    name = models.CharField(_("name"), max_length=60)
    max_points = models.PositiveSmallIntegerField(_("points"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("competency item")
        verbose_name_plural = _("competency items")
        ordering = ["competency", "position"]
        constraints = [
            models.UniqueConstraint(fields=["competency", "name"], name="competencyitem_name_once"),
            models.CheckConstraint(
                condition=Q(max_points__gte=1), name="competencyitem_has_points"
            ),
        ]

    def __str__(self) -> str:
        return self.name
