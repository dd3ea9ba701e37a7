"""The connection as django-tenants extends it: mypy knows neither `tenant`, `schema_name` nor
`set_tenant`.
"""

from typing import Any

from django.db import connection

db: Any = connection
