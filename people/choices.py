"""Named states and kinds of people, organisations and roster imports."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class UnitKind(TextChoices):
    PROVIDER = "provider", _("training provider")
    ENTERPRISE = "enterprise", _("enterprise")
    ASSESSOR = "assessor", _("assessment body")
    DEPARTMENT = "department", _("department")


class PostFamily(TextChoices):
    OPERATION = "operation", _("operations posts")
    DESIGN = "design", _("design posts")
    SERVICE = "service", _("customer service posts")
    OTHER = "other", _("other posts")


class Sex(TextChoices):
    MALE = "M", _("male")
    FEMALE = "F", _("female")


class IdType(TextChoices):
    RESIDENT = "resident", _("resident identity card")
    HK_MACAU_PERMIT = "hk_macau_permit", _("mainland travel permit for Hong Kong and Macau")
    TAIWAN_PERMIT = "taiwan_permit", _("mainland travel permit for Taiwan")
    RESIDENCE_PERMIT = "residence_permit", _("residence permit for Hong Kong, Macau and Taiwan")
    PASSPORT = "passport", _("passport")


class Category(TextChoices):
    UNEMPLOYED = "unemployed", _("unemployed")
    STUDENT = "student", _("student in higher education")
    RURAL_LEADER = "rural_leader", _("rural e-commerce leader")
    RETURNEE = "returnee", _("returned entrepreneur")
    EMPLOYEE = "employee", _("employee of an enterprise")
    OTHER = "other", _("other, self-paying")


class ImportState(TextChoices):
    UPLOADED = "uploaded", _("waiting to be checked")
    CHOOSING = "choosing", _("waiting for the choice of a sheet")
    CHECKED = "checked", _("checked, nothing written yet")
    REFUSED = "refused", _("file refused")
    WRITING = "writing", _("being written")
    WRITTEN = "written", _("written")


class RowOutcome(TextChoices):
    CREATE = "create", _("new")
    UPDATE = "update", _("changed")
    SAME = "same", _("unchanged")
    ERROR = "error", _("to be mended")
