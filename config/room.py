"""What the house itself calls its own pages."""

from portal.ui.addresses import CALLED, Called

GIVES = (
    CALLED.give(
        Called("/notices/", "уведомления"),
        Called("/me/", "мои данные"),
        Called("/more/", "всё меню"),
        Called("/find/", "поиск по порталу"),
        Called("/places/", "места и должности"),
        Called("/api/", "данные"),
    ),
)
