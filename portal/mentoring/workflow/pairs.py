"""SM-3: from a proposal to an assignment by order (`forming`), and to the end of the work (`working`).

The report of the mentor (T-16) and the surveys belong to the whole year of a pair: till then `terminate` asks
for a comment (the waiver), and `complete` for a completed programme. What an order or a consent makes of a
pair, and one pair of another, is said in `mentoring.follows`; what becomes of programmes and meetings, by the
room that keeps them (`pair_work.follows`).
"""

from portal.core.workflow import Begins, Workflow
from portal.mentoring.models import Pair
from portal.mentoring.states import PairState
from portal.mentoring.workflow import standing
from portal.mentoring.workflow.effects import keep_stage
from portal.mentoring.workflow.forming import FORMING_ROWS
from portal.mentoring.workflow.working import WORKING_ROWS

PAIR = Workflow(
    name="pair",
    code="SM-3",
    title="Пара",
    model=Pair,
    steps=standing.STEPS,
    keeps=(keep_stage,),
    begins=Begins(states=(PairState.PROPOSED,), lane=standing.PROPOSED, baton=standing.TO_ASK),
    transitions=(*FORMING_ROWS, *WORKING_ROWS),
)
