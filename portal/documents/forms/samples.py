"""People and the school of the samples: invented, only for previews and tests."""

from datetime import date

from portal.documents.forms.base import NamedPerson, School

PRINCIPAL = NamedPerson("Белова", "Ирина", "Павловна", "директор")
CURATOR = NamedPerson(
    "Соколова", "Вера", "Андреевна", "заместитель директора по учебно-воспитательной работе"
)
MENTOR = NamedPerson("Шевченко", "Олег", "Ильич", "учитель математики")
MENTEE = NamedPerson("Ким", "Анна", "Сергеевна", "учитель математики")
EXPERT = NamedPerson("Черных", "Пётр", "Львович", "методист")
SCHOOL = School(
    full_name="Муниципальное бюджетное общеобразовательное учреждение «Средняя школа № 5» города Смоленска",
    short_name="МБОУ «СШ № 5»",
    genitive="муниципального бюджетного общеобразовательного учреждения «Средняя школа № 5» города Смоленска",
    short_genitive="МБОУ «СШ № 5»",
    place="г. Смоленск",
    principal=PRINCIPAL,
    founder="Администрация города Смоленска",
    inn="6700000005",
    ogrn="1026700000005",
    address="214000, г. Смоленск, ул. Школьная, д. 5",
)
SINCE, UNTIL, SIGNED = date(2026, 10, 1), date(2027, 5, 31), date(2026, 9, 28)
