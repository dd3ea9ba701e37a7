"""A real Elasticsearch with security on, set up as `docs/deploy.md` (section 5) tells: TLS with an authority
of its own, and an operator who may everything.

The folder that is given knows no security: its makers' jars come by the same Maven. Two things of a package
are in no registry that serves everybody: a library of SAML, by which nobody signs in here, so empty
interfaces stand for it; and the analysis of addresses of mail, which the index of users and roles asks for:
`java/EmailAnalysis.java` makes it of Lucene's own classes. Nor is `elasticsearch-certutil` there: what it
makes is made by `sign`.
"""

from __future__ import annotations

import base64
import datetime as dt
import fcntl
import hashlib
import ipaddress
import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from elasticsearch import Elasticsearch

from tests.database import ROOT
from tests.search import elastic_node
from tests.search.elastic_node import GIVEN, Node, free_port, new_home

PROGRAM = ROOT / ".local" / "es_node_secure"
ABSENT = ("org.opensaml", "net.shibboleth.utilities", "org.elasticsearch.plugin:es-opensaml-security-api")
EMAIL = Path(__file__).parent / "java" / "EmailAnalysis.java"
STUBS = (
    "org.opensaml.core.xml.XMLObject",
    "org.opensaml.saml.saml2.core.RequestAbstractType",
    "org.opensaml.saml.saml2.core.StatusResponseType",
)
CLASSES = {
    "x-pack-core": "org.elasticsearch.xpack.core.XPackPlugin",
    "x-pack-security": "org.elasticsearch.xpack.security.Security",
    "email-analysis": "estafeta.EmailAnalysis",
}
OPERATOR = ("operator", "of the operator")
ON = (
    "http.type=security4",
    "transport.type=security4",
    "xpack.security.enabled=true",
    "xpack.security.http.ssl.enabled=true",
    "xpack.security.http.ssl.certificate=http.crt",
    "xpack.security.http.ssl.key=http.key",
)
"""The last four are of deploy.md; the first two its packages set by themselves."""
AMONG_NODES = "xpack.security.transport.ssl."


def modules() -> Path:
    """Where the modules of security lie, as a package of Elasticsearch has them."""
    made = PROGRAM / "modules"
    elastic_node.make_program()
    with (PROGRAM.parent / "es_node_secure.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        pom = _pom((GIVEN / "pom.xml").read_text())
        kept, whole = PROGRAM / "made_of", pom + EMAIL.read_text()
        if not kept.exists() or kept.read_text() != whole:
            shutil.rmtree(PROGRAM, ignore_errors=True)
            PROGRAM.mkdir(parents=True)
            (PROGRAM / "pom.xml").write_text(pom)
            _make(made, elastic_node.release())
            kept.write_text(whole)
    return made


def _pom(given: str) -> str:
    pairs = [(*one.split(":"), "*")[:2] for one in ABSENT]
    without = "".join(
        f"<exclusion><groupId>{group}</groupId><artifactId>{name}</artifactId></exclusion>"
        for group, name in pairs
    )
    more = "".join(
        f"<dependency><groupId>org.elasticsearch.plugin</groupId><artifactId>{name}</artifactId>"
        f"<version>${{es}}</version><exclusions>{without}</exclusions></dependency>"
        for name in CLASSES
        if name.startswith("x-pack")
    )
    return given.replace("</dependencies>", f"{more}</dependencies>")


def _make(made: Path, version: str) -> None:
    """What the plain node has not belongs to the core of X-Pack, and nothing but itself to security."""
    plain = {file.name for file in (elastic_node.PROGRAM / "modules").rglob("*.jar")}
    _run("mvn", "-q", "-B", "dependency:build-classpath", "-Dmdep.outputFile=classpath")
    command = elastic_node.COMMAND.read_text()
    for name, plugin in CLASSES.items():
        (made / name).mkdir(parents=True)
        says = {
            "name": name,
            "description": name,
            "version": version,
            "elasticsearch.version": version,
            "java.version": "17",
            "classname": plugin,
            **({"extended.plugins": "x-pack-core"} if name == "x-pack-security" else {}),
        }
        text = "".join(f"{key}={value}\n" for key, value in says.items())
        (made / name / "plugin-descriptor.properties").write_text(text)
    for jar in map(Path, (PROGRAM / "classpath").read_text().strip().split(":")):
        if jar.name in plain or str(jar) not in command:
            shutil.copy(jar, made / ("x-pack-security" if "x-pack-security" in jar.name else "x-pack-core"))
    for name in STUBS:
        package, _, short = name.rpartition(".")
        file = PROGRAM / "stubs" / f"{short}.java"
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"package {package}; public interface {short} {{}}")
    _compile(made / "x-pack-security" / "stubs.jar", *(PROGRAM / "stubs").iterdir())
    _compile(made / "email-analysis" / "email-analysis.jar", EMAIL)


