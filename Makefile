# Two commands do the work: `make demo` and `make test`. Everything they need is made by them; see `make help`.
.DEFAULT_GOAL := help
.PHONY: help demo test test-lang check bench schermen screenshots

PYTHON ?= python3
PORT ?= 8000
PY := .venv/bin/python

# pip comes from vendor/, so that a machine without ensurepip can do this too. The locks are complete and hashed.
PIP = PYTHONPATH=$$(ls vendor/pip-*.whl) $(PY) -m pip install --quiet --disable-pip-version-check \
	--root-user-action ignore --require-hashes --no-deps --only-binary :all:

help: ## Toon deze lijst
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: .venv/klaar ## Start de demonstratie op http://127.0.0.1:8000 (PORT= voor een andere poort)
	@DEMO=1 exec $(PY) manage.py demo --port $(PORT)

test: .venv/klaar-dev ## Draai de tests (browsertests alleen als Chromium er is)
	@$(PY) -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile $(ARGS)

test-lang: .venv/klaar-dev ## Draai de lange tests: in de browser naast elkaar, de rest na elkaar (ze meten tijd en geheugen)
	@$(PY) -m pytest -m lang --ignore=tests/browser $(ARGS)
	@$(PY) -m pytest -m lang --numprocesses auto --maxprocesses 4 --dist loadfile tests/browser $(ARGS_BROWSER)

check: .venv/klaar-dev ## Controleer stijl, types, migraties en productie-instellingen
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@DEMO=1 $(PY) -m mypy --no-incremental
	@DEMO=1 $(PY) manage.py makemigrations --check --dry-run
	@DEMO=0 TOEGESTANE_HOSTS=begroting.example.org SITE_ADRES=https://begroting.example.org GEMEENTE_NAAM=Voorbeeld \
		CONTACT_MAIL=begroting@example.org PRIVACY_ADRES=https://example.org/privacy DATA_LICENTIE=CC0-1.0 \
		TOEGANKELIJKHEID_STATUS=B TOEGANKELIJKHEID_REGISTER=https://www.toegankelijkheidsverklaring.nl/register/0 \
		BEVEILIGING_VERLOOPT=$$($(PY) -c 'from datetime import date, timedelta; print(date.today() + timedelta(days=364))') \
		SECRET_KEY=$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(60))') \
		$(PY) manage.py check --deploy --fail-level WARNING

schermen: .venv/klaar-dev ## Maak de schermen van de handleidingen opnieuw (docs/schermen/)
	@SCHERMEN=1 $(PY) -m pytest -q -m lang tests/browser/test_handleiding.py

screenshots: .venv/klaar-dev ## Maak schermafdrukken van elk soort pagina (docs/schermen/openbaar/)
	@SCHERMEN=1 $(PY) -m pytest -q -m lang tests/browser/test_schermafdrukken.py

bench: .venv/klaar-dev ## Meet snelheid, als verhouding tot een bekende maat
	@DEMO=1 $(PY) -m bench

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 of nieuwer is nodig; zet PYTHON=python3.11")'
	@$(PYTHON) -m venv --without-pip .venv

.venv/klaar: requirements.txt | .venv/bin/python
	@echo "Bibliotheken installeren …"
	@$(PIP) -r $<
	@touch $@

.venv/klaar-dev: requirements-dev.txt .venv/klaar
	@echo "Bibliotheken voor ontwikkelen installeren …"
	@$(PIP) -r $<
	@touch $@
