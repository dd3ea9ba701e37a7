"""Settings, all of them from the environment (docs/deploy.md lists the variables)."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from config import env

BASE_DIR = Path(__file__).resolve().parent.parent

# ── What this installation is ───────────────────────────────────────────────────────────────────────
DEBUG = env.flag("DEBUG")
DEMO = env.flag("DEMO")
SECRET_KEY = env.text("SECRET_KEY")
if len(SECRET_KEY) < 32:
    raise ImproperlyConfigured("SECRET_KEY короче 32 знаков: такой ключ можно подобрать.")
ALLOWED_HOSTS = env.hosts("ALLOWED_HOSTS", "127.0.0.1,localhost")
CSRF_TRUSTED_ORIGINS = [
    env.address("CSRF_TRUSTED_ORIGINS", origin) for origin in env.words("CSRF_TRUSTED_ORIGINS")
]
if DEBUG and not DEMO and set(ALLOWED_HOSTS) - {"127.0.0.1", "localhost", "testserver"}:
    raise ImproperlyConfigured(
        "DEBUG включён на открытом адресе. Уберите DEBUG или оставьте в ALLOWED_HOSTS только localhost."
    )
HTTPS = env.flag("HTTPS", default=not DEMO and not DEBUG)
BEHIND_PROXY = env.number("BEHIND_PROXY", 0, 0, 9)
CITY_NAME = env.text("CITY_NAME", "Смоленск")
YOUNG_UP_TO_YEARS = env.number("YOUNG_UP_TO_YEARS", 3, 1, 10)
EXPERT_ANSWER_WORKDAYS = env.number("EXPERT_ANSWER_WORKDAYS", 3, 1, 20)
EXPERT_SHEET_WORKDAYS = env.number("EXPERT_SHEET_WORKDAYS", 15, 3, 60)
PRACTICE_CHECK_WORKDAYS = env.number("PRACTICE_CHECK_WORKDAYS", 5, 1, 20)
PRACTICE_DECISION_WORKDAYS = env.number("PRACTICE_DECISION_WORKDAYS", 5, 1, 20)
PRACTICE_MEND_WORKDAYS = env.number("PRACTICE_MEND_WORKDAYS", 20, 5, 60)
AGE_BANDS = env.rising("AGE_BANDS", "36,55", 18, 85)
CITY_NAME_GENITIVE = env.text("CITY_NAME_GENITIVE", "Смоленска")
DEPARTMENT_NAME = env.text(
    "DEPARTMENT_NAME", "Управление образования и молодёжной политики Администрации города Смоленска"
)
SUPPORT_CONTACT = env.text("SUPPORT_CONTACT", "help@example.org")

# ── Contours ────────────────────────────────────────────────────────────────────────────────────────
SHARED_APPS = [
    "django_tenants",
    "portal.accounts",  # before allauth: its templates are ours
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.sites",
    "django.contrib.messages",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "tenants",
    "portal.city_records",
    "portal.municipality",
    "portal.certificates",
    "best_practices",
    "portal.oversight",
    "portal.demo",
]
TENANT_APPS = [
    "portal.school_records",
    "portal.staff",
    "portal.local_acts",
    "portal.school_practices",
    "portal.mentor_bank",
    "portal.mentoring",
    "portal.pair_work",
    "portal.cabinet",
    "portal.monitoring",
]
LIBRARIES = [
    "config",
    "portal.core",
    "portal.audit",
    "portal.documents",
    "portal.files",
    "portal.ui",
    "portal.exchange",
    "portal.notify",
    "portal.papers",
    "portal.search",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_htmx",
    "csp",
]
INSTALLED_APPS = [*SHARED_APPS, *TENANT_APPS, *LIBRARIES]
TENANT_MODEL = "tenants.School"
TENANT_LIMIT_SET_CALLS = True
DATABASE_ROUTERS = ["django_tenants.routers.TenantSyncRouter"]
ROOT_URLCONF = "config.urls_city"
SCHOOL_URLCONF = "config.urls_school"
SITE_ID = 1

# ── Database: the application's login is neither owner nor superuser (docs/adr) ─────────────────────
AS_OWNER = env.flag("DATABASE_AS_OWNER")
_ADDRESS = env.database("DATABASE_OWNER_URL" if AS_OWNER else "DATABASE_URL")
APP_LOGIN = env.text("DATABASE_APP_LOGIN", "estafeta_app")
CITY_ROLE, POST_ROLE, SCHOOL_ROLE = "estafeta_city", "estafeta_post", "estafeta_school"
_POOL: dict[str, Any] = (
    {}
    if AS_OWNER
    else {
        "pool": {
            "min_size": 1,
            "max_size": env.number("DATABASE_POOL", 4, 1, 32),
            "timeout": env.number("DATABASE_WAIT", 5, 1, 60),
            "max_lifetime": 1800,
            "reconnect_timeout": 2,  # else, after a long outage, the pool would look again only minutes later
        }
    }
)
DATABASES = {
    "default": {
        "ENGINE": "tenants.backend",
        "NAME": _ADDRESS.name,
        "USER": _ADDRESS.user,
        "PASSWORD": _ADDRESS.password,
        "HOST": _ADDRESS.host,
        "PORT": _ADDRESS.port,
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,  # a connection that died with the database is not lent to a request
        "OPTIONS": {"connect_timeout": 5, **_POOL},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# ── Requests: the order is the design (docs/house.md) ───────────────────────────────────────────────
MIDDLEWARE = [
    "config.middleware.PressAnswer",
    "config.middleware.RequestLog",
    "config.edges.KnownHost",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "config.edges.HeadIsGet",
    "config.edges.Readable",
    "tenants.middleware.SchoolPrefix",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "config.middleware.BodyLimit",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "config.edges.ShortQuestion",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "portal.accounts.browsers.RememberBrowser",
    "portal.accounts.middleware.SettleActor",
    "config.middleware.ApiRate",
    "config.middleware.Shell",
    "config.middleware.HaltedSchool",
    "config.middleware.PlainText",
    "tenants.middleware.EnterSchool",
    "tenants.middleware.WriteOnce",
    "config.middleware.DomainErrors",
]
REPEAT_KEY_EXEMPT = ("/accounts/", "/invitation/", "/ui/prefs/", "/demo/", "/api/schema/")
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "config.navigation.shell",
                "portal.ui.context.look",
            ],
            "builtins": ["django.templatetags.static"],
        },
    }
]
if DEBUG is False:
    TEMPLATES[0]["APP_DIRS"] = False
    TEMPLATES[0]["OPTIONS"]["loaders"] = [  # type: ignore[index]
        ("django.template.loaders.cached.Loader", ["django.template.loaders.app_directories.Loader"])
    ]
WSGI_APPLICATION = "config.wsgi.application"
WEB_THREADS, SERVER_THREADS = env.number("WEB_THREADS", 8, 1, 64), env.number("SERVER_THREADS", 64, 4, 1024)
if SERVER_THREADS <= 2 * WEB_THREADS:
    raise ImproperlyConfigured(
        "SERVER_THREADS: нужно больше, чем дважды WEB_THREADS, иначе медленные отправители займут все места."
    )
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
CSRF_FAILURE_VIEW = "config.errors.csrf_failure"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
REQUEST_MAX_BYTES = env.number("REQUEST_MAX_BYTES", 25 * 2**20, 2**20, 2**30)
UPLOAD_MAX_BYTES = env.number("UPLOAD_MAX_BYTES", 20 * 2**20, 2**20, 2**28)
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
FILE_SCAN_HOOK = env.dotted("FILE_SCAN_HOOK")

# ── People ──────────────────────────────────────────────────────────────────────────────────────────
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["portal.accounts.backends.Accounts"]
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/accounts/login/"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "portal.accounts.passwords.NotOnesOwnName"},
    {"NAME": "portal.accounts.passwords.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": "portal.accounts.passwords.NotKnownToAll"},
    {"NAME": "portal.accounts.passwords.NotOnlyDigits"},
]
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "portal.accounts.adapter.AccountAdapter"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
# wrong passwords are ours (portal.accounts.tries); an address may be a whole city (docs/adr/0016)
ACCOUNT_RATE_LIMITS = {
    "login": "",
    "signup": "",
    "request_login_code": "",
    "verify_phone": "",
    "reset_password_from_key": "",
    # only codes of the second factor are left to it: whoever tries them knows the password
    "login_failed": "10/10m/key",
    "reset_password": "300/10m/ip",
}
ACCOUNT_FORMS = {
    "login": "portal.accounts.forms.SignInForm",
    "reset_password": "portal.accounts.forms.ResetForm",
    "reset_password_from_key": "portal.accounts.forms.NewPasswordForm",
    "change_password": "portal.accounts.forms.ChangePasswordForm",
    "reauthenticate": "portal.accounts.forms.ReauthenticateForm",
}
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/accounts/login/"
MFA_ADAPTER = "portal.accounts.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "portal.accounts.forms.CodeForm",
    "reauthenticate": "portal.accounts.forms.ReauthenticateByCodeForm",
    "activate_totp": "portal.accounts.forms.ActivateForm",
    "deactivate_totp": "portal.accounts.forms.DeactivateForm",
    "generate_recovery_codes": "portal.accounts.forms.NewCodesForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Эстафета"
MFA_REQUIRED = env.flag("MFA_REQUIRED", default=not DEMO)
INVITATION_DAYS = env.number("INVITATION_DAYS", 14, 1, 60)
SESSION_ENGINE = "portal.accounts.sessions"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "estafeta"

# ── API ─────────────────────────────────────────────────────────────────────────────────────────────
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["config.api.SettledActor"],
    "DEFAULT_PERMISSION_CLASSES": ["config.api.PersonOnly"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["config.api.Json"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_PAGINATION_CLASS": "config.api.Page",
    "PAGE_SIZE": 25,
    "EXCEPTION_HANDLER": "config.api.errors_in_russian",
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Эстафета: API",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.1",
    "DESCRIPTION": "Наставничество педагогов города. Адреса школы начинаются с /s/{code}/.",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    # enumerations stay where they are used: a name made of two of them would change with a third
    "POSTPROCESSING_HOOKS": [],
}
API_RATE_PER_MINUTE = env.number("API_RATE_PER_MINUTE", 300, 1, 100_000)

# ── Words, time, files, letters ─────────────────────────────────────────────────────────────────────
LANGUAGE_CODE = "ru"
USE_I18N = USE_TZ = True
TIME_ZONE = env.zone("CITY_TIME_ZONE", "Europe/Moscow")
LOCALE_PATHS = [BASE_DIR / "portal" / "ui" / "locale"]
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.text("STATIC_ROOT", str(BASE_DIR / ".local" / "static")))
FILES_ROOT = Path(env.text("FILES_ROOT", str(BASE_DIR / ".local" / "files")))
_S3 = env.text("FILES_S3_BUCKET", "")


def _storage(contour: str) -> dict[str, Any]:
    if _S3:
        options = {
            "bucket_name": _S3,
            "location": contour,
            "endpoint_url": env.text("FILES_S3_ENDPOINT"),
            "default_acl": None,
        }
        return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
    return {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": FILES_ROOT / contour, "base_url": None},
    }


STORAGES = {
    "default": _storage("city"),
    "school": _storage("school"),
    "city": _storage("city"),
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or env.flag("STATIC_PLAIN")
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_MANIFEST_STRICT = False
WHITENOISE_USE_FINDERS = DEMO or DEBUG
EMAIL_BACKEND = "config.mail.Kept" if DEMO and not env.text("SMTP_HOST", "") else "config.mail.Smtp"
EMAIL_HOST = env.text("SMTP_HOST", "127.0.0.1")
EMAIL_PORT = env.number("SMTP_PORT", 25, 1, 65535)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = env.text("SMTP_USER", ""), env.text("SMTP_PASSWORD", "")
EMAIL_USE_TLS = env.flag("SMTP_TLS")
EMAIL_TIMEOUT = 15
EMAIL_FILE_PATH = env.text("DEMO_LETTERS", str(BASE_DIR / ".local" / "letters"))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.mailbox("MAIL_FROM", "estafeta@example.org")
PORTAL_URL = env.address("PORTAL_URL", env.text("PORTAL_URL", "http://127.0.0.1:8000"))
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "city_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
if env.text("REDIS_URL", ""):
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": env.address("REDIS_URL", env.text("REDIS_URL"), ("unix", "rediss", "redis")),
        }
    }

# ── Elasticsearch, where it is installed, beside PostgreSQL (docs/deploy.md, section 5) ──────────────
ELASTICSEARCH: dict[str, Any] = {
    "urls": [env.address("ELASTICSEARCH_URL", url) for url in env.words("ELASTICSEARCH_URL")],
    "user": env.text("ELASTICSEARCH_USER", ""),
    "password": env.text("ELASTICSEARCH_PASSWORD", ""),
    "authority": env.text("ELASTICSEARCH_CA", ""),
    "prefix": env.text("ELASTICSEARCH_PREFIX", "estafeta"),
    "replicas": env.number("ELASTICSEARCH_REPLICAS", 0, 0, 4),
    "slow_ms": env.number("ELASTICSEARCH_SLOW_MS", 300, 50, 5000),
}
env.refuse_half_given(ELASTICSEARCH)
# The order by meaning, where the extra `semantic` is installed (docs/deploy.md, section 6)
SEARCH_MEANING = env.flag("SEARCH_MEANING", default=True)

# ── Security headers ────────────────────────────────────────────────────────────────────────────────
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "manifest-src": ["'self'"],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"

# ── Jobs and logs ───────────────────────────────────────────────────────────────────────────────────
PROCRASTINATE_IMPORT_PATHS = ["tenants.tasks"]
LOGGING_CONFIG = None
LOG_JSON = env.flag("LOG_JSON", default=not DEBUG and not DEMO)
LOG_LEVEL = env.text("LOG_LEVEL", "INFO")
if LOG_LEVEL not in ("DEBUG", "INFO", "WARNING", "ERROR"):
    raise ImproperlyConfigured(f"LOG_LEVEL: ожидается DEBUG, INFO, WARNING или ERROR, а стоит «{LOG_LEVEL}».")
from config.logs import configure  # noqa: E402

configure(json=LOG_JSON, level=LOG_LEVEL, words=DEBUG)
