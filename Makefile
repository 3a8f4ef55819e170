# Every command of the project. `make` prints them; each does its own set-up, once.

STAMPS := .venv/.stamps
STEP := tools/step
BIN := .venv/bin
# .venv/bin holds Node only when the system has none that is new enough.
NPM := PATH="$(CURDIR)/.venv/bin:$$PATH" npm --prefix web
PYTHON_SOURCES := server simulator tools bench
# One more than there are cores, for tests wait; Redis has sixteen databases. What takes longest goes first.
LANES := $(shell cores=$$(getconf _NPROCESSORS_ONLN); echo $$((cores < 8 ? cores + 1 : 8)))
CHECKS := check-style check-format check-types check-imports check-web check-client check-pages
WEB_SOURCES := $(shell find web/src web/public -type f 2>/dev/null) \
	$(wildcard web/index.html web/vite.config.ts web/tsconfig.json web/package.json)

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run pictures bench faults test test-web test-simulator test-browser test-server test-bench test-faults \
	security check $(CHECKS) fix client migration pins docs clean

help: ## Print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' Makefile

run: $(STAMPS)/run web/dist/.built ## Start PyTake with its own databases and a simulated WhatsApp
	@exec $(BIN)/pytake up

test: test-web test-simulator test-browser test-server test-bench test-faults ## Run every test

test-web: web/node_modules/.installed ## Run the unit tests of the web application
	@echo "── web"
	@$(NPM) test --silent

test-simulator: $(STAMPS)/dev ## Run the simulator's tests
	@echo "── simulator"
	@cd simulator && ../$(BIN)/python -m pytest -q -n auto

test-browser: $(STAMPS)/dev web/dist/.built ## Run the browser tests
	@echo "── browser"
	@PYTAKE_TEST_CHROMIUM=$$($(BIN)/python tools/chromium.py) && export PYTAKE_TEST_CHROMIUM && \
		(cd simulator && ../$(BIN)/python -m pytest -q -m browser) && \
		(cd server && ../$(BIN)/python -m pytest -q -n 2 --dist loadfile tests/browser)

pictures: $(STAMPS)/dev web/dist/.built ## Take the pictures of the README anew
	@PYTAKE_TEST_CHROMIUM=$$($(BIN)/python tools/chromium.py) && export PYTAKE_TEST_CHROMIUM && \
		cd server && PYTAKE_TEST_PICTURES=$(CURDIR)/docs/images \
		../$(BIN)/python -m pytest -q tests/browser -k inbox_shows_it_live

test-server: $(STAMPS)/dev ## Run the server's tests, on servers of their own
	@echo "── server"
	@cd server && ../$(BIN)/python -m pytest -q -n $(LANES) --dist load --maxschedchunk 1 tests/security tests \
		--ignore=tests/browser --ignore=tests/faults

test-faults: $(STAMPS)/dev ## Kill, freeze and cut everything off, a tenth of `make faults`
	@echo "── faults"
	@cd server && ../$(BIN)/python -m pytest -q tests/faults

faults: $(STAMPS)/dev ## Prove that nothing is lost, doubled or out of order (up to 45 minutes)
	@cd server && PYTAKE_FAULTS=full ../$(BIN)/python -m pytest -q tests/faults

security: $(STAMPS)/dev ## Try to break into it, in full (up to an hour); `make test` does a tenth of it
	@cd server && PYTAKE_SECURITY=full ../$(BIN)/python -m pytest -q -n auto tests/accounts tests/audit tests/secrets \
		tests/security

test-bench: $(STAMPS)/dev ## Run the tests of the measuring itself
	@echo "── bench"
	@$(BIN)/python -m pytest -q -c bench/pytest.ini --rootdir bench bench/tests

bench: $(STAMPS)/dev ## Measure against references: make bench rows="main_job growth" rounds=3 seconds=5 quick=1
	@$(BIN)/python -m bench $(rows) $(if $(rounds),--rounds $(rounds)) $(if $(seconds),--seconds $(seconds)) \
		$(if $(quick),--quick) $(if $(alone),--alone) $(if $(processes),--processes $(processes)) $(if $(results),--results $(results))

