"""Fixtures of the scenarios."""

from tests.workflows.acting import in_school5, visits

__all__ = ["in_school5", "visits"]
