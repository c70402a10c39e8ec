# The work, executable. `make run` and `make test` are all a newcomer needs.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
KONGTHUN_HOME ?= $(CURDIR)/var
PORT ?= 8000
export KONGTHUN_HOME

.PHONY: help setup run test test-sqlite test-postgres domain check lint types contracts bench \
        screenshots lock fonts tools clean

help: ## what can be done here
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

setup: $(VENV)/.ready fonts ## the virtual environment with exact versions, and the fonts

$(VENV)/.ready: requirements-dev.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

fonts: src/kongthun/web/static/web/fonts/.ready

src/kongthun/web/static/web/fonts/.ready: package-lock.json scripts/install_fonts.py
	@if command -v npm > /dev/null; then \
	  npm ci --silent --no-audit --no-fund && $(PYTHON) scripts/install_fonts.py && touch $@; \
	else \
	  echo "npm is not here, so pages will use the fonts of this machine; install Node.js for ours."; \
	fi

run: setup ## open the product with a realistic district in it
	@$(BIN)/kongthun migrate --verbosity 0
	@KONGTHUN_DEMO=1 $(BIN)/kongthun demo
	@echo "http://localhost:$(PORT)/   (Ctrl+C to stop)"
	@KONGTHUN_DEMO=1 $(BIN)/kongthun serve --port $(PORT) --open

tools: ## PostgreSQL, Chromium, hledger and poppler for the tests, where we may install them
	@$(PYTHON) scripts/install_tools.py

test: setup tools domain test-sqlite test-postgres ## every test, on SQLite and on PostgreSQL

test-sqlite: setup
	KONGTHUN_HOME=$$(mktemp -d) $(BIN)/pytest -n auto --ignore=tests/domain
	KONGTHUN_HOME=$$(mktemp -d) $(BIN)/pytest -m browser

# Rules without a database, pages without data and papers are the same on both.
test-postgres: setup
	KONGTHUN_HOME=$$(mktemp -d) $(BIN)/python scripts/with_postgres.py --passing \
	  bash -c '$(BIN)/pytest -n auto --ignore=tests/domain --ignore=tests/web \
	    --ignore=tests/guards --ignore=tests/loans/test_papers.py --ignore=tests/reports/test_bench.py \
	    && $(BIN)/pytest -m "browser and not looks"'; \
	code=$$?; if [ $$code -eq 77 ]; then echo "PostgreSQL tests were SKIPPED"; exit 0; fi; exit $$code

domain: setup ## the rules alone, every branch of them
	$(BIN)/pytest -n auto tests/domain tests/stories -p no:django --cov=kongthun.domain --cov-branch \
	  --cov-report=term-missing:skip-covered --cov-fail-under=100

check: lint types contracts test ## everything that must hold before a change lands

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup
	$(BIN)/mypy

contracts: setup
	$(BIN)/lint-imports

bench: setup ## the benchmarks, each beside its floor of the same run, on both databases
	KONGTHUN_HOME=$$(mktemp -d) $(BIN)/python scripts/with_postgres.py $(BIN)/kongthun bench; \
	code=$$?; if [ $$code -eq 77 ]; then KONGTHUN_HOME=$$(mktemp -d) $(BIN)/kongthun bench; \
	else exit $$code; fi

screenshots: setup tools ## renew the pictures of the README
	$(BIN)/python scripts/take_screenshots.py

lock: setup ## compile the exact requirements anew
	$(BIN)/uv pip compile --quiet --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-header requirements.in -o requirements.txt
	$(BIN)/uv pip compile --quiet --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-header requirements-dev.in -o requirements-dev.txt

clean: ## take away everything made here but the books in var/
	rm -rf $(VENV) node_modules src/kongthun/web/static/web/fonts \
	  src/kongthun/papers/fonts dist .mypy_cache .ruff_cache
