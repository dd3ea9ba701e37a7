"""Russian names and posts in cases, for documents.

Rules of our own, by the school grammar of surnames, and not `petrovich` or `pytrovich`: tried on the table of
`tests/documents/test_names.py`, the first leaves male «Дейнека» and «Никита» alone and writes «Ольгы»,
«Черныха», «Цого»; both miss fleeting vowels («Соловеем») and are hardly kept up. What no rule knows is the
employee's override.
"""

from portal.documents.names.grammar import Case, Gender
from portal.documents.names.organisations import organisation_genitive
from portal.documents.names.people import (
    FullName,
    decline_name,
    decline_parts,
    detect_gender,
    full_name,
    initials,
    signature_name,
)
from portal.documents.names.posts import decline_post

__all__ = [
    "Case",
    "FullName",
    "Gender",
    "decline_name",
    "decline_parts",
    "decline_post",
    "detect_gender",
    "full_name",
    "initials",
    "organisation_genitive",
    "signature_name",
]
