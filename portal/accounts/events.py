"""What this room announces to the rooms above it."""

from django.dispatch import Signal

membership_begun = Signal()
"""A person began to serve somewhere: `membership`, `by`. Sent inside the transaction, in the city's contour.
"""
