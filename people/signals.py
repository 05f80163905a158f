"""What this floor asks of the floors above."""

from django.dispatch import Signal

# kwargs: person, user. Asked by the page of a person: receivers of higher floors answer with a
# list of (label, address) that this reader may open.
person_pages_wanted = Signal()
