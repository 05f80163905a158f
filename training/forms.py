"""What HR and trainers type, made clean."""

import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.core.validators import MaxValueValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kit.money import format_yuan, parse_yuan
from kit.numbers import fold, parse_number
from people.choices import Category, PostFamily
from people.models import Unit
from people.roles import TRAINER
from training.models import Programme, TrainingClass

User = get_user_model()
SECONDS_PER_CLASS_HOUR = 2700
MOMENT = "%Y-%m-%dT%H:%M"
# A timetable laid over the last days of the calendar runs out of days.
LAST_DAY = date(2199, 12, 31)


def _moment(label: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput(format=MOMENT, attrs={"type": "datetime-local"})
    return forms.DateTimeField(
        label=label, required=False, widget=widget, input_formats=[MOMENT, "%Y-%m-%d %H:%M"]
    )


class DressedForm(forms.BaseForm):
    """Gives every field our classes and ties its help and errors to it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if not isinstance(field.widget, forms.CheckboxSelectMultiple):
                field.widget.attrs.setdefault("class", "form-control")


class ClassForm(DressedForm, forms.Form):
    """A new class."""

    programme = forms.ModelChoiceField(
        label=gettext_lazy("Programme"), queryset=Programme.objects.all()
    )
    code = forms.SlugField(
        label=gettext_lazy("Class code"),
        max_length=40,
        help_text=gettext_lazy("Letters, digits and hyphens, for example 2026Q4-YY-04."),
    )
    name = forms.CharField(label=gettext_lazy("Class name"), max_length=120)
    opens_on = forms.DateField(
        label=gettext_lazy("First day"),
        validators=[MaxValueValidator(LAST_DAY)],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=gettext_lazy("The timetable of the programme is laid over the days from here."),
    )
    capacity = forms.IntegerField(label=gettext_lazy("Places"), min_value=1, max_value=500)
    trainers = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Trainers"),
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("They take attendance and give process marks, and mark no exam."),
    )
    exam_opens_at = _moment(gettext_lazy("Theory exam opens"))
    exam_closes_at = _moment(gettext_lazy("Theory exam closes"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        trainers = User.objects.filter(groups__name=TRAINER, is_active=True)
        self.fields["trainers"].queryset = trainers  # type: ignore[attr-defined]

    def clean_code(self) -> str:
        """The code is free."""
        code = str(self.cleaned_data["code"])
        if TrainingClass.objects.filter(code=code).exists():
            raise forms.ValidationError(_("There is a class %(code)s already.") % {"code": code})
        return code


class RosterFilterForm(DressedForm, forms.Form):
    """Whom to offer for enrolment."""

    q = forms.CharField(label=gettext_lazy("Name or number"), required=False, max_length=40)
    family = forms.ChoiceField(label=gettext_lazy("Post family"), required=False)
    unit = forms.ModelChoiceField(
        label=gettext_lazy("Unit"), queryset=Unit.objects.all(), required=False
    )
    category = forms.ChoiceField(label=gettext_lazy("Trainee category"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everybody = [("", _("All"))]
        self.fields["family"].choices = [*everybody, *PostFamily.choices]  # type: ignore[attr-defined]
        self.fields["category"].choices = [*everybody, *Category.choices]  # type: ignore[attr-defined]
        self.fields["unit"].empty_label = _("All")  # type: ignore[attr-defined]


class EnrolForm(DressedForm, forms.Form):
    """People picked from the list, pasted as numbers, or both."""

    people = forms.ModelMultipleChoiceField(queryset=User.objects.all(), required=False)
    numbers = forms.CharField(
        label=gettext_lazy("Or paste employee or trainee numbers"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("One a line, or separated by commas or blanks."),
    )

    def clean_numbers(self) -> list[Any]:
        """The accounts of the numbers; unknown numbers are named."""
        wanted = numbers_in(self.cleaned_data["numbers"])
        found = {user.number: user for user in User.objects.filter(number__in=wanted)}
        unknown = [number for number in wanted if number not in found]
        if unknown:
            message = _("Nobody has these numbers: %(numbers)s. Mend or remove them.")
            raise forms.ValidationError(message % {"numbers": ", ".join(unknown[:20])})
        return list(found.values())

    def everybody(self) -> list[Any]:
        """All people chosen, each once, with what the enrolment reads of them."""
        chosen = {user.pk for user in self.cleaned_data["people"]}
        chosen |= {user.pk for user in self.cleaned_data["numbers"]}
        return list(User.objects.filter(pk__in=chosen).select_related("profile"))


def numbers_in(text: str) -> list[str]:
    """Numbers in pasted text, folded to half width and upper case, each once."""
    parts = re.split(r"[\s,;、，；]+", fold(text).upper())
    return list(dict.fromkeys(part for part in parts if part))


class MoveForm(DressedForm, forms.Form):
    """Why a class moves to newer versions, and how many lost admissions one knows of."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "Kept with the move; those who lose their admission, the trainers and HR read it."
        ),
    )
    known = forms.IntegerField(
        label=gettext_lazy("Lost admissions"), required=False, min_value=0, max_value=100_000
    )

    def clean_known(self) -> int:
        """The number beside the tick; 0 without one."""
        return self.cleaned_data["known"] or 0


