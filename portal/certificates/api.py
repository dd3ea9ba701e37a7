"""Own certificates, the register of the city, and revoking."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.accounts.api_request import ApiRequest
from portal.certificates import access
from portal.certificates.models import Certificate
from portal.certificates.paper import check_address
from portal.certificates.workflow import CERTIFICATE
from portal.core.errors import Forbidden
from portal.ui.api import Endpoint, Operation, changes


class CertificateOut(serializers.ModelSerializer[Certificate]):
    """A certificate: what its paper says, and whether it is valid."""

    number = serializers.CharField(help_text="Номер на бумаге: год и порядковый номер")
    code = serializers.CharField(source="spaced_code", help_text="Код проверки, как на бумаге")
    address = serializers.SerializerMethodField(help_text="Страница проверки, которую открывает любой")

    class Meta:
        model = Certificate
        fields = (
            "uuid",
            "number",
            "kind",
            "name",
            "deed",
            "issued_on",
            "issuer",
            "signer_post",
            "signer_name",
            "code",
            "address",
            "state",
            "revoked_on",
            "revoked_because",
            "version",
        )

    def get_address(self, certificate: Certificate) -> str:
        return check_address(certificate)


class RevokeIn(serializers.Serializer[Any]):
    """Why: read by anybody who checks the code."""

    comment = serializers.CharField(max_length=300, help_text="Почему, без имён: это прочитает любой")


class Register(Operation, generics.ListAPIView[Certificate]):
    """All certificates of the city, the newest first."""

    serializer_class = CertificateOut

    def get_queryset(self) -> Any:
        if not access.can_read_register(self.by):
            raise Forbidden
        return Certificate.objects.visible_to(self.by).order_by("-pk")

    @extend_schema(operation_id="certificates_list", summary="Реестр сертификатов")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)


class OwnCertificates(Operation, generics.ListAPIView[Certificate]):
    """One's own certificates, the newest first."""

    serializer_class = CertificateOut

    def get_queryset(self) -> Any:
        return Certificate.objects.filter(holder=self.by.user).order_by("-pk")

    @extend_schema(operation_id="own_certificates_list", summary="Мои сертификаты")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)


class CertificateRead(Endpoint):
    """One certificate."""

    out = CertificateOut

    @extend_schema(operation_id="certificates_read", summary="Сертификат", responses=CertificateOut)
    def get(self, request: ApiRequest, pk: UUID) -> Response:
        return self.answer(access.certificate_for(self.by, pk))


class Revoke(Endpoint):
    """The certificate is valid no more; whoever checks it reads why."""

    out = CertificateOut

    @changes("certificates_revoke", "Отозвать сертификат", RevokeIn, CertificateOut)
    def post(self, request: ApiRequest, pk: UUID) -> Response:
        found = access.certificate_for(self.by, pk)
        comment = self.body(RevokeIn)["comment"]
        return self.answer(
            CERTIFICATE.move(found, "revoke", by=self.by, version=self.version(), comment=comment)
        )
