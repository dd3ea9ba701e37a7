"""The parts of `tests.bench.thousand`: each is a program of its own, run in a city of a given size."""
