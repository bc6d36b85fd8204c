"""What tiles tells those it does not know."""

from django.dispatch import Signal

# A layer's revision grew: `revision`. Sent inside the transaction, so that what a listener writes stands or falls
# with the publication.
grown = Signal()
