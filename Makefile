# make demo: try it. make test: prove it. Needs Python 3.11 or newer and nothing else.
PYTHON ?= python3
DEMO_PORT ?= 8765
VENV := .venv
BIN := $(VENV)/bin

.PHONY: install demo test check docs bench chaos

install: $(VENV)/.installed

$(VENV)/.installed: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "The CLM bot needs Python 3.11 or newer; $(PYTHON) is older. Try: make PYTHON=python3.12 demo" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

demo: install
	@$(BIN)/clm demo --port $(DEMO_PORT) $(if $(filter 1,$(NO_BROWSER)),--no-browser)

test: $(VENV)/.installed-dev
	@$(BIN)/python -m pytest $(PYTEST_ARGS)

check: $(VENV)/.installed-dev
	@$(BIN)/ruff format --check . && $(BIN)/ruff check . && $(BIN)/mypy
	@$(BIN)/clm content check
	@$(BIN)/cog --check -P README.md

# Takes minutes. PUBLIC=FOLDER adds the public sets whose files lie there (see bench/public_sets.py);
# SEMANTIC=FOLDER names the model's weights where `clm semantic fetch` has not put them into $CLM_HOME.
docs: $(VENV)/.installed-dev
	@$(BIN)/cog -r -P README.md
	@$(BIN)/python -m bench.answers $(if $(PUBLIC),--public $(PUBLIC)) $(if $(SEMANTIC),--semantic $(SEMANTIC))

bench: $(VENV)/.installed-dev
	@$(BIN)/python bench/matching.py

# Takes a quarter of an hour. SEED=N repeats the runs of a seed, ONLY=N does one of them.
chaos: $(VENV)/.installed-dev
	@$(BIN)/python -m bench.chaos --runs $(or $(RUNS),300) $(if $(SEED),--seed $(SEED)) $(if $(ONLY),--only $(ONLY))
