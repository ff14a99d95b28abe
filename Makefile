# Everything from nothing: each target first makes what it needs, on a bare machine with Python 3.11 or newer.

PYTHON ?= python3
UV := .tools/bin/uv
RUN := $(UV) run --frozen --no-sync
NODE := $(RUN) python web/scripts/node.py
STATIC := src/basedmusic/static/index.html

.DEFAULT_GOAL := help
.PHONY: help run test lint bench dev web schema clean

help:  ## say what there is
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

run: .tools/synced $(STATIC)  ## set everything up and start a scene with demo content on 127.0.0.1:8000
	$(RUN) basedmusic serve --demo

test: .tools/synced $(STATIC) .tools/browser  ## every test, the browser's too
	$(NODE) npm --prefix web run test
	$(NODE) npm --prefix web run budget
	$(RUN) pytest -n 2 --dist loadscope

lint: .tools/synced .tools/node  ## formatting, types, directions of imports
	$(RUN) ruff format --check src tests benchmarks tools hatch_build.py web/scripts
	$(RUN) ruff check src tests benchmarks tools hatch_build.py web/scripts
	$(RUN) lint-imports --no-cache
	$(RUN) pyright
	$(NODE) npm --prefix web run types
	$(NODE) npm --prefix web run lint
	$(NODE) npm --prefix web run unused
	$(NODE) npm --prefix web run directions
	$(RUN) basedmusic openapi | $(NODE) npm --prefix web run --silent schema -- --check

bench: .tools/synced  ## each benchmark beside its peer, in one run
	$(RUN) python -m benchmarks

dev: .tools/synced .tools/node  ## a scene whose server and page reload as you edit
	$(RUN) python -m tools.dev

web: .tools/node  ## build the page into the package
	$(NODE) npm --prefix web run build

schema: .tools/synced .tools/node  ## the page's API types and the table of permissions, from the OpenAPI document
	$(RUN) basedmusic openapi | $(NODE) npm --prefix web run --silent schema
	$(RUN) python -m tools.permissions

clean:  ## remove what was built; never a scene's data
	rm -rf .tools .venv build dist src/basedmusic/static web/node_modules

# uv, by pip where the machine has none, in a folder of its own.
$(UV):
	@mkdir -p .tools/bin
	@if command -v uv >/dev/null 2>&1; then ln -sf "$$(command -v uv)" $(UV); else \
	  $(PYTHON) -m venv .tools/uv && .tools/uv/bin/pip install --quiet uv && ln -sf ../uv/bin/uv $(UV); fi

.tools/synced: $(UV) pyproject.toml uv.lock
	BASEDMUSIC_SKIP_WEB=1 $(UV) sync --frozen --quiet
	@touch $@

.tools/node: .tools/synced web/package-lock.json
	$(NODE) npm --prefix web ci --no-audit --no-fund
	@touch $@

$(STATIC): .tools/node $(shell find web/src web/public web/index.html web/vite.config.ts -type f 2>/dev/null)
	$(NODE) npm --prefix web run build

# Chromium and WebKitGTK: found, or installed where we may; otherwise a sentence that says what to do.
.tools/browser: .tools/synced tools/browser.py
	$(RUN) python -m tools.browser
	@touch $@
