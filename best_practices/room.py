"""What the expertise and the bank give to the other rooms."""

from best_practices import (
    adoption_letters,
    adoption_receivers,
    asking,
    called,
    certifying,
    counted,
    exports,
    followed,
    following,
    learning,
    letters,
    minding,
    naming_letters,
    naming_receivers,
    news,
    printing,
    receivers,
    rechecks,
    search,
    talk,
    thanks_letters,
)
from best_practices.follows import FOLLOWS
from best_practices.own_bank import reader_of_bank
from best_practices.selectors import as_expert, next_steps
from best_practices.services import send_questions
from best_practices.words import notions_now
from best_practices.workflow import PRACTICE, REVIEW
from portal.accounts.about_me import PARTS, Part
from portal.accounts.offices import Office
from portal.accounts.request import PortalRequest, signed_in_person
from portal.certificates.claims import CLAIMS
from portal.core import finding
from portal.core.contour import Contour
from portal.core.next_steps import IN_CITY
from portal.core.workflow import ALL, ON_STEPS
from portal.exchange import KINDS, RECEIVERS
from portal.papers import kinds as papers
from portal.search.synonyms import NOTIONS
from portal.ui import addresses
from portal.ui.addresses import API, CALLED, Addresses, Called
from portal.ui.menu import MENU, Entry
from tenants.addresses import city_url
from tenants.jobs import JOBS
from tenants.tasks import DAILY, DAILY_IN_CITY

BANK = "bank/"
NAMELESS = "участник экспертизы"
"""An expert who sees the authors after the decision is noted as any reader, and stays unnamed to them."""


def _bank(contour: Contour, permission: str) -> Entry:
    """The bank stands in both contours."""
    return Entry(
        "Банк практик",
        "bank:find",
        "journals",
        contour,
        place=130,
        needs=(permission,),
        tab="Банк",
        shared=True,
    )


def _expertise(request: PortalRequest) -> Part | None:
    """Who serves in a school may be an expert of the city; the city alone knows who is one."""
    if not any(membership.school for membership in request.memberships):
        return None
    expert = as_expert(signed_in_person(request).pk) if request.school is None else None
    return Part("best_practices/about_me.html", {"expert": expert, "url": city_url("expertise:me")})


def _followed(request: PortalRequest) -> Part | None:
    """Own searches and the own feed."""
    if reader_of_bank(signed_in_person(request), request.memberships) is None:
        return None
    names = ("searches", "feed", "catalogues", "comments", "thanks", "collections", "followed")
    urls = {name: city_url(f"own_bank:{name}") for name in names}
    return Part("best_practices/followed.html", urls)


GIVES = (
    finding.IN_SCHOOL.give(search.PRACTICES),
    finding.IN_CITY.give(search.PRACTICES),
    ALL.give(PRACTICE, REVIEW),
    ON_STEPS.give(*certifying.FOLLOWS, *called.FOLLOWS, *FOLLOWS, *talk.FOLLOWS),
    CLAIMS.give(certifying.claim_of_expert),
    IN_CITY.give(next_steps, rechecks.next_steps, talk.next_steps),
    NOTIONS.give(notions_now),
    KINDS.give(
        letters.PRACTICE_HANDED_OVER,
        letters.PRACTICE_RECALLED,
        letters.PRACTICE_ANSWERED,
        letters.PRACTICE_AHEAD,
        letters.EXPERT_PROPOSED,
        letters.EXPERT_ANSWERED,
        letters.SEARCH_ASKED,
        letters.PRACTICE_ORDERED,
        letters.ORDER_ANSWERED,
        letters.ORDER_CALLED,
        *adoption_letters.KINDS,
        thanks_letters.PRACTICE_THANKED,
        naming_letters.SCHOOL_NAMED,
    ),
    RECEIVERS.give(
        receivers.take_practice,
        receivers.give_back,
        receivers.keep_proposal,
        receivers.count_questions,
        receivers.keep_order,
        *adoption_receivers.RECEIVERS,
        naming_receivers.hear_naming,
    ),
    DAILY.give(send_questions),
    JOBS.give(
        following.follow,
        learning.learn,
        news.send_news_letter,
        followed.write_of_followed,
        asking.write_to_expert,
    ),
    JOBS.give(printing.print_catalogue),
    DAILY_IN_CITY.give(
        counted.count_missing,
        following.compare_engines,
        learning.learn_at_night,
        news.gather_news,
        followed.gather_followed,
        certifying.certify_experts,
        minding.mind_reviews,
    ),
    papers.KINDS.give(exports.SHEET, exports.PROTOCOL),
    addresses.IN_CITY.give(
        Addresses("best_practices.urls"),
        Addresses("best_practices.bank_urls", BANK),
        Addresses("best_practices.own_urls"),
        Addresses("best_practices.card_urls"),
        Addresses("best_practices.api_urls", API),
        Addresses("best_practices.bank_api_urls", API),
    ),
    addresses.IN_SCHOOL.give(
        Addresses("best_practices.bank_urls", BANK),
        Addresses("best_practices.order_urls", f"{BANK}order/"),
        Addresses("best_practices.api_order_urls", API),
        Addresses("best_practices.bank_api_urls", API),
    ),
    MENU.give(
        Entry(
            "Практики школ",
            "expertise:practices",
            "lightbulb",
            Contour.EXTERNAL,
            place=40,
            needs=("practice:read",),
            first={Office.METHODIST: 10, Office.DEPARTMENT_SPECIALIST: 40},
        ),
        Entry(
            "Моя экспертиза",
            "expertise:reviews",
            "clipboard-check",
            Contour.EXTERNAL,
            place=50,
            tab="Экспертиза",
        ),
        Entry(
            "Слова поиска",
            "expertise:words",
            "search",
            Contour.EXTERNAL,
            place=135,
            needs=("search_word:edit",),
        ),
        Entry("Моя экспертиза", "expertise:reviews", "clipboard-check", place=140, elsewhere=True),
        _bank(Contour.INTERNAL, "bank:read"),
        _bank(Contour.EXTERNAL, "city_bank:read"),
    ),
    CALLED.give(
        Called("/bank/", "банк практик"),
        Called("/expertise/", "экспертиза", instead_of_name=NAMELESS),
        Called("/api/v1/reviews/", "экспертиза", instead_of_name=NAMELESS),
        Called("/me/feed/", "лента банка практик"),
        Called("/feed/", "лента банка практик"),
        Called("/me/comments/", "отзывы о практиках"),
        Called("/practices/comments/", "проверка отзывов о практиках"),
        Called("/me/thanks/", "благодарности за практики"),
        Called("/me/collections/", "подборки практик"),
        Called("/me/followed/", "практики, за которыми человек следит"),
        Called("/me/searches/", "мои поиски в банке практик"),
        Called("/me/catalogues/", "каталог банка практик"),
        Called("/p/", "банк практик"),
        Called("/searches/stop/", "письма о новых практиках"),
    ),
    PARTS.give(_expertise, _followed),
)
