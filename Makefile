# make test and make verify need nothing but Python 3.11+ and make; all set-up goes into .venv.
PYTHON ?= python3
BIN := .venv/bin
CORES ?= 2

.PHONY: setup test thorough verify bench docs clean

setup: .venv/ready

.venv/ready: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

test: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -q -n $(CORES)

thorough: .venv/ready
	$(BIN)/pytest -q -n $(CORES) -m thorough
	$(BIN)/pathproof mutants --by-class

verify: .venv/ready
	$(BIN)/pathproof verify --save build/verify.json

bench: .venv/ready
	$(BIN)/python -m tests.bench

docs: .venv/ready
	$(BIN)/python -m sphinx -q -W -n -b html docs build/docs
	@echo build/docs/index.html

clean:
	rm -rf .venv build dist docs/generated
