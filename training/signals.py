"""What training announces, inside the announcing transaction.

`person_enrolled`: enrolment, at. Sent once for every new place in a class.
"""

from django.dispatch import Signal

person_enrolled = Signal()
