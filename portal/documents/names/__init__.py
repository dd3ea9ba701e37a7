"""Russian names and posts in cases, for documents.

What wins on the measured names: rules of the school grammar, the dictionary of pymorphy3 for what is a
common noun or a first name in it, exceptions as data (`data/`). Measured against petrovich and others:
docs/adr/0033. What is wrong still, the person's override mends.
"""

from portal.documents.names.every_form import name_forms
from portal.documents.names.gender import detect_gender
from portal.documents.names.grammar import Case, Gender
from portal.documents.names.organisations import common_genitive, organisation_genitive
from portal.documents.names.people import (
    FullName,
    decline_name,
    decline_parts,
    full_name,
    initials,
    needs_gender,
    signature_name,
)
from portal.documents.names.posts import decline_post

__all__ = [
    "Case",
    "FullName",
    "Gender",
    "common_genitive",
    "decline_name",
    "decline_parts",
    "decline_post",
    "detect_gender",
    "full_name",
    "initials",
    "name_forms",
    "needs_gender",
    "organisation_genitive",
    "signature_name",
]
