"""The portal as it is deployed: granian by `deploy/serve`, and the real nginx with `deploy/nginx.conf` before
it. Addresses of the test instead of the city's.
"""

import datetime as dt
import os
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.db import connections
from django.test import Client

from portal.accounts.models import User
from tests import database
from tests.cast import BY_KEY
from tests.left_out import nginx

NAME = "estafeta.example.ru"


@dataclass
class Deployed:
    """A running portal. `port` is nginx's (https) or, without it, the server's own."""

    port: int
    base: str
    session: str
    authority: Path | None = None
    server: "subprocess.Popen[bytes] | None" = None

    def connection(self, *, from_: str = "127.0.0.1", timeout: float = 30) -> HTTPConnection:
        if self.authority is None:
            return HTTPConnection("127.0.0.1", self.port, timeout=timeout, source_address=(from_, 0))
        context = ssl.create_default_context(cafile=str(self.authority))
        context.check_hostname = False  # the name is in the Host header; the connection goes to 127.0.0.1
        return HTTPSConnection(
            "127.0.0.1", self.port, timeout=timeout, source_address=(from_, 0), context=context
        )

    def ask(
        self, url: str, method: str = "GET", *, body: Any = None, from_: str = "127.0.0.1", **headers: str
    ) -> tuple[HTTPResponse, str]:
        """One request of the teacher who is signed in; `_` in names of headers stands for `-`."""
        known = {"Host": NAME, "Cookie": f"estafeta={self.session}"} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        with closing(self.connection(from_=from_)) as connection:
            connection.request(method, url, body, known)
            answer = connection.getresponse()
            return answer, answer.read().decode(errors="replace").replace("\xa0", " ")

    def slow_senders(self, count: int) -> list[socket.socket]:
        """Connections that have sent the head of a POST; the body is for the caller to send."""
        lines = ("POST /s/5/practices/new/ HTTP/1.1", f"Host: {NAME}", "Content-Type: text/plain")
        head = "\r\n".join((*lines, "Content-Length: 5000", "", "")).encode()
        return [self._started(head) for _ in range(count)]

    def _started(self, head: bytes) -> socket.socket:
        connection = self.connection()
        connection.connect()
        connection.sock.sendall(head)
        return connection.sock


def free_port() -> int:
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture(scope="module")
def teacher(django_db_blocker: Any) -> Iterator[tuple[str, str]]:
    """A database that commits, and the session of a teacher in it."""
    name, default = database.new_name(), connections["default"]
    database.clone(name)
    with django_db_blocker.unblock():
        default.close()
        default.close_pool()  # type: ignore[attr-defined]
        before, default.settings_dict["NAME"] = default.settings_dict["NAME"], name
        client = Client()
        client.force_login(User.objects.get(pk=BY_KEY["boris"].uuid))
        default.close()
        default.close_pool()  # type: ignore[attr-defined]
        default.settings_dict["NAME"] = before
    yield name, client.cookies["estafeta"].value
    database.drop(name)


@pytest.fixture(scope="module")
def bare(teacher: tuple[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployed]:
    """The server without a proxy, as `make demo` has it; with fewer threads than there will be slow
    senders.
    """
    with served(
        *teacher, tmp_path_factory.mktemp("bare"), BEHIND_PROXY="0", HTTPS="0", SERVER_THREADS="40"
    ) as deployed:
        yield deployed


@pytest.fixture(scope="module")
def proxied(teacher: tuple[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployed]:
    """The server behind nginx, over https; so small that one body on its way would be seen."""
    folder = tmp_path_factory.mktemp("nginx")
    env = {
        "BEHIND_PROXY": "1",
        "HTTPS": "1",
        "PORTAL_URL": f"https://{NAME}",
        "WEB_THREADS": "2",
        "SERVER_THREADS": "5",
    }
    with served(*teacher, folder, **env) as inner, in_front(inner, folder) as outer:
        yield outer


@contextmanager
def served(name: str, session: str, folder: Path, **env: str) -> Iterator[Deployed]:
    port = free_port()
    kept = {key: value for key, value in os.environ.items() if key != "DATABASE_OWNER_URL"}
    settings = {
        "DATABASE_URL": database.app_url(name),
        "ALLOWED_HOSTS": NAME,
        "PORT": str(port),
        "WEB_WORKERS": "1",
        "STATIC_ROOT": str(folder / "static"),
        **env,
    }
    (folder / "static").mkdir()
    log = (folder / "server.log").open("wb")
    server = subprocess.Popen(
        [str(database.ROOT / "deploy/serve"), "web"],
        env=kept | settings,
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    try:
        wait_for(port, folder / "server.log")
        yield Deployed(port, str(folder), session, server=server)
    finally:
        server.terminate()
        server.wait(timeout=30)


@contextmanager
def in_front(inner: Deployed, folder: Path) -> Iterator[Deployed]:
    port = free_port()
    make_certificate(folder)
    (folder / "site.conf").write_text(site(folder, inner.port, port))
    (folder / "nginx.conf").write_text(
        MAIN.format(user="user root;" if os.geteuid() == 0 else "", folder=folder)
    )
    command = [
        nginx() or "nginx",
        "-e",
        str(folder / "error.log"),
        "-c",
        str(folder / "nginx.conf"),
        "-p",
        str(folder),
    ]
    proxy = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(port, folder / "error.log")
        yield Deployed(port, str(folder), inner.session, folder / "fullchain.pem", inner.server)
    finally:
        proxy.terminate()
        proxy.wait(timeout=30)
        shutil.rmtree(folder / "bodies", ignore_errors=True)


def wait_for(port: int, log: Path) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError(f"nothing listens at {port}:\n{log.read_text(errors='replace')[-2000:]}")


MAIN = """{user}
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
events {{ worker_connections 1024; }}
http {{
    types {{ text/html html; text/css css; text/javascript js; }}
    default_type application/octet-stream;
    access_log off;
    client_body_temp_path {folder}/bodies;
    proxy_temp_path {folder}/answers;
    fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


def site(folder: Path, inner: int, port: int) -> str:
    """`deploy/nginx.conf` as it is, with the places of the test. Each of them must be found."""
    text = (database.ROOT / "deploy/nginx.conf").read_text()
    text = "\n".join(line for line in text.splitlines() if "listen [::]" not in line)
    places = {
        "127.0.0.1:8000": f"127.0.0.1:{inner}",
        "listen 80;": f"listen 127.0.0.1:{free_port()};",
        "listen 443 ": f"listen 127.0.0.1:{port} ",
        "/etc/ssl/estafeta/": f"{folder}/",
        "/srv/estafeta/": f"{database.ROOT}/",
        "/var/lib/estafeta/static/": f"{folder}/static/",
        "/var/log/nginx/": f"{folder}/",
    }
    for there, here in places.items():
        assert there in text, f"deploy/nginx.conf has no «{there}»"
        text = text.replace(there, here)
    return text


def make_certificate(folder: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "fullchain.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
