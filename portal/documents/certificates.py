"""T-27: a certificate, one sheet of A4 for a wall; its QR code leads to the page of its check."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Self

from portal.documents.pdf import render_pdf
from portal.documents.qr import qr_rows


@dataclass(frozen=True, kw_only=True)
class CertificatePaper:
    """What the paper says. `title` stands below the word «Сертификат», `before` above the name («выдан»);
    `page` and `address` are whole addresses: of the form for the code, and of this certificate's own check.
    """

    title: str
    before: str
    name: str
    deed: str
    number: str
    issued_on: date
    issuer: str
    signer_post: str
    signer_name: str
    code: str
    page: str
    address: str

    @classmethod
    def sample(cls) -> Self:
        return cls(
            title="автора лучшей практики наставничества",
            before="выдан",
            name="Кравцову Борису Ильичу",
            deed="за практику «Урок вдвоём: первые сто дней учителя», опубликованную в банке лучших практик "
            "наставничества под № ЛП-2026-0001",
            number="2026-0012",
            issued_on=date(2026, 11, 30),
            issuer="Управление образования и молодёжной политики Администрации города Смоленска",
            signer_post="специалист Управления",
            signer_name="С. П. Орлов",
            code="7K3M-PX4A-T9CE",
            page="https://estafeta.example.ru/verify/",
            address="https://estafeta.example.ru/verify/7K3M-PX4A-T9CE/",
        )


def certificate_pdf(paper: CertificatePaper) -> bytes:
    """The sheet as tagged PDF. Raises PdfError when template and data do not fit."""
    shown = paper.page.split("://", 1)[-1].rstrip("/")
    return render_pdf("certificate", {**asdict(paper), "shown": shown, "qr": qr_rows(paper.address)})
