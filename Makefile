# make grade   see the bundled class graded      make test    every test      make quick   the fast ones
PYTHON ?= python3
BIN := .venv/bin
export PATH := $(CURDIR)/$(BIN):$(PATH)
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help setup grade release test hostile quick lint bench goldens lock clean

help:  ## say what can be typed
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

setup: .venv/ready  ## make .venv and install the pinned packages

.venv/ready: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Seedbed needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) --version 2>&1). Type: make PYTHON=python3.12"; exit 3; }
	@echo "Setting up .venv (once, about two minutes) ..."
	@$(PYTHON) -m venv --clear .venv
	@$(BIN)/python -m pip install --quiet --requirement requirements.txt
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

grade: setup  ## build the release, grade the bundled class, print the marks
	@$(BIN)/autograder sample build/sample
	@$(BIN)/autograder grade build/sample --assignment initialization --out build/runs/sample

release: setup  ## make the student bundle and the nbgrader course
	@$(BIN)/autograder release initialization

test: setup lint  ## every test
	@$(BIN)/python -m pytest -n auto

hostile: setup  ## attacks on whole submissions alone; part of `test`
	@$(BIN)/python -m pytest -n auto tests/hostile

quick: setup  ## the fast tests, for everyday work
	@$(BIN)/python -m pytest -n auto -m "not slow" -x -q

lint: setup
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check .
	@$(BIN)/mypy --no-error-summary

bench: setup  ## measure speed, side by side with plain nbgrader
	@for script in benchmarks/*.py; do echo "== $$script"; $(BIN)/python $$script || exit 1; done

goldens: setup  ## refresh the expected files of the tests; review them as a diff
	@UPDATE_GOLDENS=1 $(BIN)/python -m pytest -q -k golden

lock: setup  ## list what is installed, to refresh the pins of requirements.txt
	@$(BIN)/python -m pip freeze --exclude-editable

clean:  ## remove what is generated; .venv stays
	rm -rf build
