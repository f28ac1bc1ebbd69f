# `make demo` and `make test` need Python 3.11 or newer, and what PyPI has; `make clients` needs Debian.

VENV    ?= .venv
# Which Python makes the environment: empty, the newest of 3.11 to 3.13 on PATH.
PYTHON  ?=
# What is installed, as pip is told it: CI gives the built wheel.
INSTALL ?= --editable .
# How many tests run at once, and what else pytest is told.
JOBS    ?= auto
ARGS    ?=
# What is fuzzed, and for how many seconds each.
FUZZ    ?= reading feeds requests
FUZZ_SECONDS ?= 600
# Where the tables of published dates are kept: empty, beside the repository.
TRUTH   ?=

PY      := $(VENV)/bin/python
CLIENTS := $(VENV)-clients
FUZZED  := $(VENV)-fuzz
RULES   := $(addprefix rules/cn/,anqing-2022.yaml jiujiang-2022.yaml qinhuangdao-2022.yaml wuhu-2020.yaml)

.DEFAULT_GOAL := help
.PHONY: help demo test coverage check docs links bench bench-scale clients cluster faults mutants server fuzz truth conformance recovery steps fresh wheel pin clean
.DELETE_ON_ERROR:

help: ## Say what there is to make
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s%s\n", $$1, $$2 }' Makefile

# ------------------------------------------------------------------------------------------ environment
# Made anew when a pin, pyproject.toml or the way of making it changes; the larger ones add to the smaller.

