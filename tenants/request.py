"""What a request carries of the contour. A class for annotations only: Django makes plain requests, and the
middleware of this package puts these things on them.
"""

from portal.core.actor import Actor
from portal.files.kept import UploadRequest
from tenants.models import School


class ContourRequest(UploadRequest):
    """Where the request is, who asks, and what it repeats."""

    school: School | None
    school_code: str
    urlconf: str
    actor: Actor
    repeat_key: str
    saved_at: str | None
    body_hash: str
