"""What this room announces to the rooms above it."""

from django.dispatch import Signal

order_registered = Signal()
"""An order was signed on paper and registered: `order`, `by`. Sent inside the transaction of the
registration.
"""

order_taken_back = Signal()
"""The principal has taken the registration of an order back on the same day: it is a draft again. `order`,
`by`. In the same transaction.
"""

order_cancelled = Signal()
"""A draft of an order was given up: `order`, `by`."""
