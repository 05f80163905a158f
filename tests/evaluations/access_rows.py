from evaluations import services
from tests.access import SIGNED_IN, Row
from tests.factories.certificates import APPROVED_AT
from tests.factories.training import EnrolmentFactory


def build(world):
    world.place = EnrolmentFactory(person=world.people["trainee"])
    world.follow_up = services.open_follow_up(enrolment=world.place, at=APPROVED_AT)


ROWS = [
    Row("evaluations:survey_list", ok=SIGNED_IN),
    Row("evaluations:survey_give", ok={"trainee"}, kwargs=lambda w: {"enrolment_id": w.place.pk}),
    Row("evaluations:follow_up_answer", ok={"trainee"}, kwargs=lambda w: {"pk": w.follow_up.pk}),
]
