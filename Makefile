# From a clean clone, with Python 3.11 or newer and make: `make run`, `make test`. docs/local.md says more.

PORT ?= 8000
export PORT
VENV := .venv
BIN := $(VENV)/bin
DONE := $(VENV)/.complete
FONTS := build/fonts/emeritus-sans.ttf

# Settings as in production, for `check --deploy` only; nothing is connected to.
DEPLOYED := env -u EMERITUS_LOCAL DEBUG=0 ALLOWED_HOSTS=emeritus.example PUBLIC_URL=https://emeritus.example \
	SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_hex(32))') \
	DATABASE_URL=postgres://emeritus@database.example/emeritus CELERY_BROKER_URL=redis://broker.example/0 \
	CACHE_URL=rediscache://cache.example:6379/1 \
	ORGANISATION_NAME=Emeritus DEFAULT_FROM_EMAIL=emeritus@emeritus.example
UNCONNECTED := env DEBUG=1 DATABASE_URL=postgres://emeritus@127.0.0.1:1/emeritus

.PHONY: run test check format lint types layers html migrations deploy bench fonts browser lock clean .venv

run: $(DONE) $(FONTS)
	@exec $(BIN)/python manage.py local

test: $(DONE) $(FONTS) browser
	$(BIN)/python manage.py local -- $(BIN)/pytest $(ARGS)

# `make -k check` goes on after the first that fails.
check: format lint types layers html migrations deploy

format: $(DONE)
	$(BIN)/ruff format --check .

lint: $(DONE)
	$(BIN)/ruff check .

types: $(DONE)
	$(UNCONNECTED) $(BIN)/mypy

layers: $(DONE)
	$(BIN)/lint-imports

html: $(DONE)
	$(BIN)/djlint templates --lint --quiet

migrations: $(DONE)
	$(UNCONNECTED) $(BIN)/python -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run

deploy: $(DONE) $(FONTS)
	$(DEPLOYED) $(BIN)/python manage.py check --deploy --fail-level WARNING

bench: $(DONE)
	$(BIN)/python manage.py local -- $(BIN)/python -m bench $(ARGS)

.venv: $(DONE) $(FONTS)

# Made anew whenever the pins change, so that it never holds anything else.
$(DONE): requirements/local.txt requirements/find_python
	@python=$$(sh requirements/find_python) && \
	echo "Making $(VENV) with $$python …" && \
	"$$python" -m venv --clear $(VENV) && \
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps \
		-r requirements/local.txt
	@touch $(DONE)

fonts: $(FONTS)

$(FONTS): config/local/fonts.py | $(DONE)
	@$(UNCONNECTED) $(BIN)/python manage.py cut_fonts

browser: $(DONE)
	@$(BIN)/python -m config.local.browser

# requirements/README.md explains the flags.
lock:
	test -x build/lock/bin/uv || { python3 -m venv build/lock && build/lock/bin/pip install --quiet uv; }
	build/lock/bin/uv pip compile pyproject.toml --quiet --universal --generate-hashes --no-header \
		--python-version 3.11 --output-file requirements/production.txt
	build/lock/bin/uv pip compile pyproject.toml --quiet --universal --generate-hashes --no-header \
		--python-version 3.11 --extra local --extra dev --constraint requirements/production.txt \
		--excludes requirements/excludes.txt --output-file requirements/local.txt

# As root, .local/postgresql is a file that names a folder elsewhere (docs/local.md); it goes too.
clean:
	@if [ -f .local/processes.json ] && [ "$$(cat .local/processes.json)" != "[]" ] && \
		kill -0 "$$(cat .local/lock)" 2>/dev/null; then \
		echo "Emeritus runs from this folder: stop it first (Ctrl-C, or kill $$(cat .local/lock))." >&2; exit 1; fi
	@if [ -f .local/postgresql ]; then folder=$$(cat .local/postgresql); \
		case "$$folder" in \
		*..*) ;; \
		/var/lib/emeritus/data-*|/var/tmp/emeritus/data-*|/tmp/emeritus/data-*) rm -rf "$$folder" ;; \
		esac; fi
	rm -rf $(VENV) .local build
