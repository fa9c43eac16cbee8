"""`nastavnik run`: brings everything up in order, keeps it up, and takes it down in order."""

import http.client
import importlib.util
import re
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from types import FrameType

from nastavnik.config import processes, static
from nastavnik.config.cli import boot
from nastavnik.config.cli.steps import Steps
from nastavnik.config.postgres import Cluster
from nastavnik.config.processes import AlreadyRunning, Child, HomeLock
from nastavnik.kernel.errors import DomainError

FIRST_PAGE_SECONDS = 60
LOOK_S = 0.2
DATABASE_LOOK_S = 5.0
WORKER_GRACE_S = 5
# granian starts a crashed process anew for ever: right for a running site, useless when the program cannot be imported.
_BROKEN = "Unexpected exit from worker"


class PortBusy(DomainError):
    """Another program listens on this port."""


class PageMissing(DomainError):
    """The web server did not answer in time."""


class DemoFailed(DomainError):
    """The demo story could not be loaded. Start without it (--no-demo), or with an empty NASTAVNIK_HOME."""


class _Stopped(BaseException):
    """Somebody asked us to stop during the start. Not an Exception: no step may swallow it."""


@dataclass
class Supervisor:
    """One life of `nastavnik run`."""

    root: Path
    host: str
    port: int
    workers: int
    demo: bool
    steps: Steps = field(default_factory=Steps)
    children: list[Child] = field(default_factory=list)
    _stop: threading.Event = field(default_factory=threading.Event)
    _starting: bool = True

    def run(self) -> int:
        """Until Ctrl-C, SIGTERM or SIGHUP; returns the exit code."""
        lock = HomeLock(self.root)
        boot.check_home(self.root)
        if not lock.take():
            raise AlreadyRunning(self._already())
        self._listen_to_signals()
        try:
            lock.describe(url=self.url, host=self.host, port=self.port)
            self._start()
            self._look_after()
        except _Stopped:
            pass
        finally:
            self._stop_all()
            lock.release()
        return 0

    @property
    def url(self) -> str:
        """What a person types into the browser on this machine."""
        shown = "127.0.0.1" if self.host in {"0.0.0.0", "::", ""} else self.host
        return f"http://[{shown}]:{self.port}/" if ":" in shown else f"http://{shown}:{self.port}/"

    def _already(self) -> str:
        found = processes.supervisor(self.root) or {}
        return (
            f"Nastavnik already runs for {self.root} at {found.get('url', 'an address of its own')} "
            f"(process {found.get('pid', 'unknown')}). Stop it with `nastavnik stop`, or set another NASTAVNIK_HOME."
        )

    def _start(self) -> None:
        self.steps.say(f"Nastavnik, data in {self.root}")
        if processes.end(lambda: processes.strays(self.root)):
            self.steps.say("  ended what a killed run had left")
        self._check_port()
        self._step("database", lambda: boot.prepare(self.root))
        self._step("program", boot.setup)
        self._step("schema", boot.apply_migrations)
        self._step("static files", lambda: static.collect_if_changed(self.root, progress=boot.quiet))
        self._load_demo()
        self._step("web server", self._start_children)
        self._starting = False
        self._greet()

    def _step(self, name: str, work: Callable[[], object]) -> None:
        with self.steps.step(name):
            work()

    def _load_demo(self) -> None:
        from django.contrib.auth import get_user_model

        if not self.demo or get_user_model()._default_manager.exists():
            return
        if importlib.util.find_spec("nastavnik.config.cli.demo") is None:
            return
        self._step("demo story", self._run_demo)

    def _run_demo(self) -> None:
        """In a process of its own: it needs much memory once, and Ctrl-C can end it at any point."""
        command = processes.python("-m", "nastavnik.config.cli", "demo", "load")
        env = processes.child_environment(self.root)
        loading = subprocess.Popen(
            processes.tethered(command), stdin=subprocess.DEVNULL, env=env, start_new_session=True
        )
        try:
            code = loading.wait()
        except _Stopped:
            loading.terminate()
            loading.wait()
            raise
        if code != 0:
            raise DemoFailed

    def _start_children(self) -> None:
        env = processes.child_environment(self.root)
        web = ["granian", "--interface", "wsgi", "--host", self.host, "--port", str(self.port)]
        web += ["--workers", str(self.workers), "--blocking-threads", "4", "--respawn-failed-workers"]
        web += ["--workers-kill-timeout", "5", "--no-ws", "--log-level", "warning", "nastavnik.config.wsgi:application"]
        worker = ["django", "procrastinate", "worker", "--concurrency", "2"]
        worker += ["--shutdown-graceful-timeout", str(WORKER_GRACE_S)]
        logs = self.root / "log"
        self.children = [
            Child(name="web server", command=processes.python("-m", *web), log=logs / "web.log", env=env),
            Child(
                name="worker",
                command=processes.gently(processes.python("-m", *worker)),
                log=logs / "worker.log",
                env=env,
            ),
        ]
        web_server, jobs = self.children
        web_server.start()
        self._wait_for_first_page(web_server)  # both cores for the page somebody waits for; jobs can wait a second
        jobs.start()

    def _wait_for_first_page(self, web_server: Child) -> None:
        deadline = time.monotonic() + FIRST_PAGE_SECONDS
        while (status := self._answer()) != HTTPStatus.OK:
            ended = web_server.process is None or web_server.process.poll() is not None or web_server.says(_BROKEN)
            broken = ended or status == HTTPStatus.INTERNAL_SERVER_ERROR
            if broken or time.monotonic() > deadline:
                log = web_server.log
                raise PageMissing(f"The web server did not come up: {_last_line(log)} (whole log: {log})")
            time.sleep(0.05)

    def _answer(self) -> int | None:
        host = "127.0.0.1" if self.host in {"0.0.0.0", ""} else "::1" if self.host == "::" else self.host
        connection = http.client.HTTPConnection(host, self.port, timeout=10)
        try:
            connection.request("GET", "/healthz", headers={"Host": "127.0.0.1"})
            return connection.getresponse().status
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()

    def _check_port(self) -> None:
        """Tried without SO_REUSEPORT, which the web server uses: it would share a port with a stranger in silence."""
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((self.host, self.port))
                probe.listen()
            except (OSError, OverflowError) as error:
                reason = error.strerror if isinstance(error, OSError) else "a port is a number up to 65535"
                raise PortBusy(
                    f"Port {self.port} on {self.host} cannot be used ({reason}). "
                    f"Choose another: nastavnik run --port {self.port + 1}, or make run PORT={self.port + 1}"
                ) from error

    def _greet(self) -> None:
        from nastavnik.config.cli import greeting

        self.steps.say(f"\nNastavnik is ready after {self.steps.seconds():.1f} s: {self.url}")
        for line in greeting.lines(self.url, host=self.host):
            self.steps.say(line)
        self.steps.say("Ctrl-C stops it. Logs: " + str(self.root / "log") + "\n")

    def _look_after(self) -> None:
        next_look = time.monotonic() + DATABASE_LOOK_S
        cluster = None if boot.is_external() else Cluster(self.root)
        while not self._stop.wait(LOOK_S):
            for child in self.children:
                if sentence := child.look_after():
                    self.steps.say(sentence)
            if cluster is not None and time.monotonic() > next_look:
                self._look_after_database(cluster)
                next_look = time.monotonic() + DATABASE_LOOK_S

    def _look_after_database(self, cluster: Cluster) -> None:
        if cluster.is_running():
            return
        self.steps.say("The database went away; starting it again.")
        try:
            cluster.ensure_running()
        except DomainError as error:
            self.steps.say(str(error))

    def _stop_all(self) -> None:
        begun = time.monotonic()
        if self.children:
            self.steps.say("Stopping ...")
        for child in self.children:
            child.ask_to_stop()
        deadline = time.monotonic() + processes.STOP_SECONDS
        for child in self.children:
            child.wait(deadline)
        if not boot.is_external():
            _close_connections()
            Cluster(self.root).stop()
        self.steps.say(f"Stopped in {time.monotonic() - begun:.1f} s.")

    def _listen_to_signals(self) -> None:
        def ask(_: int, __: FrameType | None) -> None:
            self._stop.set()
            if self._starting:
                self._starting = False
                raise _Stopped

        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, ask)


def _close_connections() -> None:
    from django.apps import apps
    from django.db import connections

    if apps.ready:
        connections.close_all()


def _last_line(log: Path) -> str:
    try:
        lines = [line for line in log.read_text(errors="replace").splitlines()[-50:] if line.strip()]
    except OSError:
        lines = []
    named = [line for line in lines if re.match(r"\w*(Error|Exception|ImproperlyConfigured)\b", line)]
    return (named or lines or ["it said nothing"])[-1].strip()
