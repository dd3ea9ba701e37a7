"""Fixtures of the tables."""

from tests.workflows.acting import in_school5

__all__ = ["in_school5"]
