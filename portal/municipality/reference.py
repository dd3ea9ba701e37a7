"""Reference lists of the municipality (domain.md §3.3, RefPosition and RefSubject): stable codes, Russian
titles.
"""

DEPUTY = "deputy"
PRINCIPAL_POSITION = "principal"
TEACHER_POSITION = "teacher"

POSITIONS: dict[str, str] = {
    "principal": "директор",
    "deputy": "заместитель директора",
    "teacher": "учитель",
    "psychologist": "педагог-психолог",
    "social_pedagogue": "социальный педагог",
    "speech_therapist": "учитель-логопед",
    "special_teacher": "учитель-дефектолог",
    "organiser": "педагог-организатор",
    "extra_teacher": "педагог дополнительного образования",
    "educator": "воспитатель",
    "methodist": "методист",
    "tutor": "тьютор",
    "upbringing_adviser": "советник директора по воспитанию",
    "security_teacher": "преподаватель-организатор ОБЗР",
    "senior_leader": "старший вожатый",
    "accompanist": "концертмейстер",
    "sport_instructor": "инструктор по физической культуре",
    "personnel_officer": "специалист по кадрам",
}

SUBJECTS: dict[str, str] = {
    "primary": "начальные классы",
    "russian": "русский язык",
    "literature": "литература",
    "mathematics": "математика",
    "informatics": "информатика",
    "physics": "физика",
    "chemistry": "химия",
    "biology": "биология",
    "geography": "география",
    "history": "история",
    "social_studies": "обществознание",
    "english": "английский язык",
    "german": "немецкий язык",
    "french": "французский язык",
    "technology": "труд (технология)",
    "sport": "физическая культура",
    "safety": "ОБЗР",
    "music": "музыка",
    "art": "изобразительное искусство",
    "astronomy": "астрономия",
    "ethics": "ОРКСЭ/ОДНКНР",
    "extracurricular": "внеурочная деятельность",
}

SUBJECTS_GENITIVE: dict[str, str] = {
    "primary": "начальных классов",
    "russian": "русского языка",
    "literature": "литературы",
    "mathematics": "математики",
    "informatics": "информатики",
    "physics": "физики",
    "chemistry": "химии",
    "biology": "биологии",
    "geography": "географии",
    "history": "истории",
    "social_studies": "обществознания",
    "english": "английского языка",
    "german": "немецкого языка",
    "french": "французского языка",
    "technology": "труда (технологии)",
    "sport": "физической культуры",
    "safety": "ОБЗР",
    "music": "музыки",
    "art": "изобразительного искусства",
    "astronomy": "астрономии",
    "ethics": "ОРКСЭ/ОДНКНР",
    "extracurricular": "внеурочной деятельности",
}
"""«Учитель математики»: what stands after the position."""

SUBJECT_WORDS: dict[str, str] = {
    "иностранный язык (английский)": "english",
    "иностранный язык (англ)": "english",
    "иностранный язык (немецкий)": "german",
    "иностранный язык (французский)": "french",
    "английский": "english",
    "немецкий": "german",
    "французский": "french",
    "алгебра": "mathematics",
    "геометрия": "mathematics",
    "технология": "technology",
    "труд": "technology",
    "физкультура": "sport",
    "обж": "safety",
    "основы безопасности и защиты родины": "safety",
    "изо": "art",
    "рисование": "art",
    "орксэ": "ethics",
    "однкнр": "ethics",
    "начальная школа": "primary",
}
"""Other words for the same subjects, as schools write them in their tables (folded)."""

POSITION_WORDS: dict[str, str] = {
    "зам. директора": "deputy",
    "зам директора": "deputy",
    "завуч": "deputy",
    "психолог": "psychologist",
    "соцпедагог": "social_pedagogue",
    "логопед": "speech_therapist",
    "дефектолог": "special_teacher",
    "вожатый": "senior_leader",
    "инструктор по фк": "sport_instructor",
    "учитель начальных классов": "teacher",
}
"""Other words for the same positions (folded)."""
