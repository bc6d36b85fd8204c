"""What the calendar tells those it does not know."""

from django.dispatch import Signal

# Some days changed. Sent inside the transaction, so that what a listener writes stands or falls with the change.
changed = Signal()
