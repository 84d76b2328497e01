# Every target sets up what it needs: a virtual environment in .venv, updated when pyproject.toml has changed.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PYTHON ?= $(firstword $(foreach python,python3 python3.14 python3.13 python3.12 python3.11,$(if $(shell \
	$(python) -c 'import sys; print(sys.version_info >= (3, 11) or "")' 2>/dev/null),$(python))))
# Options of "make demo", such as ARGS=--yes, and the API version.
ARGS ?=
VERSION ?= 1

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: help setup demo test lint style generated imports types mypy pyright verifytypes sync docs unit bench faults fuzz soak sites clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(VENV)/.dev ## create .venv with the package and all tools

demo: $(VENV)/.package ## give a tour of the SDK on an embedded Cachet (ARGS=--yes VERSION=1)
	@$(BIN)/python -m cachet_sdk.demo --version $(VERSION) $(ARGS)

# Two checks at a time, without mixing their output; the tests come last, so that their summary is the last line.
test: $(VENV)/.dev ## style, generated files, imports, types, documentation; unit, wire and example tests with coverage
	@$(MAKE) -j2 -Otarget lint types docs
	@$(MAKE) unit

lint: style generated imports ## ruff, stale generated files, import contracts

style: $(VENV)/.dev
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet .
	@echo "style: fine"

generated: $(VENV)/.dev
	@$(BIN)/python .ci/sync.py --check
	@echo "generated files: fresh"

imports: $(VENV)/.dev
	@log=$$($(BIN)/lint-imports --no-cache) || { echo "$$log"; exit 1; }
	@echo "imports: fine"

types: mypy pyright verifytypes ## mypy and pyright, strict; every public name typed

mypy: $(VENV)/.dev
	@$(BIN)/mypy

pyright: $(VENV)/.dev
	@$(BIN)/pyright --pythonpath $(BIN)/python

# Runs outside this folder, because pyright would otherwise see the sources as a second, untyped package.
verifytypes: $(VENV)/.dev
	@log=$$(cd / && PATH="$(CURDIR)/$(BIN):$$PATH" pyright --verifytypes cachet_sdk --ignoreexternal) || { echo "$$log"; exit 1; }
	@echo "public names: all typed"

sync: $(VENV)/.dev ## generate the sync version of all aio/ files
	@$(BIN)/python .ci/sync.py

docs: $(VENV)/.dev ## build the documentation into docs/_build/html, and check its links
	@$(BIN)/sphinx-build -W -q -b html docs docs/_build/html
	@$(BIN)/python .ci/anchors.py docs/_build/html
	@echo "documentation: docs/_build/html/index.html"

# Runs under coverage, because pytest imports this package's plugin before pytest-cov could start measuring.
# Bytecode is written even if the environment disables it: otherwise each worker would rewrite all assertions again.
unit: export PYTHONDONTWRITEBYTECODE =
unit: $(VENV)/.dev
	@$(BIN)/coverage erase
	@$(BIN)/coverage run -m pytest -q -n auto $(ARGS) | tee $(VENV)/pytest.log
	@$(BIN)/coverage combine -q
	@$(BIN)/coverage report
	@tail -n 1 $(VENV)/pytest.log

bench: $(VENV)/.dev ## compare the speed with other clients and with bare httpx
	@$(BIN)/python -m tests.benchmarks $(ARGS)

faults: $(VENV)/.dev ## run the fault matrix and print the outcomes
	@$(BIN)/python -m tests.faults $(ARGS)

fuzz: $(VENV)/.dev ## fuzz parsers and arguments for five minutes
	@$(BIN)/python -m tests.fuzz $(ARGS)

soak: $(VENV)/.dev ## send 200,000 requests and check memory and open files
	@$(BIN)/python -m tests.soak $(ARGS)

sites: $(VENV)/.dev ## import and export a page with 100,000 points, and print time and memory
	@$(BIN)/python -m tests.sites $(ARGS)

clean: ## remove everything that the other targets created
	@rm -rf $(VENV) .venvs build dist docs/_build .coverage .coverage.* .mypy_cache .pytest_cache .ruff_cache .hypothesis
	@rm -rf .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed: make PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.package: pyproject.toml | $(BIN)/python
	@echo "setting up $(VENV) ..."
	@$(PIP) install --upgrade pip
	@$(PIP) install --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.package
	@echo "setting up the tools ..."
	@$(PIP) install --editable '.[cli]' --group dev
	@touch $@
