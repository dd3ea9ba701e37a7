"""Opens a school as the owner's worker does, and may be killed after any statement: `python -m tests.tenancy.opening_run --owner <uuid> <N>`.

N = 0 lets it live. Prints how many statements there were.
"""

import os
import signal
import sys

import tests.environment  # noqa: F401  (the database comes from the caller)


def main(school: str, kill_after: int) -> None:
    import django

    django.setup()
    from portal.core.actor import Actor
    from portal.municipality.opening import make_school
    from tenants import opening

    done = 0

    def after() -> None:
        nonlocal done
        done += 1
        if done == kill_after:
            os.kill(os.getpid(), signal.SIGKILL)

    opening.after_statement = after
    make_school(by=Actor(user=None, permissions=frozenset({"school:open"}), via="job"), school_uuid=school)
    sys.stdout.write(str(done))


if __name__ == "__main__":
    main(sys.argv[-2], int(sys.argv[-1]))
