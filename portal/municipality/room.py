"""What the department gives to the other rooms."""

from portal.accounts.events import membership_begun
from portal.core.next_steps import IN_CITY
from portal.core.wiring import listens
from portal.exchange import KINDS, RECEIVERS
from portal.municipality import letters, opening, post_jobs, receivers
from portal.municipality.next_steps import next_steps
from tenants.jobs import JOBS

GIVES = (
    IN_CITY.give(next_steps),
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
        post_jobs.invite_principal_by_mail,
        post_jobs.invite_official_by_mail,
        post_jobs.send_campaign,
        post_jobs.tell_campaign,
        post_jobs.remind_schools,
        post_jobs.apply_post,
        post_jobs.mend_letter_of_school,
    ),
)
