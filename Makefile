# What a person types. Needs only python3 (with venv and pip) and make; everything else comes from uv.lock.
#   make run     start Nastavnik and print the address (PORT=8400 HOST=127.0.0.1)     make stop
#   make test    the whole suite     make check   linters, types, contracts, translations, licences
#   make bench   the table of speed  make setup   only the environment: .venv/bin/nastavnik then works
#   make docs    what is rendered from other files: the glossary

NASTAVNIK_HOME ?= ./var
PORT ?= 8400
HOST ?= 127.0.0.1
WORKERS ?= 2
PYTHON ?= python3
PYTEST_OPTIONS ?= -n 2 --dist loadgroup
UV_VERSION := 0.13.9

export NASTAVNIK_HOME
export UV_PYTHON_DOWNLOADS := never
# The environment of this folder, whatever another one is active in the shell.
export UV_PROJECT_ENVIRONMENT := .venv
unexport VIRTUAL_ENV

UV := .uv/bin/uv
NASTAVNIK := .venv/bin/nastavnik
SYNC = $(UV) sync --quiet --frozen --inexact --python "$(BASE_PYTHON)"
# The interpreter itself, not a shim or an active environment that may go away.
BASE_PYTHON = $(shell $(PYTHON) -c 'import os, sys; print(os.path.realpath(sys.executable if sys.prefix == sys.base_prefix else sys._base_executable))' 2>/dev/null)

.PHONY: run stop setup dev test check docs bench clean distclean help
.DEFAULT_GOAL := run

run: setup
	@exec $(NASTAVNIK) run --host "$(HOST)" --port "$(PORT)" --workers "$(WORKERS)" $(RUN_OPTIONS)

stop: setup
	@$(NASTAVNIK) stop

setup: .venv/.synced

dev: .venv/.synced-dev

test: dev
	@.venv/bin/pytest $(PYTEST_OPTIONS)

check: dev
	@.venv/bin/python scripts/check.py

docs: dev
	@.venv/bin/python scripts/render_glossary.py
	@.venv/bin/python scripts/render_metrics.py
	@.venv/bin/python scripts/render_schema.py

bench: dev
	@.venv/bin/python -m bench

help:
	@sed -n '1,6p' Makefile

# Two builds of one environment: what ships, and what ships plus the tools. Newer lock or project file: sync again.
.venv/.synced: uv.lock pyproject.toml | $(UV)
	@echo "Installing what uv.lock names ..."
	@$(SYNC) --no-dev
	@touch $@

.venv/.synced-dev: uv.lock pyproject.toml | $(UV)
	@echo "Installing what uv.lock names, with the tools for tests ..."
	@$(SYNC)
	@touch $@ .venv/.synced

$(UV):
	@command -v $(PYTHON) >/dev/null || { echo "Nastavnik needs Python 3.11 or newer: install python3 and python3-venv." >&2; exit 2; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Nastavnik needs Python 3.11 or newer; $(PYTHON) is older. Name another one: make PYTHON=python3.12" >&2; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "This Python cannot make environments. On Debian or Ubuntu: apt-get install python3-venv" >&2; exit 2; }
	@echo "Preparing the installer (uv $(UV_VERSION)) ..."
	@rm -rf .uv && $(PYTHON) -m venv .uv
	@.uv/bin/pip install --quiet --disable-pip-version-check "uv==$(UV_VERSION)"
	@touch $@

# Caches and the environment; never data.
clean:
	rm -rf .venv .uv .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis htmlcov .coverage bench/out
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +
	@echo "Data in $(NASTAVNIK_HOME) were kept; make distclean removes them too."

distclean:
	@printf 'Remove ALL DATA in %s? Type yes: ' "$(NASTAVNIK_HOME)"; read answer; [ "$$answer" = yes ] || { echo "Kept."; exit 1; }
	@[ ! -x $(NASTAVNIK) ] || $(NASTAVNIK) stop
	rm -rf "$(NASTAVNIK_HOME)"
	@$(MAKE) --no-print-directory clean
