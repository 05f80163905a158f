"""What background jobs announce."""

from django.dispatch import Signal

# kwargs: job, at. Sent once, after a watched job was finished or failed, outside its transaction.
job_closed = Signal()
