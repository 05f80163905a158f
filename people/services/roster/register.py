"""What the database already knows of the people, units and posts that a roster names."""

from collections.abc import Sequence
from difflib import get_close_matches

from kit.crypto import keyed_hash
from people.models import Post, Unit, User
from people.roles import TRAINEE
from people.rules.roster import ReadRow


class Register:
    """Look-ups loaded with a fixed number of queries, however long the roster is."""

    def __init__(self, rows: Sequence[ReadRow]) -> None:
        wanted = [row.values for row in rows]
        self._load_people(wanted)
        self._load_units()
        self.posts = {post.name: post for post in Post.objects.all()}
        numbers = {values.get("supervisor") for values in wanted} - {None, ""}
        self.known_numbers = frozenset(
            User.objects.filter(number__in=numbers).values_list("number", flat=True)
        )

    def _load_people(self, wanted: list[dict[str, str]]) -> None:
        hashes = [keyed_hash(row["id_number"]) for row in wanted if row.get("id_number")]
        people = User.objects.select_related(
            "profile__unit__parent", "profile__post", "profile__supervisor"
        )
        self.by_id = {
            user.profile.id_number_hash: user
            for user in people.filter(profile__id_number_hash__in=hashes)
        }
        self.by_number, self.by_email, self.by_mobile = (
            {
                getattr(user, key): user
                for user in people.filter(
                    **{f"{key}__in": [row[key] for row in wanted if row.get(key)]}
                )
            }
            for key in ("number", "email", "mobile")
        )
        found = {user.pk for known in self._known() for user in known.values()}
        self.trainees = frozenset(
            User.objects.filter(pk__in=found, groups__name=TRAINEE).values_list("pk", flat=True)
        )

    def _known(self) -> tuple[dict[str, User], ...]:
        return (self.by_id, self.by_number)

    def _load_units(self) -> None:
        units = list(Unit.objects.select_related("parent"))
        tops = [unit for unit in units if unit.parent_id is None]
        self.by_code = {unit.uscc: unit for unit in units if unit.uscc}
        self.by_name = {unit.name: unit for unit in tops}
        self.departments = {(unit.parent_id, unit.name): unit for unit in units if unit.parent_id}

    def names_like(self, name: str) -> str:
        """The nearest names of units, for a person who mistyped one."""
        return "、".join(get_close_matches(name, list(self.by_name), n=3, cutoff=0.4)) or "—"
