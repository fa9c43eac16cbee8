"""Work that runs beside people who sit an exam: a file of contacts is imported again and again, a report is read.

The import has the priority of the worker, which does those that pages ask for.
"""

import http.client
import os
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench import cohort, loading
from bench.takers import Server, session_of
from nastavnik.config import processes

CONTACTS = 200_000


@contextmanager
def busy(home: Path, server: Server) -> Iterator[None]:
    """Within the block one import follows another, and the report of a cohort of 1,000 people is read every second."""
    path, file = cohort.path_of(cohort.enrolled()), home / "contacts.csv"
    loading._write(file, CONTACTS, CONTACTS // 1000)
    over = threading.Event()
    threads = [
        threading.Thread(target=_imports, args=(home, file, over)),
        threading.Thread(target=_reports, args=(server, path, over)),
    ]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join()


def _imports(home: Path, file: Path, over: threading.Event) -> None:
    command = processes.gently(processes.python("-W", "ignore", "-m", "nastavnik.config.cli"))
    command += ["import", "contacts", str(file), "--json"]
    while not over.is_set():
        subprocess.run(command, env={**os.environ, "NASTAVNIK_HOME": str(home)}, capture_output=True, check=True)


def _reports(server: Server, path: str, over: threading.Event) -> None:
    cookie = f"sessionid={session_of('head')}"
    while not over.is_set():
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        connection.request("GET", path, headers={"Cookie": cookie})
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 200, answer.status
        connection.close()
        over.wait(1)
