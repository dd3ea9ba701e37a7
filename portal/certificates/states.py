"""Enumerations of certificates (domain.md, T-27)."""

from django.db import models


class CertificateState(models.TextChoices):
    VALID = "valid", "действует"
    REPLACED = "replaced", "заменён новым"
    REVOKED = "revoked", "отозван"


class CertificateKind(models.TextChoices):
    """What a certificate is given for; each kind has its words on paper (`exports.TITLES`)."""

    AUTHOR = "author", "автору практики"
    EXPERT = "expert", "эксперту"


RENEWED = frozenset({CertificateKind.EXPERT})
"""Kinds that grow: asked for again with other words, a new one takes the place of the former."""
