"""Who may what with certificates, and their door."""

from uuid import UUID

from portal.certificates.models import Certificate
from portal.core.actor import Actor
from portal.core.errors import NotVisible


def can_read_register(by: Actor) -> bool:
    return by.school is None and by.can("certificate:read")


def can_revoke_certificate(by: Actor, certificate: Certificate) -> bool:
    return by.school is None and by.can("certificate:revoke")


def certificate_for(by: Actor, uuid: UUID) -> Certificate:
    """One's own, or any for those who keep the register. Raises NotVisible."""
    found = Certificate.objects.visible_to(by).select_related("file", "replaced_by").filter(uuid=uuid).first()
    if found is None:
        raise NotVisible
    return found
