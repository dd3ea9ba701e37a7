"""A real Elasticsearch for the tests: one node for all processes of a run, of the jars its makers publish
(`../shared/es_node`). The first who needs it starts it, the last stops it.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self, TypeVar

from elasticsearch import ApiError, Elasticsearch

from tests.database import NAME, ROOT

GIVEN = ROOT.parent / "shared" / "es_node"
PROGRAM = ROOT / ".local" / "es_node"
COMMAND = PROGRAM / "command.json"
RUN = Path(tempfile.gettempdir()) / f"{NAME.rsplit('_', 1)[0]}_elastic"
DESCRIPTOR = "plugin-descriptor.properties"
START = 240
"""Seconds; the first time Maven brings the jars."""


def program() -> None:
    """The folder is given for reading only, and is compiled where it lies."""
    PROGRAM.mkdir(parents=True, exist_ok=True)
    for file in GIVEN.iterdir():
        copy = PROGRAM / file.name
        if file.is_file() and (not copy.exists() or copy.read_bytes() != file.read_bytes()):
            COMMAND.unlink(missing_ok=True)
            shutil.copyfile(file, copy)
    (PROGRAM / "run.sh").chmod(0o755)


@dataclass
class Node:
    """A node of one's own: may be killed, frozen and started again with its data. `made`: of which release,
    a folder with its command and its modules.
    """

    home: Path
    port: int
    settings: tuple[str, ...] = ()
    process: subprocess.Popen[bytes] | None = None
    made: Path = PROGRAM

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def client(self, seconds: float = 30) -> Elasticsearch:
        return Elasticsearch(self.url, request_timeout=seconds, max_retries=0)

    def start(self) -> None:
        """The first of all by Maven, which brings the jars; the others by the same command."""
        self.home.mkdir(parents=True, exist_ok=True)
        with (PROGRAM.parent / "es_node.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            program()
            if not COMMAND.exists():
                self._run([str(PROGRAM / "run.sh"), str(self.home), str(self.port)])
                self._keep_command()
                if not self.settings:
                    return
                self.kill()
                shutil.rmtree(self.home / "data", ignore_errors=True)
        said = (self.made / COMMAND.name).read_text()
        said = said.replace("{home}", str(self.home)).replace("{port}", str(self.port))
        shutil.copytree(self.made / "modules", self.home / "modules", dirs_exist_ok=True)
        for name in ("config", "plugins"):
            (self.home / name).mkdir(exist_ok=True)
        self._run([*json.loads(said), *self.settings])

    def _run(self, command: list[str]) -> None:
        with (self.home / "log").open("wb") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)
        self._wait()

    def _keep_command(self) -> None:
        """`run.sh` has become Java: its command and its modules serve every other node."""
        assert self.process
        said = Path(f"/proc/{self.process.pid}/cmdline").read_text().rstrip("\0").split("\0")
        shutil.copytree(self.home / "modules", PROGRAM / "modules", dirs_exist_ok=True)
        kept = json.dumps([*said[:-1], "{port}"]).replace(str(self.home), "{home}")
        COMMAND.write_text(kept)

    def _wait(self) -> None:
        assert self.process
        for _ in range(START * 5):
            if "ready\n" in (self.home / "log").read_text(errors="replace"):
                return
            if self.process.poll() is not None:
                break
            time.sleep(0.2)
        self.signal(signal.SIGKILL)
        raise RuntimeError(f"Elasticsearch did not start: {(self.home / 'log').read_text()[-2000:]}")

    def signal(self, number: signal.Signals) -> None:
        assert self.process
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, number)

    def kill(self) -> None:
        """As when the machine falls."""
        self.signal(signal.SIGKILL)
        assert self.process
        self.process.wait(30)

    def upgrade(self) -> None:
        """Ended as a service manager ends it, and started with the same data by the release of the tests."""
        self.signal(signal.SIGTERM)
        assert self.process
        self.process.wait(60)
        shutil.rmtree(self.home / "modules")
        self.made = PROGRAM
        self.start()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self.process and self.process.poll() is None:
            self.kill()
        shutil.rmtree(self.home, ignore_errors=True)


def own_node() -> Node:
    """A node that nobody else asks."""
    return Node(new_home(), free_port())


def new_home() -> Path:
    return Path(tempfile.mkdtemp(prefix="estafeta_elastic_"))


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def release() -> str:
    """Of the tests."""
    [found] = re.findall("<es>(.+)</es>", (GIVEN / "pom.xml").read_text())
    return str(found)


def make_program() -> None:
    """Its command, which the first node that starts leaves behind."""
    if not COMMAND.exists():
        with own_node():
            pass


def older(release: str) -> Path:
    """Another release, by the same Maven: what `Node.made` wants."""
    make_program()
    made = PROGRAM.with_name(f"es_node_{release}")
    with (PROGRAM.parent / "es_node.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (made / COMMAND.name).exists():
            shutil.rmtree(made, ignore_errors=True)
            made.mkdir(parents=True)
            pom = re.sub("<es>.+</es>", f"<es>{release}</es>", (GIVEN / "pom.xml").read_text())
            (made / "pom.xml").write_text(pom)
            shutil.copy(GIVEN / "SearchNode.java", made)
            bring = (
                "mvn",
                "-q",
                "-B",
                "compile",
                "dependency:build-classpath",
                "-Dmdep.outputFile=classpath",
            )
            subprocess.run(bring, cwd=made, check=True, capture_output=True)
            _lay_out(made)
    return made


def _lay_out(made: Path) -> None:
    """What `run.sh` does for its own release, whose descriptor says its number."""
    ours, module = PROGRAM / "modules" / "transport-netty4", made / "modules" / "transport-netty4"
    module.mkdir(parents=True)
    release = made.name.removeprefix("es_node_")
    said = re.sub(r"(?m)(version=)8.+", rf"\g<1>{release}", (ours / DESCRIPTOR).read_text())
    (module / DESCRIPTOR).write_text(said)
    lib = [str(made / "target" / "classes")]
    for jar in (made / "classpath").read_text().strip().split(":"):
        if re.search(r"transport-netty4-|/io/netty/|ssl-config", jar):
            shutil.copy(jar, module)
        else:
            lib.append(jar)
    command = json.loads(COMMAND.read_text())
    command[command.index("-cp") + 1] = ":".join(lib)
    (made / COMMAND.name).write_text(json.dumps(command))


NodeOf = TypeVar("NodeOf", bound=Node)
MakeNode = Callable[[Path, int, tuple[str, ...]], NodeOf]
"""Of a home, a port and settings."""


@contextmanager
def cluster(of: MakeNode[NodeOf], size: int = 3) -> Iterator[list[NodeOf]]:
    """Nodes that know each other."""
    ports = [free_port() for _ in range(size)]
    names = ",".join(f"n{place}" for place in range(size))
    hosts = ",".join(f"127.0.0.1:{port}" for port in ports)
    nodes = [
        of(
            new_home(),
            free_port(),
            (
                f"node.name=n{place}",
                f"transport.port={port}",
                f"discovery.seed_hosts={hosts}",
                f"cluster.initial_master_nodes={names}",
            ),
        )
        for place, port in enumerate(ports)
    ]
    with ThreadPoolExecutor() as pool, ExitStack() as stack:
        for node in nodes:
            stack.push(node)
        list(pool.map(lambda node: node.start(), nodes))
        _wait_for_leader(nodes[0], size)
        yield nodes


def _wait_for_leader(node: Node, size: int) -> None:
    """A node is ready before all of them have chosen."""
    client = node.client()
    for _ in range(START * 2):
        with suppress(ApiError):
            if not client.cluster.health(wait_for_nodes=str(size), timeout="5s")["timed_out"]:
                return
        time.sleep(0.5)
    raise RuntimeError(f"{size} nodes have chosen no leader")


@contextmanager
def common_node() -> Iterator[Node]:
    """The node of this run."""
    RUN.mkdir(exist_ok=True)
    node = _joined(1)
    try:
        yield node
    finally:
        _joined(-1)


def _joined(more: int) -> Node:
    with (RUN / "lock").open("a+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        kept: dict[str, Any] = {"users": 0}
        if (RUN / "node.json").exists():
            kept = json.loads((RUN / "node.json").read_text())
        node = Node(RUN / "home", kept.get("port", 0))
        if not kept["users"]:
            node.port = free_port()
            node.start()
            assert node.process
            kept |= {"port": node.port, "pid": node.process.pid}
        kept["users"] += more
        (RUN / "node.json").write_text(json.dumps(kept))
        if not kept["users"]:
            os.killpg(kept["pid"], signal.SIGKILL)
            shutil.rmtree(RUN, ignore_errors=True)
    return node
