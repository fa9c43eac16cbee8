"""The floors: import contracts, foreign keys, private rooms. Each is also shown a violation and must see it."""

import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import grimp
import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from tests.architecture import checks

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "nastavnik"
LAYERS: list[str] = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0][
    "layers"
]
FLOORS = checks.floors_of(LAYERS)


def lint(source: Path) -> subprocess.CompletedProcess[str]:
    command = [
        str(Path(sys.executable).parent / "lint-imports"),
        "--no-cache",
        "--config",
        str(ROOT / "pyproject.toml"),
    ]
    env = {**os.environ, "PYTHONPATH": str(source), "NO_COLOR": "1"}
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)


def test_the_import_contracts_hold() -> None:
    result = lint(ROOT / "src")
    assert result.returncode == 0, result.stdout


def append(file: str, line: str) -> Callable[[Path], None]:
    def plant(source: Path) -> None:
        path = source / "nastavnik" / file
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a") as target:
            target.write(f"\n{line}\n")

    return plant


@pytest.mark.slow
@pytest.mark.parametrize(
    ("plant", "broken"),
    [
        (append("people/enums.py", "import nastavnik.metrics.enums"), "Apps depend downwards only BROKEN"),
        (append("surprise/__init__.py", "x = 1"), "surprise"),
        (append("people/models/work.py", "import nastavnik.people.permissions"), "from the edge inwards BROKEN"),
        (append("people/logic/names.py", "from django.conf import settings"), "Logic is pure BROKEN"),
        (append("people/logic/names.py", "import nastavnik.kernel.models"), "Logic is pure BROKEN"),
    ],
    ids=["an upward import", "an app without a floor", "an inward import", "Django in logic", "Django behind a module"],
)
def test_a_planted_import_breaks_its_contract(plant: Callable[[Path], None], broken: str, tmp_path: Path) -> None:
    shutil.copytree(
        SOURCE, tmp_path / "nastavnik", ignore=shutil.ignore_patterns("static", "templates", "*.pyc", "*.mo")
    )
    plant(tmp_path)
    result = lint(tmp_path)
    assert result.returncode == 1
    assert broken in " ".join((result.stdout + result.stderr).split())


def keys_of(found: list[type[models.Model]]) -> list[tuple[str, str, str]]:
    return [
        (model._meta.app_label, field.related_model._meta.app_label, f"{model.__name__}.{field.name}")
        for model in found
        for field in model._meta.get_fields()
        if field.concrete and isinstance(field.related_model, type) and field.related_model._meta.app_label in FLOORS
    ]


def own_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model._meta.app_label in FLOORS]


def test_foreign_keys_point_down() -> None:
    found = keys_of(own_models())
    assert len(found) > 20
    assert checks.upward_keys(found, FLOORS) == []


def test_a_planted_upward_key_is_seen_though_it_is_only_text() -> None:
    with isolate_apps("nastavnik.people", "nastavnik.metrics"):

        class Goal(models.Model):
            class Meta:
                app_label = "metrics"

        class Member(models.Model):
            goal = models.ForeignKey("metrics.Goal", models.CASCADE)

            class Meta:
                app_label = "people"

        assert checks.upward_keys(keys_of([Goal, Member]), FLOORS) == ["Member.goal points from people up to metrics"]


def test_rooms_of_one_floor_do_not_know_each_other() -> None:
    assert checks.upward_keys([("metrics", "content", "X.y")], FLOORS) == ["X.y points from metrics up to content"]
    assert checks.upward_keys([("metrics", "people", "X.y")], FLOORS) == []


def imports() -> list[tuple[str, str]]:
    graph = grimp.build_graph("nastavnik", cache_dir=None)
    return [(module, target) for module in graph.modules for target in graph.find_modules_directly_imported_by(module)]


def test_no_app_imports_the_private_rooms_of_another() -> None:
    # The kernel is the house's toolbox and hides nothing; config wires everything together.
    assert checks.private_imports(imports(), open_apps={"kernel"}, free_apps={"config"}) == []


def test_a_planted_import_of_a_private_room_is_seen() -> None:
    planted = [
        ("nastavnik.metrics.web.board", "nastavnik.people.web.forms"),
        ("nastavnik.metrics.queries.readings", "nastavnik.people.queries._tables"),
        ("nastavnik.metrics.web.board", "nastavnik.people.queries.people"),
        ("nastavnik.config.urls", "nastavnik.people.web.urls"),
        ("nastavnik.people.web.people", "nastavnik.kernel.web.toasts"),
        ("nastavnik.people.web.people", "nastavnik.people.web.forms"),
    ]
    assert checks.private_imports(planted, open_apps={"kernel"}, free_apps={"config"}) == [
        "nastavnik.metrics.web.board imports nastavnik.people.web.forms",
        "nastavnik.metrics.queries.readings imports nastavnik.people.queries._tables",
    ]
