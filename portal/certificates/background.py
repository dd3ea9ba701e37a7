"""The paper of a certificate is printed once, in the background, and kept."""

from uuid import UUID

from django.db import transaction

from portal.certificates.models import Certificate
from portal.certificates.paper import file_name_of, printed
from portal.core.actor import Actor
from portal.files.storing import keep
from tenants.jobs import city_job, whoever_asked

_ISSUED = whoever_asked("a certificate that is issued has its paper, whoever issued it")


@city_job("certificates.print", may=_ISSUED)
def print_certificate(*, by: Actor, certificate_uuid: str) -> None:
    """Safe to run again: what is printed stays printed."""
    keep_paper(UUID(certificate_uuid), by)


@transaction.atomic
def keep_paper(certificate: UUID, by: Actor) -> None:
    found = Certificate.objects.select_for_update(of=("self",)).get(uuid=certificate)
    if found.file_id is None:
        found.file = keep(file_name_of(found), printed(found), "pdf", by=by)
        found.save_change("file")
