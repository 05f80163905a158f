from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrainingConfig(AppConfig):
    name = "training"
    verbose_name = _("Training")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to study time and to approved results."""
        from exams.signals import assessment_approved
        from learning.signals import seconds_credited
        from training import receivers

        seconds_credited.connect(
            receivers.when_seconds_are_credited, dispatch_uid="training.seconds_credited"
        )
        assessment_approved.connect(
            receivers.when_assessment_is_approved, dispatch_uid="training.assessment_approved"
        )
