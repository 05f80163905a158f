from tests.access import SIGNED_IN, Row
from tests.factories.notices import NoticeFactory


def build(world):
    world.notice = NoticeFactory(person=world.people["trainee"], url="/me/notices/")


ROWS = [
    Row("notices:notice_list", ok=SIGNED_IN),
    Row("notices:notices_read", ok=SIGNED_IN, method="post", status=302),
    Row(
        "notices:notice_open",
        ok={"trainee"},
        method="post",
        status=302,
        kwargs=lambda world: {"pk": world.notice.pk},
    ),
]
