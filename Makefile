# make test and make verify need nothing but Python 3.11+ and make; all set-up goes into .venv.
PYTHON ?= python3
BIN := .venv/bin
CORES ?= 2
# One more than cores: some tests wait for other processes.
WORKERS ?= 3

.PHONY: setup stacks test thorough verify interop bench docs clean

setup: .venv/ready

.venv/ready: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

# Other QUIC stacks, for tests that talk to them; what cannot be installed is said and no failure.
stacks: .venv/ready
	$(BIN)/python -m tests.reference.interop.install

test: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -q -n $(WORKERS)

thorough: .venv/ready
	$(BIN)/pytest -q -n $(CORES) -m thorough
	$(BIN)/pathproof mutants --by-class

verify: .venv/ready
	$(BIN)/pathproof verify --save build/verify.json

# 50 MB over ten changes of address, with every stack that is installed.
interop: .venv/ready
	$(BIN)/python -m tests.reference.interop

bench: .venv/ready
	$(BIN)/python -m tests.bench

docs: .venv/ready
	$(BIN)/python -m sphinx -q -W -n -b html docs build/docs
	@echo build/docs/index.html

clean:
	rm -rf .venv .stacks build dist docs/generated
