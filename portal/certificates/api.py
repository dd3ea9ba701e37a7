"""Own certificates, the register of the city, and revoking."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from portal.accounts.api_request import ApiRequest
from portal.certificates import access, services
from portal.certificates.codes import read_code
from portal.certificates.models import Certificate
from portal.certificates.paper import check_address
from portal.certificates.views.checking import checked
from portal.certificates.workflow import CERTIFICATE, RightName
from portal.core.errors import Forbidden, NotVisible
from portal.ui.api import Endpoint, Operation, RefusalOut, changes


class CertificateOut(serializers.ModelSerializer[Certificate]):
    """A certificate: what its paper says, and whether it is valid."""

    number = serializers.CharField(help_text="Номер на бумаге: год и порядковый номер")
    code = serializers.CharField(source="spaced_code", help_text="Код проверки, как на бумаге")
    address = serializers.SerializerMethodField(help_text="Страница проверки, которую открывает любой")
    replaced_by = serializers.SerializerMethodField(help_text="Номер нового, если этот заменён")

    class Meta:
        model = Certificate
        fields: tuple[str, ...] = (
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
            "replaced_by",
            "version",
        )

    def get_address(self, certificate: Certificate) -> str:
        return check_address(certificate)

    def get_replaced_by(self, certificate: Certificate) -> str:
        return certificate.replaced_by.number if certificate.replaced_by else ""


class CheckedOut(CertificateOut):
    """What anybody reads by the code of a paper: what the paper says, and whether it holds."""

    class Meta(CertificateOut.Meta):
        fields = tuple(name for name in CertificateOut.Meta.fields if name not in ("uuid", "version"))


class RevokeIn(serializers.Serializer[Any]):
    """Why: read by anybody who checks the code."""

    comment = serializers.CharField(max_length=300, help_text="Почему, без имён: это прочитает любой")


class ReissueIn(serializers.Serializer[Any]):
    """The name as the new paper says it."""

    name = serializers.CharField(max_length=300, help_text="Фамилия, имя и отчество целиком")
    name_dative = serializers.CharField(
        max_length=300, allow_blank=True, default="", help_text="Только если портал склоняет неверно"
    )


class Register(Operation, generics.ListAPIView[Certificate]):
    """All certificates of the city, the newest first."""

    serializer_class = CertificateOut

    def get_queryset(self) -> Any:
        if not access.can_read_register(self.by):
            raise Forbidden
        return Certificate.objects.visible_to(self.by).select_related("replaced_by").order_by("-pk")

    @extend_schema(operation_id="certificates_list", summary="Реестр сертификатов")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)


class OwnCertificates(Operation, generics.ListAPIView[Certificate]):
    """One's own certificates, the newest first."""

    serializer_class = CertificateOut

    def get_queryset(self) -> Any:
        own = Certificate.objects.filter(holder=self.by.user)
        return own.select_related("replaced_by").order_by("-pk")

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


class Reissue(Endpoint):
    """The same certificate with the right name: the answer is the new one, the former says its number."""

    out = CertificateOut

    @changes("certificates_reissue", "Исправить имя: выдать заново", ReissueIn, CertificateOut)
    def post(self, request: ApiRequest, pk: UUID) -> Response:
        found, version = access.certificate_for(self.by, pk), self.version()
        right = RightName(**self.body(ReissueIn))
        return self.answer(services.reissue(found, right, by=self.by, version=version), 201)


class Verify(APIView):
    """Anybody checks a certificate by its code, without a key; codes that no certificate has are counted by
    place.
    """

    permission_classes = ()

    @extend_schema(
        operation_id="certificates_verify",
        summary="Проверить сертификат по коду",
        responses={200: CheckedOut, 404: RefusalOut, 429: RefusalOut},
        auth=[],
    )
    def get(self, request: Request, code: str) -> Response:
        found = checked(read_code(code), request._request)
        if found is None:
            raise NotVisible(
                "no_certificate", "Город не выдавал сертификата с таким кодом: сверьте с бумагой."
            )
        headers = {"X-Robots-Tag": "noindex, nofollow, noarchive", "Cache-Control": "no-store"}
        return Response(CheckedOut(found).data, headers=headers)
