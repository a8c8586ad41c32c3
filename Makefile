# Everything sets itself up first: an own .venv, the pinned packages, missing system libraries (packaging/bootstrap.py).
#
#   make run          open the window (without a screen: train the default project and write playground.png)
#   make test         the whole test suite with coverage      make check   style, types, imports
#   make test-full    also the tests of optional libraries    make bench   speed, as ratios
#                     (PEERS_PYTHON=… names an interpreter that has Keras and PyTorch: exported scripts are run there)
#   make package      the program as one file, in dist/         make package-test   try these out
#   make translations what is not translated yet
#   make screenshot   the picture in the README               make clean   remove what was made, but for .venv

SHELL := /bin/sh
.DEFAULT_GOAL := run

# any Python that is new enough, else python3, which then says what is needed
PYTHON ?= $(shell for name in python3 python3.13 python3.12 python3.11; do \
	if $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then echo $$name; exit; fi; done; \
	echo python3)
VENV := .venv/bin
SETUP := $(PYTHON) packaging/bootstrap.py

CORE := playground/__init__.py,playground/resources.py,playground/engine/*,playground/data/*,playground/project/*,playground/training/*,playground/insight/*,playground/export/*,playground/lessons/*
WINDOW := playground/__main__.py,playground/cli/*,playground/session/*,playground/views/*,playground/app/*

.PHONY: run setup test test-full check style types imports bench package package-test translations screenshot lock clean

run:
	@$(SETUP) run --screen
	@if [ "$$(uname)" = Linux ] && [ -z "$$DISPLAY$$WAYLAND_DISPLAY" ]; then \
		$(VENV)/python -m playground demo; \
	else \
		$(VENV)/python -m playground; \
	fi

setup:
	@$(SETUP) dev

test: setup
	$(VENV)/python -m pytest --cov --cov-report=
	@echo; echo "Core packages (at least 90 %)"
	@$(VENV)/python -m coverage report --include='$(CORE)' --fail-under=90
	@echo; echo "Window packages (at least 75 %)"
	@$(VENV)/python -m coverage report --include='$(WINDOW)' --fail-under=75

test-full:
	@$(SETUP) full
	HYPOTHESIS_PROFILE=search $(VENV)/python -m pytest -m "not package"

check: style types imports

style: setup
	$(VENV)/ruff check .
	$(VENV)/ruff format --check .

types: setup
	$(VENV)/mypy --strict playground

imports: setup
	$(VENV)/lint-imports

# another interpreter can measure the engine against what is installed there:
# make bench BENCH_PYTHON=/elsewhere/bin/python BENCH=engine
BENCH_PYTHON ?= $(VENV)/python
BENCH ?=

bench:
	@$(SETUP) run
	$(BENCH_PYTHON) -m benchmarks $(BENCH)

package:
	@$(SETUP) package
	$(VENV)/python packaging/build.py

package-test: setup
	@$(VENV)/python packaging/tools.py
	$(VENV)/python -m pytest --timeout 600 -m "$(if $(filter 0,$(shell id -u)),package,package and not root)" tests/packaging

translations: setup
	$(VENV)/python packaging/translations.py

screenshot:
	@$(SETUP) run
	@mkdir -p docs
	$(VENV)/python -m playground shot circle --epochs 200 --size 1366x768 --theme light -o docs/playground.png

lock:
	$(VENV)/python packaging/lock.py

clean:
	rm -rf build dist htmlcov .coverage .coverage.* .pytest_cache .mypy_cache .ruff_cache .hypothesis \
		.import_linter_cache playground.png bench.json
	find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +
