"""The paper of a certificate (T-27): made of the register's row alone, whenever it is made."""

from django.conf import settings

from portal.certificates.models import Certificate
from portal.certificates.states import CertificateKind
from portal.documents.certificates import CertificatePaper, certificate_pdf
from tenants.addresses import city_url

TITLES = {
    CertificateKind.AUTHOR: "автора лучшей практики наставничества",
    CertificateKind.EXPERT: "эксперта банка лучших практик наставничества",
}
"""What stands below the word «Сертификат»."""


def check_address(certificate: Certificate) -> str:
    """Where anybody checks it: what the QR code holds."""
    return _outward("certificates:check", certificate.spaced_code)


def _outward(name: str, *args: str) -> str:
    return f"{settings.PORTAL_URL.rstrip('/')}{city_url(name, *args)}"


def paper_of(certificate: Certificate) -> CertificatePaper:
    """What the paper says. A name that is the same in both cases, or that nobody could decline, stands in the
    nominative, and the word before it fits.
    """
    declined = certificate.name_dative not in ("", certificate.name)
    return CertificatePaper(
        title=TITLES[CertificateKind(certificate.kind)],
        before="выдан" if declined else "владелец",
        name=certificate.name_dative if declined else certificate.name,
        deed=certificate.deed,
        number=certificate.number,
        issued_on=certificate.issued_on,
        issuer=certificate.issuer,
        signer_post=certificate.signer_post,
        signer_name=certificate.signer_name,
        code=certificate.spaced_code,
        page=_outward("certificates:verify"),
        address=check_address(certificate),
    )


def printed(certificate: Certificate) -> bytes:
    return certificate_pdf(paper_of(certificate))


def file_name_of(certificate: Certificate) -> str:
    return f"Сертификат № {certificate.number}, {certificate.name}.pdf"
