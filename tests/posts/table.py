"""The whole table, and the addresses that stand elsewhere, each with its reason."""

from tests.posts import (
    accounts,
    adoptions,
    api,
    calls,
    catalogues,
    certificates,
    city,
    experts,
    mentoring_forming,
    mentoring_working,
    monitoring_forms,
    offices,
    papers,
    periods,
    practices,
    practices_api,
    readers,
    reviews,
    search_words,
    staff,
)

ROWS = [
    *mentoring_forming.ROWS,
    *mentoring_working.ROWS,
    *adoptions.ROWS,
    *staff.ROWS,
    *papers.ROWS,
    *periods.ROWS,
    *offices.ROWS,
    *practices.ROWS,
    *calls.ROWS,
    *catalogues.ROWS,
    *practices_api.ROWS,
    *certificates.ROWS,
    *readers.ROWS,
    *monitoring_forms.ROWS,
    *reviews.ROWS,
    *experts.ROWS,
    *search_words.ROWS,
    *city.ROWS,
    *accounts.ROWS,
    *api.ROWS,
]
NOWHERE = "страница «только по приглашению»: на любой запрос отвечает 404 и ничего не пишет"
ALLAUTH = "вход и второй шаг: пишет библиотека, проверено в tests/pages/test_accounts_gate.py"
ELSEWHERE: dict[str, dict[str, str]] = {
    "school": {
        **dict.fromkeys(("school_practices:save", "school_practices:save_new"),
                "сохраняется само, без ключа повтора: tests/practices/test_saved_by_itself.py"),
    },
    "city": {
        "expertise:save": "сохраняется само, без ключа повтора: tests/practices/test_drafts_of_sheets.py",
        "papers:pdf": "то же, что в школе: tests/posts/papers.py, paper_pdf",
        **dict.fromkeys(("account_confirm_email", "account_confirm_login_code", "account_email",
                "account_email_verification_sent", "account_set_password",
                         "account_signup"), NOWHERE),
        **dict.fromkeys(("account_change_password", "account_login", "account_logout",
                "account_reauthenticate", "account_reset_password",
                         "account_reset_password_from_key", "mfa_activate_totp", "mfa_authenticate",
                         "mfa_deactivate_totp", "mfa_generate_recovery_codes",
                         "mfa_reauthenticate"), ALLAUTH),
        "own_bank:stop": "ссылка из письма сама право: tests/practices/test_saved_searches.py",
        "address_stop": "ссылка из письма одноразовая: tests/pages/test_sign_in_address.py",
        "invitation": "второе нажатие и чужая почта проверены в tests/pages/test_accounts_gate.py: ключ "
            "повтора там не нужен, приглашение одноразовое",
        "demo:become": "только в демонстрации: вход одним нажатием, ничего не пишет",
        "ui_prefs": "вид страниц: хранится на устройстве, повтор даёт то же",
    },
}  # fmt: skip
