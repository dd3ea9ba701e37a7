"""Where a pair stands on its lane and whose move it is: every row that leads to a state says the same."""

from portal.accounts.offices import Office
from portal.core.workflow import Baton, Place, no_baton
from portal.mentoring.models import Pair
from portal.mentoring.selectors.people import names_of, users_of, who_is_away
from portal.mentoring.states import Conclusion
from portal.mentoring.workflow.guards import conclusion_of
from portal.staff.selectors import Holders

STEPS = ("Предложена", "Согласия", "Психолог", "Приказ", "Действует", "Завершена")

PROPOSED = Place("Предложена")
ASKED = Place("Согласия")
NOT_TOGETHER = Place("Согласия", stopped="Не сложилась")
CHECKED = Place("Психолог")
ORDERED = Place("Приказ")
WORKS = Place("Действует")
PAUSED = Place("Действует", stopped="Пауза")
ENDING = Place("Действует", stopped="Прекращается")
CHANGING = Place("Действует", stopped="Замена наставника")
COMPLETED = Place("Завершена")
TERMINATED = Place("Завершена", stopped="Прекращена")

TO_ASK = Baton("за куратором", "попросить согласия")
TO_ANSWER = Baton("за людьми пары", "ответить, согласны ли они")
TO_SIGN = Baton("за директором", "подписать приказ и зарегистрировать его")
_TO_WORK = Baton("за наставником", "вести программу и встречи")
TO_RESUME = Baton("за куратором", "возобновить пару или закончить её")
TO_TERMINATE = Baton("за директором", "прекратить пару, когда наступит её день")
NEVER_BEGUN = no_baton("Пара не началась, искать дальше может каждый, кто предлагает пары.")
IS_OVER = no_baton("Пара окончена.")


def to_work(pair: Pair) -> Baton:
    """The mentor's, and the curator's from the first day on which somebody of the pair is away."""
    away = who_is_away(pair)
    if away:
        return Baton("за куратором", f"решить, как быть паре: отсутствует {names_of(away)}")
    return _TO_WORK


def to_succeed(pair: Pair) -> Baton:
    """The new pair's, and the curator's when it has come to nothing."""
    if Pair.objects.succeeding(pair).exists():
        return Baton("за новой парой", "собрать согласия и начать работу")
    return Baton("за куратором", "прекратить пару: новая не сложилась")


def to_conclude(pair: Pair) -> Baton:
    """The psychologist's, and the curator's where there is none but of this very pair, or where the pair was
    not recommended.
    """
    if conclusion_of(pair) == Conclusion.NOT_RECOMMENDED:
        return Baton("за куратором", "решить вопреки заключению или отозвать предложение")
    if set(Holders.here().accounts(Office.PSYCHOLOGIST)) - set(users_of(pair)):
        return Baton("за психологом", "дать заключение")
    return Baton("за куратором", "решить без заключения")
