# What can be done here. `make` alone lists it.

PORT ?= 8000
HOST ?= 127.0.0.1
PY := .venv/bin/python
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help run test lint types layers unit browser bench vendor clean environment dev

help: ## list the targets
	@awk -F':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: environment ## set up what is missing and serve on http://127.0.0.1:8000 (PORT and HOST override)
	@exec $(PY) -m annotator serve --prepare --host "$(HOST)" --port "$(PORT)"

test: dev ## everything: lint, types, layers, tests on both databases, in the browser and in node
	@$(PY) -m tests.gate

lint: dev ## ruff
	@$(PY) -m tests.gate lint

types: dev ## mypy
	@$(PY) -m tests.gate types

layers: dev ## import-linter: top may import lower, never the reverse
	@$(PY) -m tests.gate layers

unit: dev ## the tests without a browser
	@$(PY) -m pytest -q -m "not browser"

browser: dev ## the tests in the browser
	@$(PY) -m tests.gate browser

bench: dev ## measure speed and size; prints a table
	@$(PY) -m benchmarks

vendor: dev ## check the vendored files against their recorded SHA-256
	@$(PY) -m pytest -q tests/house/test_vendor.py

clean: ## remove the environment and caches; instance/ with its data stays
	rm -rf .venv build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis tests/browser/pictures
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The copy of the requirements inside .venv says what was installed; pip runs only when it differs.
environment:
	@cmp -s requirements.txt .venv/requirements.txt && $(PY) -c '' 2>/dev/null || ./.ci/environment requirements.txt

dev: environment
	@cmp -s requirements-dev.txt .venv/requirements-dev.txt || ./.ci/environment requirements-dev.txt
