"""What leaves the room as a file: the paper of a certificate, and the register as a table."""

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase

from portal.certificates.models import Certificate
from portal.certificates.paper import file_name_of, printed
from portal.core import clock
from portal.documents.sheets import Column, Lines, write_sheet
from portal.files.answers import attachment
from portal.files.storing import KINDS, download


def paper_answer(certificate: Certificate) -> HttpResponseBase:
    """The paper as it was printed; while the work that keeps it has not been done yet, the same made now.
    Call it behind the certificate's door.
    """
    if certificate.file is not None:
        return download(certificate.file)
    return attachment(printed(certificate), file_name_of(certificate), KINDS["pdf"][1])


_REGISTER = (
    Column("number", "Номер", width=14),
    Column("name", "Кому", width=36),
    Column("deed", "За что", width=70),
    Column("issued_on", "Выдан", "date", width=14),
    Column("state", "Состояние", width=18),
    Column("revoked_because", "Почему отозван", width=40),
)


def register_table(rows: QuerySet[Certificate]) -> HttpResponse:
    """The register as it is filtered. Codes are left out: each of them opens its page to anybody."""
    lines: Lines = (
        {
            "number": row.number,
            "name": row.name,
            "deed": row.deed,
            "issued_on": row.issued_on,
            "state": row.get_state_display(),
            "revoked_because": row.revoked_because,
        }
        for row in rows
    )
    return attachment(
        write_sheet("Сертификаты", _REGISTER, lines),
        f"Сертификаты {clock.today():%d.%m.%Y}.xlsx",
        KINDS["xlsx"][1],
    )
