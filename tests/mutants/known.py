"""Mutants that live and may: each with why no test can kill it, or why none should."""

WHY: dict[str, str] = {}
"""Name of a mutant without its line → the reason."""
