"""Reads an address as a person does, in a process of its own: `python -m tests.workflows.reading_run <files>
<person> <address>` prints the answer's fingerprint.
"""

import hashlib
import os
import sys

import tests.environment  # noqa: F401  (the database comes from the caller)

os.environ["FILES_ROOT"] = sys.argv[1]


def main(key: str, url: str) -> None:
    import django

    django.setup()
    from django.test import Client

    from portal.accounts.models import User
    from tests.cast import BY_KEY

    client = Client()
    client.force_login(User.objects.get(pk=BY_KEY[key].uuid))
    answer = client.get(url)
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    sys.stdout.write(f"{answer.status_code} {hashlib.sha256(content).hexdigest()}")


if __name__ == "__main__":
    main(*sys.argv[2:])
