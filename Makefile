# Two commands are enough: `make run` and `make test`. Both install what they need the first time.
# `make help` lists the others.

BIN := .venv/bin
COMPAT := build/compat
PIP_INSTALL := -m pip install -qq --disable-pip-version-check
# Tests of one file stay together, since they share a server.
PYTEST_ARGS ?= -n 2 --dist loadfile
FUZZ_MINUTES ?= 30
PYTHONS ?=

.PHONY: help run test setup-run setup-test lint types imports tests test-compat test-exports fuzz translations licences wheel try-wheel audit release-check package docs constraints clean
# Everything works in the same environment, so `make -j` changes nothing.
.NOTPARALLEL:

help:
	@echo 'make run          install what is needed and read the bundled samples'
	@echo 'make test         lint, types, import rules and all tests'
	@echo 'make lint         ruff: rules and format'
	@echo 'make types        mypy'
	@echo 'make imports      which module may import which'
	@echo 'make tests        the tests alone; PYTEST_ARGS="..." is passed on'
	@echo 'make test-compat  reads from servers of older Gradio versions'
	@echo 'make test-exports looks at exported files with the programs that open them'
	@echo 'make fuzz         tries what Hypothesis thinks of for FUZZ_MINUTES="30"'
	@echo 'make translations gathers what the window says, for translators and for Qt'
	@echo 'make licences     refuses packages that could not be passed on with the program'
	@echo 'make wheel        builds the wheel and the source archive into dist, and looks at their metadata'
	@echo 'make try-wheel    builds the wheel and tries it in clean environments: PYTHONS="python3.11 python3.12"'
	@echo 'make audit        looks for pins that are not kept, and asks for known weaknesses'
	@echo 'make release-check says what a release still lacks'
	@echo 'make package      builds the executables'
	@echo 'make docs         writes docs/command-line.md from the program'
	@echo 'make constraints  resolves the pinned versions anew'
	@echo 'make clean        removes the environment and everything that was built'

run: setup-run
	@scripts/run.sh

test: setup-test lint types imports licences tests test-exports

setup-run:
	@scripts/setup.sh run

setup-test:
	@scripts/setup.sh test

lint: setup-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup-test
	$(BIN)/mypy

imports: setup-test
	$(BIN)/lint-imports

tests: setup-test
	$(BIN)/pytest $(PYTEST_ARGS)

# A server of an older Gradio has its own environment with the dependencies of its time.
$(COMPAT)/%/installed: tests/compat/%.txt
	rm -rf $(@D)
	$(BIN)/python -m venv $(@D)
	$(@D)/bin/python $(PIP_INSTALL) -r $<
	touch $@

test-compat: setup-test $(COMPAT)/gradio4/installed $(COMPAT)/gradio5/installed
	$(BIN)/pytest -m compat tests/compat

test-exports: setup-test
	$(BIN)/pytest -m exports tests/exports

fuzz: setup-test
	$(BIN)/python scripts/fuzz.py $(FUZZ_MINUTES) -n 2 --dist worksteal

translations: setup-test
	$(BIN)/python scripts/translations.py

licences: setup-test
	$(BIN)/python scripts/licences.py --check

# Only what was committed or added to git gets into the source archive: see pyproject.toml.
wheel: setup-test
	rm -f dist/*.whl dist/*.tar.gz
	$(BIN)/python -m build --no-isolation
	$(BIN)/python -m twine check --strict dist/*.whl dist/*.tar.gz

try-wheel:
	@scripts/try_wheel.sh $(PYTHONS)

audit: setup-test
	$(BIN)/python scripts/audit.py

release-check: setup-test
	$(BIN)/python -m scripts.release_check

# In an environment of its own: what is installed there is what gets in.
package:
	@scripts/package.sh

docs: setup-test
	$(BIN)/python -m scripts.command_line

constraints: setup-test
	@scripts/constraints.sh

clean:
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
