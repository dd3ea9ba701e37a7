"""The permission matrix of domain.md §2.2 as one table. A permission appears here with its first use.

Circumstances (being the mentor of this very pair, an expert of this very review) are not here: see each
room's `access.py`. `docs/permissions.md` is printed from this page by `manage.py print_docs`; tests walk it.
"""

from dataclasses import dataclass

from portal.accounts.offices import CITY_OFFICES, SCHOOL_OFFICES, Office
from portal.core.contour import Contour

PR = Office.PRINCIPAL
CU = Office.CURATOR
AL = Office.ASSOCIATION_LEAD
PS = Office.PSYCHOLOGIST
HR = Office.PERSONNEL_OFFICER
TE = Office.TEACHER
DH = Office.DEPARTMENT_HEAD
DS = Office.DEPARTMENT_SPECIALIST
ME = Office.METHODIST
CS = Office.COUNCIL_SECRETARY
PA = Office.PLATFORM_ADMIN
EVERY_TEACHER = (PR, CU, AL, PS, HR, TE)
CITY_ALL = (DH, DS, ME, CS)


@dataclass(frozen=True)
class Permission:
    """One row: what may be done, in Russian, and by which offices."""

    name: str
    title: str
    offices: tuple[Office, ...]
    row: str

    @property
    def contour(self) -> Contour:
        return Contour.EXTERNAL if set(self.offices) <= CITY_OFFICES else Contour.INTERNAL


