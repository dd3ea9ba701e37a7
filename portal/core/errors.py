"""The ways in which the domain says no. Each carries a stable code and a Russian sentence for the person."""

from collections.abc import Iterable, Sequence


class DomainError(Exception):
    """Base: `code` is stable (API), `sentence` is shown, `field` names the place of the mistake, if any."""

    status = 400

    def __init__(self, code: str, sentence: str, field: str | None = None) -> None:
        super().__init__(f"{code}: {sentence}")
        self.code, self.sentence, self.field = code, sentence, field

    @property
    def fields(self) -> dict[str, list[str]]:
        """Sentences by the field they belong to; empty when the refusal has no place."""
        return {self.field: [self.sentence]} if self.field else {}


class NotVisible(DomainError):
    """404: the object does not exist for this actor; never says whether it exists at all."""

    status = 404

    def __init__(self, code: str = "not_found", sentence: str = "Такой страницы у вас нет.") -> None:
        super().__init__(code, sentence)


class Gone(DomainError):
    """410: it stood here, everybody may know that, and it was taken off; its address stays."""

    status = 410

    def __init__(self, sentence: str) -> None:
        super().__init__("gone", sentence)


class Forbidden(DomainError):
    """403: the actor sees the object but may not do this to it."""

    status = 403

    def __init__(self, sentence: str = "Это действие вам недоступно.", code: str = "forbidden") -> None:
        super().__init__(code, sentence)


class Conflict(DomainError):
    """409: the state of things does not allow it (wrong state, unmet guard)."""

    status = 409


class Passed(Conflict):
    """409: the step has been made, or its time is over; `url` shows what happened. A page that only asks for
    the form is led there.
    """

    def __init__(self, sentence: str, url: str) -> None:
        super().__init__("passed", sentence)
        self.url = url


class Stale(Conflict):
    """409: somebody changed the object after the form was opened; `current` is the object as it is now."""

    def __init__(self, current: object) -> None:
        super().__init__(
            "stale", "Пока вы писали, запись изменил кто-то другой. Сравните и сохраните ещё раз."
        )
        self.current = current
        self.form: object = None
        """What was typed, for the page that shows both sides."""


class Invalid(DomainError):
    """422: what was typed cannot be accepted; `field` says where to mend it."""

    status = 422
    others: Sequence["Invalid"] = ()
    """Further mistakes of the same form: told together, so that they are mended in one go."""

    @classmethod
    def refuse_any(cls, mistakes: Iterable["Invalid"]) -> None:
        """Raises the first of the mistakes, which brings the others; does nothing when there are none."""
        found = list(mistakes)
        if found:
            found[0].others = found[1:]
            raise found[0]

    @property
    def fields(self) -> dict[str, list[str]]:
        told = super().fields
        for other in self.others:
            for field, sentences in other.fields.items():
                told.setdefault(field, []).extend(sentences)
        return told


class TooMany(DomainError):
    """429: too many tries in a short time."""

    status = 429

    def __init__(
        self, sentence: str = "Слишком много попыток подряд. Подождите немного и попробуйте снова."
    ) -> None:
        super().__init__("too_many", sentence)


def without_words(error: BaseException) -> str:
    """What failed, with nothing of what people have typed: the kind of error, and what the database names
    (state, table, constraint).
    """
    diag = getattr(error.__cause__ or error, "diag", None)
    named = [
        getattr(error, "code", ""),
        *(getattr(diag, name, None) for name in ("sqlstate", "table_name", "constraint_name")),
    ]
    return " ".join([type(error).__name__, *(str(name) for name in named if name and isinstance(name, str))])


class Unavailable(DomainError):
    """503: a part of the portal is not there right now; nothing typed is lost."""

    status = 503
