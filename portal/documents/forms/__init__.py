"""What each document needs: a typed form per template (domain.md §5), with a sample for previews and tests.

`form.docx()` gives the Word file, `form.file_name` its name. The room builds the form from its selector.
"""

from portal.documents.forms.base import Form, Person, School
from portal.documents.forms.consents import (
    ConsentWithdrawal,
    DistributionConsent,
    DistributionItem,
    MenteeConsent,
    MentorConsent,
    PersonalDataConsentForm,
)
from portal.documents.forms.orders import (
    ChangeOrder,
    CuratorOrder,
    PairOrder,
    PairRow,
    PayOrder,
    PayRow,
    SupplementaryAgreement,
)
from portal.documents.forms.polozhenie import ActChapter, ActParagraph, PolozhenieForm
from portal.documents.forms.practices import (
    CriterionRow,
    ExpertSheet,
    PracticeCard,
    ProtocolRow,
    ResultRow,
    ReviewProtocol,
    StepRow,
)
from portal.documents.forms.programmes import ActivityRow, Agreed, CorrectionRow, ProgrammeForm

FORMS: tuple[type[Form], ...] = (
    ChangeOrder,
    PolozhenieForm,
    CuratorOrder,
    MentorConsent,
    MenteeConsent,
    PairOrder,
    SupplementaryAgreement,
    PayOrder,
    ProgrammeForm,
    PersonalDataConsentForm,
    DistributionConsent,
    ConsentWithdrawal,
    PracticeCard,
    ExpertSheet,
    ReviewProtocol,
)

__all__ = [
    "FORMS",
    "ActChapter",
    "ActParagraph",
    "ActivityRow",
    "Agreed",
    "ChangeOrder",
    "ConsentWithdrawal",
    "CorrectionRow",
    "CriterionRow",
    "CuratorOrder",
    "DistributionConsent",
    "DistributionItem",
    "ExpertSheet",
    "Form",
    "MenteeConsent",
    "MentorConsent",
    "PairOrder",
    "PairRow",
    "PayOrder",
    "PayRow",
    "Person",
    "PersonalDataConsentForm",
    "PolozhenieForm",
    "PracticeCard",
    "ProgrammeForm",
    "ProtocolRow",
    "ResultRow",
    "ReviewProtocol",
    "School",
    "StepRow",
    "SupplementaryAgreement",
]