class ProgrammeForm(DressedForm, forms.ModelForm[Programme]):
    """A programme, with money in yuan and study time in class hours."""

    price = forms.CharField(label=gettext_lazy("List price in yuan"), max_length=20)
    online_hours = forms.CharField(
        label=gettext_lazy("Required online class hours"),
        max_length=10,
        help_text=gettext_lazy("45 minutes each; decimals are allowed."),
    )
    like = forms.ModelChoiceField(
        label=gettext_lazy("Timetable and activities like"),
        queryset=Programme.objects.all(),
        required=False,
        help_text=gettext_lazy("Copies them from this programme; empty keeps what is there."),
    )

    class Meta:
        model = Programme
        fields = [
            "code", "title", "kind", "issuer", "price", "online_hours",
            "required_attendance_percent", "exam", "assessment_scheme", "courses",
            "practical_tasks", "like",
        ]  # fmt: skip
        widgets = {
            "courses": forms.CheckboxSelectMultiple,
            "practical_tasks": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        programme = self.instance
        if programme.pk:
            self.initial["price"] = format_yuan(programme.list_price_fen)
            hours = Decimal(programme.required_online_seconds) / SECONDS_PER_CLASS_HOUR
            self.initial["online_hours"] = f"{hours:.4f}".rstrip("0").rstrip(".")

    def clean_price(self) -> int:
        """Fen."""
        try:
            return parse_yuan(self.cleaned_data["price"])
        except ValueError as error:
            raise forms.ValidationError(_("An amount such as 3,600.00 is needed.")) from error

    def clean_online_hours(self) -> int:
        """Seconds."""
        try:
            hours = parse_number(self.cleaned_data["online_hours"])
        except (ValueError, InvalidOperation) as error:
            raise forms.ValidationError(_("A number of class hours is needed.")) from error
        if not 0 <= hours <= 1000:
            raise forms.ValidationError(_("Between 0 and 1000 class hours."))
        return round(hours * SECONDS_PER_CLASS_HOUR)

    def save(self, commit: bool = True) -> Programme:
        """Write fen and seconds."""
        self.instance.list_price_fen = self.cleaned_data["price"]
        self.instance.required_online_seconds = self.cleaned_data["online_hours"]
        like = self.cleaned_data["like"]
        if like is not None:
            self.instance.timetable, self.instance.activities = like.timetable, like.activities
        return super().save(commit)


def points_in(text: str) -> Decimal | None:
    """Points as typed; None when the field is empty. ValueError when it is no number."""
    if not text.strip():
        return None
    try:
        return parse_number(text)
    except InvalidOperation as error:
        raise ValueError(text) from error


def class_defaults(at: datetime, count: int) -> dict[str, Any]:
    """A proposal for the code of the next class and its places."""
    quarter = (at.month - 1) // 3 + 1
    return {"code": f"{at.year}Q{quarter}-YY-{count + 1:02d}", "capacity": 30}
