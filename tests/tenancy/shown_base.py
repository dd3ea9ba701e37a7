"""What all scenes of the town that is shown are made with."""

from collections.abc import Iterator
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model

from portal.core.actor import Actor
from portal.files.storing import store
from portal.staff.models import (
    Person,
)
from tests.cast import BY_KEY

Made = Iterator[Model]


def of(key: str) -> Person:
    return Person.objects.get(uuid=BY_KEY[key].person)


def scan(by: Actor) -> Any:
    return store(SimpleUploadedFile("скан.pdf", b"%PDF-1.4 signed"), by=by)
