"""Writing the good rows of a roster: units, posts, accounts, profiles, supervisors."""

from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from people import roles
from people.choices import Category, IdType, PostFamily, RowOutcome, UnitKind
from people.models import Post, Profile, Unit, User
from people.services.accounts import seal_bank_account, seal_id_number
from people.services.roster.planning import PROFILE_FIELDS, USER_FIELDS, Plan, Target
from people.services.roster.register import Register

SCHOOL_CODES = ("52", "12")  # private schools and public institutions train; the others employ


def write_plan(plan: Plan, *, at: datetime) -> None:
    """Make what is new and change what differs. The caller holds the lock and the transaction."""
    todo = [target for target in plan.targets if target.outcome != RowOutcome.SAME]
    units = {id(target): _unit(target, plan.register) for target in todo}
    posts = {id(target): _post(target, plan.register) for target in todo}
    _make_accounts(todo, at)
    profiles = []
    for target in todo:
        assert target.person is not None
        profile = getattr(target.person, "profile", None) or Profile(user=target.person)
        _fill(profile, target, units[id(target)], posts[id(target)])
        profiles.append(profile)
    Profile.objects.bulk_create([profile for profile in profiles if profile.pk is None])
    for profile in profiles:
        profile.save()
    _set_supervisors(todo)
    _make_trainees(todo)


def _unit(target: Target, register: Register) -> Unit | None:
    values = target.row.values
    if not (values["unit"] or values["uscc"]):
        return None
    top = target.organisation or register.by_code.get(values["uscc"])
    if top is None:
        school = values["uscc"].startswith(SCHOOL_CODES)
        top = Unit.objects.create(
            name=values["unit"],
            uscc=values["uscc"],
            kind=UnitKind.PROVIDER if school else UnitKind.ENTERPRISE,
        )
        register.by_code[top.uscc] = register.by_name[top.name] = top
    if not values["department"]:
        return top
    key = (top.pk, values["department"])
    if key not in register.departments:
        register.departments[key] = Unit.objects.create(
            name=values["department"], kind=UnitKind.DEPARTMENT, parent=top
        )
    return register.departments[key]


def _post(target: Target, register: Register) -> Post | None:
    name = target.row.values["post"]
    if name and name not in register.posts:
        family = target.row.values["family"] or PostFamily.OTHER
        register.posts[name] = Post.objects.create(
            name=name, family=family, in_coverage=family == PostFamily.OPERATION
        )
    return register.posts.get(name)


def _make_accounts(todo: Sequence[Target], at: datetime) -> None:
    """Accounts without a password: each person sets one with a printed slip."""
    new = [target for target in todo if target.person is None]
    numbers = _free_numbers(at, sum(not target.row.values["number"] for target in new))
    for target in new:
        values = target.row.values
        target.person = User(
            number=values["number"] or numbers.pop(0),
            password=make_password(None),
            date_joined=at,
            **{key: values[key] for key in USER_FIELDS},
        )
    User.objects.bulk_create([target.person for target in new if target.person])
    for target in todo:
        if target not in new and target.person:
            for key in USER_FIELDS:
                if target.row.values[key]:
                    setattr(target.person, key, target.row.values[key])
            target.person.save(update_fields=USER_FIELDS)


def _free_numbers(at: datetime, count: int) -> list[str]:
    """Trainee numbers for people who have none: XY, the year, five digits."""
    prefix = f"XY{at:%y}"
    used = User.objects.filter(number__regex=rf"^{prefix}\d{{5}}$").order_by("-number")
    last = used.values_list("number", flat=True).first()
    start = int(last[len(prefix) :]) + 1 if last else 1
    return [f"{prefix}{number:05d}" for number in range(start, start + count)]


def _fill(profile: Profile, target: Target, unit: Unit | None, post: Post | None) -> None:
    values = target.row.values
    for key, name in PROFILE_FIELDS.items():
        if values.get(key):
            setattr(profile, name, values[key])
    profile.id_type = values["id_type"] or profile.id_type or IdType.RESIDENT
    profile.category = profile.category or Category.OTHER
    profile.unit = unit or profile.unit
    profile.post = post or profile.post
    if not profile.id_number_hash:
        seal_id_number(profile, values["id_number"])
    if values["bank_account"]:
        seal_bank_account(profile, values["bank_account"])


def _set_supervisors(todo: Sequence[Target]) -> None:
    wanted = {target.row.values["supervisor"] for target in todo} - {""}
    known = dict(User.objects.filter(number__in=wanted).values_list("number", "pk"))
    for target in todo:
        number = target.row.values["supervisor"]
        if number:
            Profile.objects.filter(user=target.person).update(supervisor=known[number])


def _make_trainees(todo: Sequence[Target]) -> None:
    """The only role an import ever gives."""
    group = Group.objects.get(name=roles.TRAINEE)
    group.user_set.add(*[target.person for target in todo if target.person])
