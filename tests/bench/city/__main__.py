"""Every part but the opening, once and in one process: enough to see that the bench still works.

python -m tests.bench.city SIZE
"""

import sys

import tests.environment  # noqa: F401  (a clean environment)


def main() -> None:
    import django

    django.setup()
    from tests.bench.city import browser, crowd, memory, pages, post

    browser.Rounds.warm, browser.Rounds.counted = 0, 1
    size = int(sys.argv[1])
    crowd.settle()
    for part in (post, pages, memory):
        part.measure(size)


if __name__ == "__main__":
    main()
