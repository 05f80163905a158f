"""The account. Everything else about a person is in the profile."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.roles import ADMINISTRATOR, AUDITOR, HR, has_role

SEE_EVERYBODY = (HR, AUDITOR, ADMINISTRATOR)


class UserQuerySet(models.QuerySet["User"]):
    def visible_to(self, user: Any) -> "UserQuerySet":
        """Staff who work with people see everybody; anybody else sees only himself."""
        if has_role(user, *SEE_EVERYBODY):
            return self
        return self.filter(pk=user.pk) if user.is_authenticated else self.none()


class UserManager(BaseUserManager["User"]):
    """Accounts are made by number; no password means none can be used yet."""

    def create_user(self, number: str, password: str | None = None, **fields: Any) -> "User":
        """One account; e-mail and mobile may be missing."""
        if fields.get("email"):
            fields["email"] = self.normalize_email(fields["email"]).lower()
        user = self.model(number=number.strip().upper(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, number: str, password: str | None = None, **fields: Any) -> "User":
        """Only for the break-glass command and tests; there is no standing superuser."""
        return self.create_user(number, password, is_superuser=True, is_staff=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(number=(username or "").strip().upper())


class User(AbstractBaseUser, PermissionsMixin):  # type: ignore[django-manager-missing]
    """A person who signs in by employee or trainee number, e-mail or mobile."""

    number = models.CharField(_("employee or trainee number"), max_length=40, unique=True)
    name = models.CharField(_("name of the person"), max_length=80)
    email = models.EmailField(_("e-mail"), blank=True, default="")
    mobile = models.CharField(_("mobile"), max_length=20, blank=True, default="")
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("staff"), default=False)
    date_joined = models.DateTimeField(_("joined at"), default=timezone.now)

    objects = UserManager.from_queryset(UserQuerySet)()

    USERNAME_FIELD = "number"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(number=Upper("number")), name="user_number_is_upper"
            ),
            models.UniqueConstraint(
                fields=["email"], condition=~Q(email=""), name="user_email_once_where_given"
            ),
            models.UniqueConstraint(
                fields=["mobile"], condition=~Q(mobile=""), name="user_mobile_once_where_given"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.number})"

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    @property
    def first_name(self) -> str:
        """Wagtail's admin greets by first name; Chinese names are not split."""
        return self.name

    @property
    def last_name(self) -> str:
        return ""