$(VENV)/.runtime: pyproject.toml .ci/venv $(wildcard requirements/*.txt)
	@PYTHON="$(PYTHON)" sh .ci/venv new "$(VENV)" requirements/runtime.txt $(INSTALL)
	@touch $@

$(VENV)/.test: $(VENV)/.runtime
	@PYTHON="$(PYTHON)" sh .ci/venv add "$(VENV)" requirements/test.txt
	@touch $@

$(VENV)/.check: $(VENV)/.test
	@PYTHON="$(PYTHON)" sh .ci/venv add "$(VENV)" requirements/check.txt
	@touch $@

# Programs of others, whose packages stand in nobody's way there.
$(CLIENTS)/.made: requirements/clients.txt .ci/venv
	@PYTHON="$(PYTHON)" sh .ci/venv new "$(CLIENTS)" requirements/clients.txt
	@touch $@

$(FUZZED)/.made: pyproject.toml requirements/fuzz.txt .ci/venv
	@PYTHON="$(PYTHON)" sh .ci/venv new "$(FUZZED)" requirements/fuzz.txt $(INSTALL)
	@touch $@

$(VENV)/.server: $(VENV)/.test
	@PYTHON="$(PYTHON)" sh .ci/venv add "$(VENV)" requirements/server.txt
	@touch $@

$(VENV)/.mutants: $(VENV)/.test
	@PYTHON="$(PYTHON)" sh .ci/venv add "$(VENV)" requirements/mutants.txt
	@touch $@

# -------------------------------------------------------------------------------------------------- uses

demo: $(VENV)/.runtime ## Check and expand the four rule files, and publish calendars, pages and tables in out/
	$(VENV)/bin/cyclekit check $(RULES)
	$(VENV)/bin/cyclekit due $(RULES) --within 2020
	$(VENV)/bin/cyclekit due $(RULES) --within 2022-10-01..2023-12-31
	rm -rf out
	$(VENV)/bin/cyclekit publish $(RULES) --within 2020-01-01..2027-12-31 --lang zh --to out
	@echo; echo "out/current/site holds $$(find out/current/site -name '*.ics' | wc -l | tr -d ' ') calendars, and:"; ls out/current/site

test: $(VENV)/.test ## Run every test that needs Python packages alone
	$(PY) -m pytest -n $(JOBS) $(ARGS)

# Tests by hand alone: what they reach does not depend on what Hypothesis draws.
COVERING = tests/unit tests/rules tests/golden tests/testing/test_expectations.py \
	$(addprefix tests/edge/test_,asking.py check_command.py due_command.py explain_command.py schema_command.py tables_out.py)

coverage: $(VENV)/.test ## Measure that the quick tests reach every branch of civil, model, reading, engine and adapters
	@$(PY) -m coverage erase
	$(PY) -m coverage run -m pytest -n $(JOBS) -m "not hypothesis and not clients and not load and not fresh" $(ARGS) $(COVERING)
	@$(PY) -m coverage combine --quiet
	$(PY) -m coverage report

check: $(VENV)/.check ## Lint, check types and layers, build the docs without warnings
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(VENV)/bin/lint-imports
	$(PY) -m sphinx -n -W --keep-going -q -b html docs docs/_build/html

docs: $(VENV)/.check ## Build the documentation
	$(PY) -m sphinx -n -b html docs docs/_build/html

links: $(VENV)/.check ## Ask every address of other sites in the documentation (needs the network)
	$(PY) -m sphinx -b linkcheck docs docs/_build/links

bench: $(VENV)/.test ## Measure expansion, reading, feeds and start-up, beside what else does it
	$(PY) -m tests.bench.run
	$(PY) -m tests.bench.publishing
	sh .ci/nginx
	$(PY) -m tests.bench.serving

bench-scale: $(VENV)/.test ## Measure millions of units: columns, files, memory, growth (minutes, and 1 GB of disk)
	$(PY) -m tests.bench.scale
	$(PY) -m tests.bench.million
	$(PY) -m tests.bench.cluster

clients: $(VENV)/.test $(CLIENTS)/.made demo ## Try feeds, pages, pushes and the schema with programs of others (installs them)
	sh .ci/clients "$(CLIENTS)"
	CYCLEKIT_CLIENTS="$(abspath $(CLIENTS))" $(PY) -m pytest -m clients -n 2 --dist loadgroup $(ARGS) tests/clients

faults: $(VENV)/.test ## Publish under every fault: each system call that writes fails, and kills (installs strace)
	sh .ci/strace
	$(PY) -m tests.faults.run

mutants: $(VENV)/.mutants ## Change the source in small ways, and see whether a test fails at each change (hours)
	HYPOTHESIS_PROFILE=brief $(PY) -m tests.mutants $(ARGS)

server: $(VENV)/.server ## Put the server under load: bad reloads, idle and dripping readers, whatever its document allows
	$(PY) -m pytest -m load $(ARGS) tests/load

cluster: $(VENV)/.test ## Export on a cluster of processes, some of which are killed
	$(PY) -m pytest -m cluster $(ARGS) tests/cluster

fuzz: $(FUZZED)/.made ## Fuzz reading, feeds and requests, ten minutes each, with a corpus in .fuzz/ (needs Linux on x86-64)
	@for each in $(FUZZ); do $(FUZZED)/bin/python -m tests.fuzz $$each --seconds $(FUZZ_SECONDS) || exit 1; done

fresh: $(VENV)/.test ## Install the wheel into a fresh environment, and use its plugin there (needs the network)
	$(PY) -m pytest -m fresh $(ARGS) tests/edge/test_fresh.py

truth: $(VENV)/.test ## Compare the rule files with what was published, a line for each set of dates
	$(PY) -m tests.truth $(TRUTH)

conformance: $(VENV)/.test ## Work out the tables of other projects' tests, a line for each set
	$(PY) -m tests.conformance $(TRUTH)

steps: $(VENV)/.test ## Edit, load, publish and read back in ten thousand steps, and count them (minutes)
	$(PY) -m tests.properties.steps

recovery: $(VENV)/.test ## Find the shipped rules again from their golden dates, a line for each rule file
	$(PY) -m tests.drafting

# ------------------------------------------------------------------------------------------------- upkeep

wheel: $(VENV)/.runtime ## Build the wheel in dist/
	rm -rf dist
	$(PY) -m flit_core.wheel --outdir dist

PINNED = --quiet --universal --fork-strategy fewest --python-version 3.11 --generate-hashes --no-emit-index-url --no-header
PIN = uv pip compile pyproject.toml $(PINNED) --group build
EXTRAS = --extra pages --extra xlsx

pin: ## Pin anew what is built and tested with (needs uv)
	$(PIN) --upgrade $(EXTRAS) --extra testing --group test --group check --output-file requirements/check.txt
	$(PIN) $(EXTRAS) --extra testing --group test --constraint requirements/check.txt --output-file requirements/test.txt
	$(PIN) $(EXTRAS) --extra server --extra testing --group test --group server --constraint requirements/check.txt --output-file requirements/server.txt
	$(PIN) $(EXTRAS) --extra testing --group test --group mutants --constraint requirements/check.txt --output-file requirements/mutants.txt
	$(PIN) $(EXTRAS) --constraint requirements/check.txt --output-file requirements/runtime.txt
	$(PIN) $(EXTRAS) --extra server --group fuzz --constraint requirements/check.txt --output-file requirements/fuzz.txt
	uv pip compile $(PINNED) --upgrade --group clients --output-file requirements/clients.txt

clean: ## Take away everything made here
	rm -rf .venv .venv-* .fuzz out dist mutants docs/_build docs/reference
	rm -f .coverage .coverage.*
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find src tests docs -name __pycache__ -type d -prune -exec rm -rf {} +
