"""What training announces, inside the announcing transaction.

`person_enrolled`: enrolment, at. Sent once for every new place in a class.
`class_pages_wanted`: training_class, user. Asked by the pages of a class: receivers of higher
floors answer with a list of (label, address) that this reader may open.
"""

from django.dispatch import Signal

person_enrolled = Signal()
class_pages_wanted = Signal()
