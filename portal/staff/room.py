"""What people of the school give to the other rooms."""

from portal.accounts.about_me import PARTS, Part
from portal.accounts.offices import Office
from portal.accounts.request import PortalRequest
from portal.core import counting, finding, next_steps
from portal.core.contour import Contour
from portal.core.workflow import ALL
from portal.exchange import RECEIVERS
from portal.papers.kinds import KINDS
from portal.staff import exports, receivers, search, selectors, services
from portal.staff.services import imports, invitations
from portal.staff.workflow import CONSENT, IMPORT
from portal.ui import addresses
from portal.ui.addresses import API, CALLED, Addresses, Called
from portal.ui.menu import MENU, Entry
from tenants.jobs import JOBS
from tenants.tasks import DAILY


def _own_card(request: PortalRequest) -> Part | None:
    card = selectors.person_of(request.actor) if request.school else None
    return Part("staff/about_me.html", {"card": card}, of_account=True) if card else None


GIVES = (
    finding.IN_SCHOOL.give(search.PEOPLE),
    ALL.give(CONSENT, IMPORT),
    next_steps.IN_SCHOOL.give(selectors.next_steps),
    counting.ON_HOME.give(selectors.numbers),
    KINDS.give(*exports.PAPERS),
    RECEIVERS.give(
        receivers.person_joined,
        receivers.office_kept,
        receivers.access_answered,
        receivers.name_answered,
        receivers.name_doubted,
        receivers.agreement_asked,
    ),
    JOBS.give(imports.check_rows, imports.accept_rows, invitations.send_invitation),
    DAILY.give(services.expire_consents),
    addresses.IN_SCHOOL.give(Addresses("portal.staff.urls"), Addresses("portal.staff.api_urls", API)),
    MENU.give(
        Entry(
            "Сотрудники",
            "staff:people",
            "person-lines-fill",
            place=60,
            needs=("person:read", "person:read_names"),
            first={Office.PRINCIPAL: 30, Office.CURATOR: 50, Office.PERSONNEL_OFFICER: 20},
        ),
        Entry("Должности в портале", "staff:offices", "person-check", place=70, needs=("office:read",)),
    ),
    CALLED.give(
        Called("/people/", "сотрудники", Contour.INTERNAL),
        Called("/people/import/", "загрузка списка сотрудников"),
        Called("/offices/", "должности в портале"),
        Called("/positions/", "должности сотрудников"),
        Called("/absences/", "отсутствия сотрудников"),
        Called("/people/guests/", "гости школы"),
        Called("/stays/", "дни гостей школы"),
        Called("/access-questions/", "согласие вернуть вход", Contour.INTERNAL),
        Called("/newcomers/", "кто принял приглашение"),
        Called("/former-names/", "прежние имена сотрудников"),
        Called("/consents/", "согласия"),
        Called("/own-papers/", "свои документы"),
        Called("/merges/", "объединение карточек"),
    ),
    PARTS.give(_own_card),
)
