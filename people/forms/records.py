"""Finding people and correcting their records."""

from datetime import date, time
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from kit.identifiers import IdentifierError, normalise_mobile, parse_uscc
from people import roles
from people.choices import Category
from people.models import Post, Profile, Unit, User, WorkingHours
from people.queries import find_people

STATES = [
    ("", _("every state")),
    ("waiting", _("no password yet")),
    ("active", _("in use")),
    ("disabled", _("disabled")),
]


class PeopleFilter(forms.Form):
    """The filter of the list of people, kept in the address."""

    q = forms.CharField(label=_("Name, number or mobile"), required=False, max_length=100)
    unit = forms.ModelChoiceField(
        label=_("Unit"), required=False, queryset=Unit.objects.none(), empty_label=_("every unit")
    )
    category = forms.ChoiceField(
        label=_("Category"), required=False, choices=[("", _("every category")), *Category.choices]
    )
    role = forms.ChoiceField(
        label=_("Role"), required=False, choices=[("", _("every role")), *roles.LABELS.items()]
    )
    state = forms.ChoiceField(label=_("State"), required=False, choices=STATES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.filter(parent=None)  # type: ignore[attr-defined]

    def narrow(self, people: QuerySet[User]) -> QuerySet[User]:
        """The people the filter lets through; nobody while it makes no sense."""
        if not self.is_valid():
            return people.none()
        data = self.cleaned_data
        people = find_people(people, data["q"])
        if data["unit"]:
            unit = data["unit"]
            people = people.filter(profile__unit__in=[unit, *unit.children.all()])
        if data["category"]:
            people = people.filter(profile__category=data["category"])
        if data["role"]:
            people = people.filter(groups__name=data["role"])
        if data["state"] == "waiting":
            people = people.filter(password__startswith="!", is_active=True)  # noqa: S106
        elif data["state"]:
            people = people.filter(is_active=data["state"] == "active")
        return people


class ReasonForm(forms.Form):
    """Why something is done that an auditor will ask about."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        help_text=_("Kept with your name and the time."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean_reason(self) -> str:
        reason = str(self.cleaned_data["reason"]).strip()
        if not reason:
            raise forms.ValidationError(gettext("Give the reason; it will be kept."))
        return reason


class WorkingHoursForm(forms.ModelForm[WorkingHours]):
    """The working week of a unit; it begins as the one that holds, or as the usual one."""

    days = forms.MultipleChoiceField(
        label=_("Working days"),
        choices=[(str(number), name) for number, name in WEEKDAYS.items()],
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = WorkingHours
        fields = ["from_on", "days", "starts", "break_starts", "break_ends", "ends"]
        widgets = {
            "from_on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            **{
                name: forms.TimeInput(format="%H:%M", attrs={"type": "time"})
                for name in ("starts", "break_starts", "break_ends", "ends")
            },
        }

    def __init__(self, *args: Any, today: date, last: WorkingHours | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        usual = {
            "days": "01234", "starts": "09:00", "break_starts": "12:00", "break_ends": "13:00",
            "ends": "18:00",
        }  # fmt: skip
        names = list(usual)
        shown = {name: getattr(last, name) for name in names} if last else usual
        self.initial = {**shown, "days": list(shown["days"]), "from_on": today}

    def clean_days(self) -> str:
        """The weekdays as digits."""
        return "".join(sorted(self.cleaned_data["days"]))

    def clean(self) -> dict[str, Any]:
        """The break is whole and lies within, and nothing ends before it begins."""
        data = super().clean() or {}
        starts, ends = data.get("starts"), data.get("ends")
        rest = (data.get("break_starts"), data.get("break_ends"))
        if starts and ends and starts >= ends:
            self.add_error("ends", gettext("Work ends after it begins."))
        elif starts and ends and any(rest) and not self._fits(starts, rest, ends):
            self.add_error(
                "break_starts",
                gettext("Give both ends of the break, within working time, or leave both empty."),
            )
        return data

    def _fits(self, starts: time, rest: tuple[time | None, time | None], ends: time) -> bool:
        first, last = rest
        return first is not None and last is not None and starts < first < last < ends

    def validate_constraints(self) -> None:
        """`clean` has said it better; a day that is taken is replaced, with its trace."""


class RoleForm(forms.Form):
    """One role given or taken back."""

    role = forms.ChoiceField(label=_("Role"), choices=list(roles.LABELS.items()))
    action = forms.ChoiceField(
        choices=[("grant", _("Grant")), ("withdraw", _("Withdraw"))], label=_("Action")
    )
    reason = forms.CharField(label=_("Reason"), max_length=500, required=False)


class StaffForm(forms.Form):
    """A colleague's account; the password comes with the activation slip."""

    number = forms.CharField(label=_("Employee number"), max_length=40)
    name = forms.CharField(label=pgettext_lazy("person", "Name"), max_length=80)
    held = forms.MultipleChoiceField(
        label=_("Roles"),
        choices=[(role, label) for role, label in roles.LABELS.items() if role != roles.TRAINEE],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Trainees come from rosters."),
    )


class PersonForm(forms.ModelForm[Profile]):
    """What HR may correct. ID numbers come from rosters only."""

    name = forms.CharField(label=pgettext_lazy("person", "Name"), max_length=80)
    mobile = forms.CharField(label=_("Mobile"), max_length=20, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)

    class Meta:
        model = Profile
        fields = ["unit", "post", "category", "hired_on", "education", "household"]
        widgets = {"hired_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    field_order = ["name", "mobile", "email", "unit", "post", "category", "hired_on"]

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key in ("name", "mobile", "email"):
            self.initial[key] = getattr(person, key)
        self.fields["unit"].queryset = Unit.objects.select_related("parent")  # type: ignore[attr-defined]
        self.fields["unit"].label_from_instance = lambda unit: unit.full_name  # type: ignore[attr-defined]

    def clean_mobile(self) -> str:
        text = str(self.cleaned_data["mobile"]).strip()
        try:
            return normalise_mobile(text) if text else ""
        except IdentifierError as error:
            raise forms.ValidationError(gettext(error.message)) from error

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()


class UnitForm(forms.ModelForm[Unit]):
    """An organisation or a department of one."""

    class Meta:
        model = Unit
        fields = ["name", "kind", "parent", "uscc", "is_active"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parents = Unit.objects.filter(parent=None, is_active=True).exclude(pk=self.instance.pk)
        self.fields["parent"].queryset = parents  # type: ignore[attr-defined]

    def clean_uscc(self) -> str:
        text = str(self.cleaned_data["uscc"]).strip()
        try:
            return parse_uscc(text) if text else ""
        except IdentifierError as error:
            raise forms.ValidationError(gettext(error.message)) from error


class PostForm(forms.ModelForm[Post]):
    """A post, whether its people must be trained each year, and which lessons are theirs."""

    class Meta:
        model = Post
        fields = ["name", "family", "in_coverage", "path"]


class RosterUploadForm(forms.Form):
    """A roster file."""

    file = forms.FileField(
        label=_("Roster file"),
        help_text=_(".xlsx or .csv, up to 20 MB and 20 000 rows"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv", "class": "form-control"}),
    )


class RosterWriteForm(forms.Form):
    """How a checked roster is written."""

    mode = forms.ChoiceField(choices=[("all", ""), ("good", "")], initial="all")
    allow_move = forms.BooleanField(required=False)