def _compile(jar: Path, *sources: Path) -> None:
    command = json.loads(elastic_node.COMMAND.read_text())
    classes = PROGRAM / f"classes of {jar.name}"
    _run("javac", "-cp", command[command.index("-cp") + 1], "-d", str(classes), *map(str, sources))
    _run("jar", "cf", str(jar), "-C", str(classes), ".")


def _run(*command: str) -> None:
    subprocess.run(command, cwd=PROGRAM, check=True, capture_output=True)


@dataclass
class SecureNode(Node):
    """A node that is asked by https and by name. Only its operator lies in a file, as `elasticsearch-users`
    writes one; whoever else may something is made by calls.
    """

    signed: Path | None = None
    """The papers of a cluster, whose nodes trust one authority."""

    @property
    def url(self) -> str:
        return f"https://127.0.0.1:{self.port}"

    @property
    def authority(self) -> Path:
        return self.home / "config" / "authority.pem"

    def client(self, seconds: float = 30, user: tuple[str, str] = OPERATOR) -> Elasticsearch:
        return Elasticsearch(
            self.url,
            request_timeout=seconds,
            max_retries=0,
            basic_auth=user,
            ca_certs=str(self.authority),
        )

    def start(self) -> None:
        shutil.copytree(modules(), self.home / "modules", dirs_exist_ok=True)
        config = self.home / "config"
        config.mkdir(exist_ok=True)
        if not self.authority.exists():
            if self.signed:
                shutil.copytree(self.signed, config, dirs_exist_ok=True)
            else:
                sign(config)
            (config / "users").write_text(f"{OPERATOR[0]}:{_hashed(OPERATOR[1])}\n")
            (config / "users_roles").write_text(f"superuser:{OPERATOR[0]}\n")
        super().start()


def secure_node(*more: str) -> SecureNode:
    home = new_home()
    own = ("discovery.type=single-node", "transport.port=0", f"path.repo={home / 'snapshots'}")
    return SecureNode(home, free_port(), (*own, *ON, *more))


def _hashed(password: str) -> str:
    """As `elasticsearch-users` writes it."""
    salt = os.urandom(32)
    made = hashlib.pbkdf2_hmac("sha512", password.encode(), salt, 10_000, 32)
    return f"{{PBKDF2}}10000${base64.b64encode(salt).decode()}${base64.b64encode(made).decode()}"


def sign(folder: Path) -> None:
    """An authority, and what it has signed for 127.0.0.1: as `elasticsearch-certutil` makes them."""
    authority, certificate, key = (folder / name for name in ("authority.pem", "http.crt", "http.key"))
    ours, theirs = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    root, node = (x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]) for name in ("root", "search-1"))
    address = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    made = _certificate(root, ours).add_extension(
        x509.BasicConstraints(ca=True, path_length=None), critical=True
    )
    _write(authority, made.issuer_name(root).sign(ours, hashes.SHA256()))
    signed = _certificate(node, theirs).add_extension(address, critical=False)
    _write(certificate, signed.issuer_name(root).sign(ours, hashes.SHA256()))
    key.write_bytes(
        theirs.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )


def _certificate(name: x509.Name, key: ec.EllipticCurvePrivateKey) -> x509.CertificateBuilder:
    now = dt.datetime.now(dt.UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
    )


def _write(file: Path, made: x509.Certificate) -> None:
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM))
