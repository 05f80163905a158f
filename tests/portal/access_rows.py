from tests.access import EVERYBODY, SIGNED_IN, Row

ROWS = [
    Row("portal:front_door", ok=EVERYBODY, status=302),
    Row("portal:learner_home", ok={"trainee", "other_trainee"}),
    Row("portal:teaching_home", ok={"trainer", "other_trainer", "grader"}),
    Row("portal:hr_home", ok={"hr", "finance"}),
    Row("portal:own_profile", ok=SIGNED_IN),
    Row("portal:theme_set", ok=EVERYBODY, method="post", status=302),
    Row("portal:size_set", ok=EVERYBODY, method="post", status=302),
    Row("portal:language_set", ok=EVERYBODY, method="post", status=302),
]
