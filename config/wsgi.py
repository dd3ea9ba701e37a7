"""The web server's entrance."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
_django = get_wsgi_application()

from django.conf import settings  # noqa: E402  (known only now)

from config.buffering import Buffered  # noqa: E402

application = Buffered(
    _django,
    working=settings.WEB_THREADS,
    sending=settings.SERVER_THREADS - 2 * settings.WEB_THREADS,
    longest=settings.REQUEST_MAX_BYTES,
)
