"""An expert takes the certificate of the present school year by the API."""

from typing import cast
from uuid import UUID

from rest_framework.response import Response

from best_practices.certifying import certify_expert, claim_of_expert
from portal.accounts.api_request import ApiRequest
from portal.certificates.api import CertificateOut
from portal.core.school_year import SchoolYear
from portal.ui.api import Endpoint, creates


class ExpertCertificate(Endpoint):
    """201 with a new certificate; 200 with the present one while no more sheets have served a decision."""

    out = CertificateOut

    @creates("expert_certificate_take", "Получить сертификат эксперта", None, CertificateOut)
    def post(self, request: ApiRequest) -> Response:
        is_new = claim_of_expert(self.by) is not None
        made = certify_expert(cast(UUID, self.by.user), SchoolYear.current(), by=self.by)
        return self.answer(made, 201 if is_new else 200)
