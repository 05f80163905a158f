"""What this app announces, inside the announcing transaction."""

from django.dispatch import Signal

# kwargs: person, lesson, seconds (just credited, > 0), at
seconds_credited = Signal()