check: $(STAMPS)/dev web/node_modules/.installed ## Run every check that is not a test
	@$(MAKE) --no-print-directory --keep-going $(CHECKS)

check-style:
	@$(STEP) "Python style" $(BIN)/ruff check --quiet --output-format=concise $(PYTHON_SOURCES)

check-format:
	@$(STEP) "Python format" $(BIN)/ruff format --quiet --check $(PYTHON_SOURCES)

check-types:
	@$(STEP) "Python types: server" $(BIN)/mypy server tools
	@$(STEP) "Python types: simulator" $(BIN)/mypy simulator
	@$(STEP) "Python types: bench" $(BIN)/mypy bench

check-imports:
	@cd server && ../$(STEP) "Imports go downhill" ../$(BIN)/lint-imports --no-cache

check-web:
	@$(STEP) "Web style" sh -c '$(NPM) run --silent lint'
	@$(STEP) "Web types" sh -c '$(NPM) run --silent typecheck'

check-client:
	@NPM='$(NPM)' $(STEP) "The web's API client is current" tools/client.sh --check

check-pages:
	@$(STEP) "The generated pages are current" $(BIN)/python -m pytake.entrypoints.reference --check

fix: $(STAMPS)/dev web/node_modules/.installed ## Repair style and format
	@$(STEP) "Python style" $(BIN)/ruff check --quiet --fix $(PYTHON_SOURCES)
	@$(STEP) "Python format" $(BIN)/ruff format --quiet $(PYTHON_SOURCES)
	@$(STEP) "Web format" sh -c '$(NPM) run --silent format'

client: $(STAMPS)/run web/node_modules/.installed ## Write the web's API client anew from the server
	@NPM='$(NPM)' $(STEP) "Writing the web's API client" tools/client.sh

migration: $(STAMPS)/run ## Begin a migration: make migration m="add campaign pause"
	@$(BIN)/python tools/migration.py "$(m)"

docs: $(STAMPS)/run ## Write the generated pages anew
	@$(STEP) "Writing the generated pages" $(BIN)/python -m pytake.entrypoints.reference

pins: $(STAMPS)/run ## Pin what requirements/*.in ask for (UPGRADE=1: the newest of each)
	@for name in server run dev uv node; do \
		$(STEP) "Pinning $$name" $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header \
			$(if $(UPGRADE),--upgrade) --python-version 3.11 requirements/$$name.in -o requirements/$$name.txt || exit 1; \
	done

clean: ## Remove what was installed, built and cached; data in .pytake stays
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache web/node_modules web/dist web/coverage
	@find . -name __pycache__ -prune -exec rm -rf {} + -o -name '*.egg-info' -prune -exec rm -rf {} +

# --- set-up, done when what it is made from has changed -------------------------------------------------

$(STAMPS)/venv: requirements/uv.txt tools/venv.sh
	@tools/python.sh >/dev/null
	@$(STEP) "Making .venv" tools/venv.sh
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/run: $(STAMPS)/venv requirements/run.txt server/pyproject.toml simulator/pyproject.toml
	@$(STEP) "Installing the server and its databases" tools/install.sh --require-hashes -r requirements/run.txt
	@$(STEP) "Installing PyTake" tools/install.sh --no-deps --no-build-isolation -e server -e simulator
	@touch $@

$(STAMPS)/dev: $(STAMPS)/run requirements/dev.txt
	@$(STEP) "Installing the tools for tests and checks" tools/install.sh --require-hashes -r requirements/dev.txt
	@touch $@

$(STAMPS)/node: $(STAMPS)/venv requirements/node.txt
	@$(STEP) "Looking for Node 20.19 or later" tools/node.sh
	@touch $@

web/node_modules/.installed: $(STAMPS)/node web/package-lock.json
	@$(STEP) "Installing the web application's packages" sh -c '$(NPM) ci --no-audit --no-fund'
	@touch $@

web/dist/.built: web/node_modules/.installed $(WEB_SOURCES)
	@$(STEP) "Building the web application" sh -c '$(NPM) run --silent build'
	@touch $@
