from datetime import date

import factory

from people import roles
from people.choices import Category, PostFamily, UnitKind
from people.models import Post, Profile, Unit, User


class UserFactory(factory.django.DjangoModelFactory):
    """An account; `UserFactory(roles=["hr"])` gives roles. The password is always `password`."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    number = factory.Sequence(lambda n: f"T{n:05d}")
    name = factory.Sequence(lambda n: f"学员{n}")

    @factory.post_generation
    def roles(self, create, extracted, **kwargs):
        self.set_password("password")
        self.save()
        for role in extracted or []:
            roles.grant(self, role)


class UnitFactory(factory.django.DjangoModelFactory):
    """An enterprise; `UnitFactory(kind="department", parent=enterprise)` for a department."""

    class Meta:
        model = Unit

    name = factory.Sequence(lambda n: f"示例企业{n}")
    kind = UnitKind.ENTERPRISE


class PostFactory(factory.django.DjangoModelFactory):
    """A post whose people must be trained each year."""

    class Meta:
        model = Post

    name = factory.Sequence(lambda n: f"岗位{n}")
    family = PostFamily.OPERATION
    in_coverage = True


class ProfileFactory(factory.django.DjangoModelFactory):
    """A trainee with a sealed ID number, e.g. `ProfileFactory(category="student")`."""

    class Meta:
        model = Profile

    user = factory.SubFactory(UserFactory, roles=[roles.TRAINEE])
    sex = "F"
    born_on = date(1995, 1, 1)
    unit = factory.SubFactory(UnitFactory)
    post = factory.SubFactory(PostFactory)
    category = Category.EMPLOYEE
    hired_on = date(2020, 1, 1)
    id_number_sealed = factory.Sequence(lambda n: f"test:{n}")
    id_number_hash = factory.Sequence(lambda n: f"{n:064x}")
    id_number_masked = "369***********0028"