MATRIX: tuple[Permission, ...] = (
    # people
    Permission("person:read", "Видеть список сотрудников", (PR, CU, HR), "People, categories, load"),
    Permission(
        "person:read_names",
        "Видеть имена и предметы сотрудников",
        (PR, CU, HR, AL, PS),
        "People, categories, load",
    ),
    Permission("person:edit", "Вносить и править сотрудников", (CU, HR), "People, categories, load"),
    Permission("deputy:enter", "Внести заместителя до назначения куратора", (PR,), "SM-17"),
    Permission(
        "person:import", "Загружать список сотрудников из файла", (CU, HR), "People, categories, load"
    ),
    Permission("person:invite", "Приглашать сотрудников в портал", (PR, CU, HR), "People, categories, load"),
    Permission(
        "account:mend",
        "Просить новую почту для входа или второй шаг заново за того, кто не может войти",
        (PR,),
        "People, categories, load",
    ),
    Permission(
        "curator:appoint", "Назначать куратора и регистрировать приказ о нём", (PR,), "Local acts, roadmap"
    ),
    Permission(
        "office:read",
        "Видеть, кто какую должность занимает в портале",
        (PR, CU, HR),
        "People, categories, load",
    ),
    Permission(
        "office:give", "Давать должности в портале и заканчивать их", (PR,), "People, categories, load"
    ),
    Permission(
        "personal_consent:register", "Принимать согласия на обработку данных", (CU, HR), "PD consents"
    ),
    # local acts and orders
    Permission("local_act:read", "Читать локальные акты", EVERY_TEACHER, "Local acts, roadmap"),
    Permission("local_act:edit", "Готовить локальные акты", (CU, PR), "Local acts, roadmap"),
    Permission("local_act:approve", "Утверждать локальные акты", (PR,), "Local acts, roadmap"),
    Permission("order:read", "Видеть приказы", (PR, CU, HR), "Pair: order"),
    Permission("order:prepare", "Готовить приказы", (CU, HR), "Pair: order"),
    Permission(
        "order:register",
        "Регистрировать подписанные приказы: номер, дата, скан (приказ о кураторе только директор)",
        (PR, HR),
        "Pair: order",
    ),
    Permission("order:take_back", "Отменять регистрацию приказа в тот же день", (PR,), "Pair: order"),
    # mentoring
    Permission("need:read", "Видеть все потребности школы", (PR, CU, AL, PS), "Mentee need"),
    Permission("need:record", "Записывать потребность другого человека", (CU,), "Mentee need"),
    Permission("need:record_own", "Записывать свою потребность", EVERY_TEACHER, "Mentee need"),
    Permission("need:accept", "Принимать потребности в работу", (CU,), "Mentee need"),
    Permission("mentor_card:read", "Видеть наставников школы", (PR, CU, AL, PS, HR), "Mentor bank card"),
    Permission("mentor_card:edit", "Вести банк наставников школы", (CU,), "Mentor bank card"),
    Permission("mentor_card:recommend", "Рекомендовать наставника", (AL, CU), "Mentor bank card"),
    Permission("mentor_card:confirm", "Подтверждать наставника", (CU, PR), "Mentor bank card"),
    Permission("pair:read", "Видеть все пары школы", (PR, CU, AL, HR, PS), "Pair/group: propose"),
    Permission("pair:propose", "Предлагать пары", (CU, AL), "Pair/group: propose"),
    Permission("pair:propose_own", "Предлагать пару с собой", EVERY_TEACHER, "Pair/group: propose"),
    Permission("pair:lead", "Вести пару: согласия, приказ, прекращение", (CU,), "Pair: order"),
    Permission("pair:conclude", "Давать заключение о совместимости", (PS,), "Pair: psychologist conclusion"),
    Permission("pair:sign", "Решать за школу о паре: завершить, прекратить, уведомить", (PR,), "Pair: order"),
    Permission("programme:read", "Видеть все программы школы", (PR, CU, AL), "Programme (T-11)"),
    Permission("programme:review", "Смотреть программы от ШМО и советовать", (AL,), "Programme (T-11)"),
    Permission(
        "mentoring_settings:edit",
        "Решать, как устроено наставничество в школе",
        (CU, PR),
        "Local acts, roadmap",
    ),
    Permission("programme:approve", "Утверждать и возвращать программы", (CU,), "Programme (T-11)"),
    Permission(
        "programme:approve_as_principal",
        "Утверждать программы, если так решено в школе",
        (PR,),
        "Programme (T-11)",
    ),
    Permission("meeting:read", "Видеть журнал встреч школы", (CU,), "Meeting journal (T-12)"),
    # practices in the school
    Permission(
        "school_practice:draft", "Описывать практику", EVERY_TEACHER, "Practice: draft and school expertise"
    ),
    Permission(
        "school_practice:read", "Видеть практики школы", (PR, CU, AL), "Practice: draft and school expertise"
    ),
    Permission(
        "school_practice:review",
        "Оценивать практики школы",
        (AL, CU, PR),
        "Practice: draft and school expertise",
    ),
    Permission(
        "school_practice:hand_over",
        "Передавать практику в город",
        (PR,),
        "Practice: draft and school expertise",
    ),
    Permission(
        "expert:propose",
        "Предлагать городу экспертов из педагогов школы",
        (PR, CU),
        "Practice: municipal expertise",
    ),
    # monitoring in the school
    Permission("school_form:read", "Видеть форму школы", (PR, CU), "Monitoring form of the school"),
    Permission("school_form:fill", "Заполнять форму школы", (CU, PR), "Monitoring form of the school"),
    Permission("school_form:sign", "Подписывать и сдавать форму", (PR,), "Monitoring form of the school"),
    # journals
    Permission("disclosure:read", "Видеть, что ушло из школы", (PR, CU), "Audit log of the school"),
    Permission("journal:read", "Видеть журнал школы", (PR,), "Audit log of the school"),
    # what every teacher has of the city
    Permission("bank:read", "Искать и читать практики банка", EVERY_TEACHER, "Practice: publish / withdraw"),
    # the city
    Permission("school:read", "Видеть список школ", CITY_ALL, "School (tenant) list, settings"),
    Permission("school:open", "Подключать и открывать школы", (DS,), "School (tenant) list, settings"),
    Permission("reference:edit", "Править справочники города", (DS,), "School (tenant) list, settings"),
    Permission("city_office:read", "Видеть, кто служит в городе и до какого дня", (DH, DS), "2.1 Roles"),
    Permission("city_office:give", "Давать и завершать должности города", (DS,), "2.1 Roles"),
    Permission("post:watch", "Видеть работу почты между контурами", (PA, DS), "PLAT"),
    Permission("practice:read", "Видеть переданные практики", CITY_ALL, "Practice: municipal expertise"),
    Permission("practice:lead", "Вести экспертизу практик", (ME,), "Practice: municipal expertise"),
    Permission("search_word:edit", "Учить поиск словам школ", (ME,), "Practice: publish / withdraw"),
    Permission("practice:publish", "Публиковать и снимать практики", (DS,), "Practice: publish / withdraw"),
    Permission(
        "city_bank:read", "Искать и читать практики банка из города", CITY_ALL, "Practice: publish / withdraw"
    ),
    Permission("certificate:read", "Видеть реестр сертификатов", CITY_ALL, "Events, certificates"),
    Permission("certificate:revoke", "Отзывать сертификаты", (ME,), "Events, certificates"),
    Permission("campaign:lead", "Вести кампанию мониторинга", (DS,), "Monitoring campaign"),
    Permission("received_form:read", "Видеть сданные формы", (DH, DS, ME), "School submission"),
    Permission(
        "received_form:check", "Возвращать сданные формы с замечаниями", (DS, ME), "School submission"
    ),
    Permission("received_form:accept", "Принимать сданные формы", (DS,), "School submission"),
    Permission("dashboard:read", "Видеть сводку по городу", CITY_ALL, "Dashboard, reports"),
)

BY_NAME = {permission.name: permission for permission in MATRIX}
_BY_OFFICE = {office: frozenset(p.name for p in MATRIX if office in p.offices) for office in Office}


def permissions_of(offices: frozenset[str]) -> frozenset[str]:
    """Union of what the offices grant."""
    return frozenset().union(*(_BY_OFFICE[Office(office)] for office in offices)) if offices else frozenset()


__all__ = ["BY_NAME", "CITY_OFFICES", "MATRIX", "SCHOOL_OFFICES", "Permission", "permissions_of"]
