"""Which pairs live in the city and where each stands today: sixty, at least two in every state that the rooms can reach."""

from dataclasses import dataclass

FORMING = ("proposed", "consent_pending", "psych_check", "order_draft")


@dataclass(frozen=True)
class Plan:
    """One pair. `began`: when its order was signed, as a share of the year so far; a pair in the making has none.

    `programme`: where its programme stands; `last`: how its last meetings stand, the newest at the end (see `meetings.py`).
    `adopts`: practices of the bank that it takes into its programme, by the names of their files (`adoptions.py`).
    `mentor` and `mentee` are people of the cast by key; others are found by subject, service and load.
    """

    state: str = "active"
    began: float = 0.0
    programme: str = "in_progress"
    last: tuple[str, ...] = ("answer",)
    kinds: tuple[str, ...] = ("traditional",)
    form: str = "teacher_teacher"
    mentees: int = 1
    mentor: str = ""
    mentee: str = ""
    is_frequent: bool = False
    adopts: tuple[str, ...] = ()


def way(programme: str) -> Plan:
    """An active pair whose programme is still on its way; it began some days ago."""
    return Plan(began=1.0, programme=programme, last=())


GROUP = ("group",)
VIRTUAL = ("virtual",)
REVERSE = ("reverse",)
SHORT = ("short_goal",)
SPEED = ("speed",)
SITUATIONAL = ("situational",)
HEAD, STUDENT = "head_teacher", "employer_student"

SCHOOL_5 = (
    Plan(mentor="boris", mentee="vera", last=("missed", "answer"), is_frequent=True),
    Plan(began=0.45, mentor="boris", last=("from_mentee", "open")),
    Plan(kinds=GROUP, mentees=3, last=("confirmed",)),
    Plan(form=HEAD, began=0.2),
    way("curator_review"),
    way("smo_review"),
    Plan("suspended", began=0.1),
    Plan("completed", kinds=SHORT, adopts=("p03_one_question_map", "p19_money_both_ways")),
    Plan("order_draft"),
    Plan("order_draft"),
    Plan("psych_check"),
    Plan("psych_check"),
    Plan("consent_pending"),
    Plan("proposed"),
    Plan("declined", began=0.3),
    Plan(form=STUDENT, began=0.3, last=("disputed",)),
)
OTHERS: dict[int, tuple[Plan, ...]] = {
    1: (Plan(kinds=VIRTUAL, began=0.3), way("smo_review"),
        Plan(form=STUDENT, programme="completed", last=(), adopts=("p01_five_minutes", "p14_hands_off_keyboard")), Plan("declined", began=0.5)),
    2: (Plan(form=HEAD, last=("confirmed",)), Plan(kinds=REVERSE, began=0.2), way("agreed_by_pair"),
        Plan("completed", kinds=SHORT, adopts=("p01_five_minutes", "p15_broken_voices")), Plan("consent_pending"),
        Plan("replacing", began=0.1)),
    3: (Plan(began=0.1, adopts=("p01_five_minutes",)), way("returned"), Plan("terminated")),
    4: (Plan(kinds=SITUATIONAL, began=0.4), way("draft"), Plan("proposed"), Plan("terminated")),
    7: (Plan(mentor="nina", last=("from_mentee", "open")), Plan(form=STUDENT, began=0.2, adopts=("p01_five_minutes", "p03_one_question_map")), way("approved"),
        Plan(programme="correction", last=("missed",)),
        Plan("termination_notice", began=0.1), Plan("declined", began=0.4, programme="withdrawn")),
    8: (Plan(kinds=SPEED, began=0.6, last=("confirmed",)), way("curator_review"), Plan("suspended", began=0.2)),
    9: (Plan(mentor="pavel", last=("answer", "open")), way("agreed_by_pair"), Plan("termination_notice", began=0.2)),
    10: (Plan(programme="final_review", kinds=SHORT), Plan(form=HEAD, began=0.3, programme="completed", last=(), adopts=("p01_five_minutes", "p14_hands_off_keyboard")),
         way("returned")),
    11: (Plan(began=0.1, last=("disputed",)), Plan(programme="correction_sent", began=0.2),
         Plan("completed", kinds=SHORT, adopts=("p15_broken_voices", "p02_reverse_board"))),
    12: (Plan(mentor="gleb", last=("answer", "open")), Plan(programme="final_review", kinds=SHORT, last=("confirmed",)), way("approved"),
         Plan("replacing", began=0.1), Plan("order_draft"),
         Plan("declined", began=0.5, programme="withdrawn"), way("draft")),
}  # fmt: skip
"""Schools differ: some have many pairs, some two, and school 14 is still joining."""


def plans_of(school: int) -> tuple[Plan, ...]:
    return SCHOOL_5 if school == 5 else OTHERS.get(school, ())
