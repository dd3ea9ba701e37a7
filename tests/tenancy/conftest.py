"""Scenes of practices for tests of the border."""

from tests.practices.conftest import content, drafted, sheet

__all__ = ["content", "drafted", "sheet"]
