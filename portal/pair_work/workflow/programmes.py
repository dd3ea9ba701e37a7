"""SM-4: the programme. Written by the mentor, agreed by the pair, approved by the school; time starts it.

`submit` already brings it to `agreed_by_pair` («ждёт согласия»): each mentee's `confirm` is a row that keeps
the state, and the last one sends the programme on. Diagnostics (T-13) and the final report (T-16) belong to
later rooms: here `finish` looks at the plan and the days. A programme that the pair carries out is not
cancelled from above (Положение 2.3): it ends with its pair. What a programme does by itself, when all have
agreed or its day has come, is said in `pair_work.follows`.
"""

from portal.core.workflow import Begins, Workflow, no_paper
from portal.pair_work.models import Programme, ProgrammeStage
from portal.pair_work.states import ProgrammeState as S
from portal.pair_work.workflow import programme_standing as at
from portal.pair_work.workflow.agreeing import AGREEING_ROWS
from portal.pair_work.workflow.running import RUNNING_ROWS

PROGRAMME = Workflow(
    name="programme",
    code="SM-4",
    title="Программа",
    model=Programme,
    keeps=(ProgrammeStage.keep,),
    steps=at.STEPS,
    paper=no_paper("Программу T-11 печатают по редакции, которую утвердили."),
    begins=Begins(states=(S.DRAFT,), lane=at.WRITTEN, baton=at.TO_WRITE),
    transitions=(*AGREEING_ROWS, *RUNNING_ROWS),
)
