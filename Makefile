# Charley. `make run` serves it with demo data, `make test` runs every check; both need git, make and Python 3.11 with pip, nothing else.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
export PATH := $(CURDIR)/.venv/bin:$(PATH)
# As the command `charley` sets it; tests and measurements import NumPy without it.
export OPENBLAS_NUM_THREADS := 1

# Everything the front end is built from; what builds and tools leave behind is not among it.
FRONTEND := $(shell find frontend -type f -not -path '*/node_modules/*' -not -path '*/dist/*' -not -name '*.test.ts*')

.PHONY: help run dev test bench soak evidence lint format types screenshots clean chromium

help: ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: .venv/.run frontend/dist/index.html ## serve Charley with demo data on http://127.0.0.1:8000 (PORT=… for another port)
	@exec charley serve --demo

dev: .venv/.run frontend/node_modules/.ok ## serve demo data on http://127.0.0.1:5173 for working on it: changed files take effect at once
	@PORT=$${PORT:-5173} exec python -m backend.develop

test: .venv/.dev frontend/dist/index.html chromium lint ## run every check: lint, types, units, SQLite and PostgreSQL, journeys in Chromium
	npm --prefix frontend run --silent check
	npm --prefix frontend run --silent test
	pytest --numprocesses=auto --dist=worksteal -r fER

bench: .venv/.dev frontend/dist/index.html ## measure speed and memory; prints ratios, asserts nothing
	python -m tests.benchmarks

soak: .venv/.dev ## let processes, disks, clocks and restores fail under eight writers for ten minutes; prints losses
	python -m tests.soak

evidence: .venv/.run ## measure how often the comparison is wrong, and write the table that physicians are shown (ten minutes)
	python -m analysis.evidence

lint: .venv/.dev frontend/node_modules/.ok ## check style, types, imports and generated files
	ruff check
	ruff format --check
	mypy
	lint-imports
	charley openapi build/openapi.json
	npm --prefix frontend run --silent types -- -o ../build/schema.d.ts
	@cmp -s build/schema.d.ts frontend/shared/api/schema.d.ts || { echo "frontend/shared/api/schema.d.ts is out of date: run make types" >&2; exit 1; }

format: .venv/.dev ## format the Python code
	ruff check --fix
	ruff format

types: .venv/.run frontend/node_modules/.ok ## write the front end's API types from the back end
	charley openapi build/openapi.json
	npm --prefix frontend run --silent types -- -o shared/api/schema.d.ts

screenshots: .venv/.dev frontend/dist/index.html chromium ## take the README's pictures from the running application
	python -m tests.browser.screenshots

clean: ## remove what was built and the demo data; your own database stays
	rm -rf .venv build frontend/node_modules frontend/dist instance/demo.sqlite3* instance/demo-password instance/demo-push-key instance/pulse-demo.sqlite3

.venv/.run: requirements-tools.lock requirements.lock pyproject.toml
	python3 -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Charley needs Python 3.11 or newer")'
	python3 -m venv .venv
	pip install --quiet --disable-pip-version-check --require-hashes -r requirements-tools.lock
	uv pip install --quiet --require-hashes -r requirements.lock
	uv pip install --quiet --no-deps --no-build-isolation -e .
	touch $@

.venv/.dev: requirements-dev.lock .venv/.run
	uv pip install --quiet --require-hashes -r requirements-dev.lock
	touch $@

frontend/node_modules/.ok: frontend/package-lock.json frontend/.npmrc .venv/.run
	cd frontend && npm ci --silent
	touch $@

frontend/dist/index.html: frontend/node_modules/.ok $(FRONTEND)
	cd frontend && npm run --silent build
	python -m whitenoise.compress --quiet frontend/dist
	touch $@

chromium:
	@command -v chromium >/dev/null \
	  || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -q && apt-get install -qy --no-install-recommends chromium; } \
	  || { echo "The browser journeys need Chromium: install the package chromium and run make test again." >&2; exit 1; }
