"""Where a programme stands: whose move it is in each state, and its place on the lane."""

from portal.core.workflow import Baton, Place, no_baton
from portal.pair_work.models import Programme

STEPS = ("Пишется", "В паре", "Куратор", "Идёт", "Итоги", "Готово")

WRITTEN = Place("Пишется")
TO_MEND = Place("Пишется", stopped="Поправить")
IN_PAIR = Place("В паре")
READ = Place("Куратор")
RUNNING = Place("Идёт")
CORRECTED = Place("Идёт", stopped="Уточняется")
SUMMED_UP = Place("Итоги")
READY = Place("Готово")
OFF = Place("Готово", stopped="Отменена")

TO_WRITE = Baton("за наставником", "написать программу и отправить на согласие")
MENTOR_MENDS = Baton("за наставником", "поправить программу")
MENTEE_READS = Baton("за наставляемым", "согласиться или попросить поправить")
ASSOCIATION_READS = Baton("за ШМО", "посмотреть программу")
SCHOOL_APPROVES = Baton("за тем, кто утверждает программы", "утвердить или вернуть")
WAITS_FOR_ITS_DAY = no_baton("Утверждённая программа начинается сама, в первый день срока.")
PAIR_WORKS = Baton("за парой", "выполнять программу")
PAIR_RATES = Baton("за парой", "оценить цели")
OVER = no_baton("Программу завершили.")
GIVEN_UP = no_baton("Отменённую программу не продолжают.")


def in_correction(programme: Programme) -> Baton:
    if programme.submitted_on is None:
        return Baton("за наставником", "уточнить программу")
    return Baton("за наставляемым", "согласиться с уточнением")
