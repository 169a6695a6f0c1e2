# The few words a newcomer needs: make run, make test. Both set up what they need first.
PY ?= python3
VENV := .venv
BIN := $(VENV)/bin
export UV_PYTHON_DOWNLOADS := never

.PHONY: setup run test check lock

setup: $(VENV)/.installed

# uv comes by pip where it is missing, into a folder of its own: a stock Debian refuses pip elsewhere, and may lack venv.
$(VENV)/.uv/bin/uv:
	$(PY) -m pip install -q --disable-pip-version-check --target $(VENV)/.uv uv

$(VENV)/.installed: requirements.lock pyproject.toml $(VENV)/.uv/bin/uv
	test -x $(BIN)/python || $(VENV)/.uv/bin/uv venv -q --allow-existing --python $(PY) $(VENV)
	$(VENV)/.uv/bin/uv pip sync -q --python $(BIN)/python --require-hashes requirements.lock
	$(VENV)/.uv/bin/uv pip install -q --python $(BIN)/python --no-deps --no-build-isolation -e .
	touch $@

run: setup
	$(BIN)/duecourse up --example

test: setup
	$(BIN)/python -m tests

lock: $(VENV)/.uv/bin/uv
	$(VENV)/.uv/bin/uv pip compile -q --universal --generate-hashes --no-emit-index-url --python-version 3.11 \
	  --all-extras --group dev --upgrade pyproject.toml -o requirements.lock
