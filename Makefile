# The few words a newcomer needs: make run, make test. Both set up what they need first.
PY ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(or $(shell uv --version >/dev/null 2>&1 && command -v uv),$(VENV)/.uv/bin/uv)
export UV_PYTHON_DOWNLOADS := never

.PHONY: setup run test lock

setup: $(VENV)/.installed

# uv comes by pip where it is missing, into a folder of its own: a stock Debian refuses pip elsewhere, and may lack venv.
$(VENV)/.uv/bin/uv:
	@$(PY) -m pip --version >/dev/null 2>&1 || { test "$$(id -u)" = 0 && apt-get update -qq && apt-get install -qqy python3-pip; } \
	  || { echo "pip is missing. Install it, then try again: sudo apt-get install python3-pip"; exit 1; }
	$(PY) -m pip install -q --disable-pip-version-check --root-user-action=ignore --target $(VENV)/.uv uv

$(VENV)/.installed: requirements.lock pyproject.toml $(UV)
	test -x $(BIN)/python || $(UV) venv -q --allow-existing --python $(PY) $(VENV)
	$(UV) pip sync -q --python $(BIN)/python --require-hashes requirements.lock
	$(UV) pip install -q --python $(BIN)/python --no-deps --no-build-isolation -e .
	touch $@

# Fills an empty book with example customers the first time; later it finds its data again.
run: setup
	$(BIN)/duecourse up --example

test: setup
	$(BIN)/python -m tests

lock: $(UV)
	$(UV) pip compile -q --universal --generate-hashes --no-emit-index-url --python-version 3.11 \
	  --all-extras --group dev --upgrade pyproject.toml -o requirements.lock
