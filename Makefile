# TalIA webchat. `make` alone lists what there is. Choose a Python with PYTHON=…, pass options with ARGS="…".

PYTHON ?= python3
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help run test check fix bench eval lock schema clean
MAKEFLAGS += --no-builtin-rules --no-print-directory

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-7s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

run: ## Serve everything on one port; sets itself up the first time
	@$(PYTHON) scripts/install.py runtime
	@.venv/bin/talia serve --migrate $(ARGS)

test: ## Run all tests, in the browser and against PostgreSQL 15 too (ARGS="tests/db -k name" for some)
	@$(PYTHON) scripts/install.py dev
	@scripts/test $(ARGS)

check: ## Check format, lint, types, import contracts, schema dump and the project's own rules
	@$(PYTHON) scripts/install.py dev
	@scripts/check

fix: ## Format, and mend what the linter can mend by itself
	@$(PYTHON) scripts/install.py dev
	@.venv/bin/ruff check --fix --quiet . || true
	@.venv/bin/ruff format .

bench: ## Measure speed against the bundled fake model; writes docs/performance.md
	@$(PYTHON) scripts/install.py dev
	@.venv/bin/python -m benchmarks $(ARGS)
	@.venv/bin/python -m benchmarks.console $(ARGS)

eval: ## Measure how leads are read, by the rules and by a model if a key is set; fails below the floors
	@$(PYTHON) scripts/install.py dev
	@.venv/bin/python -m evals $(ARGS)

schema: ## Write supabase/schema.sql anew from the migrations
	@$(PYTHON) scripts/install.py dev
	@.venv/bin/python scripts/dump_schema.py

lock: ## Pin the dependencies anew (ARGS=--upgrade takes the newest)
	@$(PYTHON) scripts/install.py dev
	@.venv/bin/python scripts/lock.py $(ARGS)

clean: ## Remove what can be made again; conversations in .talia stay
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis dist
	@find app tests scripts -name __pycache__ -type d -prune -exec rm -rf {} +
