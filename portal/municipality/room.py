"""What the department gives to the other rooms."""

from portal.accounts.events import membership_begun
from portal.accounts.offices import Office
from portal.core import finding
from portal.core.contour import Contour
from portal.core.next_steps import IN_CITY
from portal.core.wiring import listens
from portal.core.workdays import DECREES
from portal.core.workflow import ALL
from portal.exchange import KINDS, RECEIVERS
from portal.municipality import background, letters, opening, receivers, search
from portal.municipality.models import CalendarYear
from portal.municipality.next_steps import next_steps
from portal.municipality.workflow import CAMPAIGN, RECEIVED, SCHOOL
from portal.ui import addresses
from portal.ui.addresses import API, CALLED, Addresses, Called
from portal.ui.menu import MENU, Entry
from tenants.jobs import JOBS

GIVES = (
    finding.IN_CITY.give(search.SCHOOLS),
    ALL.give(CAMPAIGN, RECEIVED, SCHOOL),
    IN_CITY.give(next_steps),
    DECREES.give(CalendarYear.known),
    listens(membership_begun, receivers.principal_joined, receivers.official_joined),
    KINDS.give(
        letters.SCHOOL_STEP,
        letters.FORM_SUBMITTED,
        letters.FORM_ANSWERED,
        letters.COUNTERS,
        letters.CAMPAIGN_OPENED,
        letters.CAMPAIGN_CHANGED,
        letters.SCHOOL_REMINDED,
    ),
    RECEIVERS.give(receivers.school_made_step, receivers.form_came, receivers.counters_came),
    JOBS.give(
        opening.make_school,
        background.invite_principal_by_mail,
        background.invite_official_by_mail,
        background.send_campaign,
        background.tell_campaign,
        background.remind_schools,
        background.apply_post,
        background.mend_letter_of_school,
    ),
    addresses.IN_CITY.give(
        Addresses("portal.municipality.urls"), Addresses("portal.municipality.api_urls", API)
    ),
    MENU.give(
        Entry(
            "Школы",
            "municipality:schools",
            "buildings",
            Contour.EXTERNAL,
            place=20,
            needs=("school:read",),
            first={Office.METHODIST: 40, Office.DEPARTMENT_SPECIALIST: 10},
        ),
        Entry(
            "Мониторинг",
            "municipality:campaigns",
            "clipboard-data",
            Contour.EXTERNAL,
            place=30,
            needs=("received_form:read",),
            first={Office.METHODIST: 20, Office.DEPARTMENT_SPECIALIST: 20},
        ),
        Entry(
            "Люди города",
            "municipality:people",
            "person-lines-fill",
            Contour.EXTERNAL,
            place=60,
            needs=("city_office:read",),
            first={Office.DEPARTMENT_SPECIALIST: 50},
        ),
        Entry(
            "Справочники",
            "municipality:reference",
            "tags",
            Contour.EXTERNAL,
            place=65,
            needs=("reference:edit",),
            first={Office.DEPARTMENT_SPECIALIST: 55},
        ),
        Entry(
            "Почта между контурами",
            "municipality:post",
            "envelope",
            Contour.EXTERNAL,
            place=70,
            needs=("post:watch",),
            first={Office.DEPARTMENT_SPECIALIST: 60},
        ),
    ),
    CALLED.give(
        Called("/campaigns/", "мониторинг"),
        Called("/received-forms/", "форма школы"),
        Called("/post/", "почта между контурами"),
        Called("/people/", "люди города", Contour.EXTERNAL),
        Called("/department/", "название Управления"),
        Called("/schools/", "школы города"),
        Called("/reference/", "справочники города"),
        Called("/calendar/", "производственный календарь"),
    ),
)
