# The two commands of a newcomer are `make demo` and `make test`; `make help` prints the rest.
# Needs only python3 (3.11-3.13) with venv, and make.
PYTHON ?= python3
RUN := .venv/bin/python -W ignore::DeprecationWarning
MANAGE := .venv/bin/python manage.py
ARGS ?=
# What Python compiles is kept in .local/, also where the environment forbids to keep it: else each process of the suite compiles Django anew, 4 s of work.
unexport PYTHONDONTWRITEBYTECODE
export PYTHONPYCACHEPREFIX ?= $(CURDIR)/.local/pycache
.DEFAULT_GOAL := help
.PHONY: help env front db demo test coverage mutants pages check manage browser bench docs guides clean

help: ## этот список
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' Makefile

demo: front ## живой демо-город: база, данные, веб-сервер и исполнители; Ctrl-C останавливает всё
	@$(RUN) -m deploy.local.demo

test: front ## все проверки поведения на своей PostgreSQL; ARGS="-k слово" сужает
	@$(RUN) -m deploy.local.suite $(ARGS)

coverage: front ## сколько кода и ветвей видели проверки; печатает docs/numbers.md (вся make test, в полтора раза дольше)
	@$(RUN) -m deploy.local.suite --covered $(ARGS)
	@$(RUN) -m tests.bench.covered

mutants: front ## мелкие поломки правил, условий, чисел и журнала: заметят ли проверки; после make coverage
	@$(RUN) -m tests.mutants $(ARGS)

env: ## окружение Python по uv.lock
	@$(PYTHON) deploy/local/environment.py

front: env ## стили, скрипты и шрифты (Node ставится из wheel)
	@$(RUN) -m deploy.local.front

db: env ## только база: запустить встроенную PostgreSQL и оставить работать (stop и psql: python -m deploy.local.postgres)
	@$(RUN) -m deploy.local.postgres start

check: front ## проверки кода: оформление, типы, слои, миграции, свежесть напечатанного; ARGS="типы слои" сужает
	@$(RUN) -m deploy.local.checks $(ARGS)

manage: env ## команда Django без настройки: ARGS="makemigrations комната -n что_меняется"
	@$(RUN) -m deploy.local.manage $(ARGS)

browser: ## как поставить браузер для проверок страниц
	@command -v chromium chromium-browser google-chrome || echo 'Браузера нет. На Debian и Ubuntu: apt-get install -y chromium; другой: CHROMIUM=/путь make test'

pages: front ## замеры одних страниц в демо-городе: минуты; печатает docs/numbers.md
	@$(RUN) -m tests.bench.thousand --pages --print

bench: front ## замеры: город из 10, 100 и 1 000 школ (полчаса; печатает docs/numbers.md), загрузка сотрудников, поиск
	@$(RUN) -m tests.bench.thousand --print
	@$(RUN) -m tests.bench.staff_import
	@$(RUN) -m tests.bench.search

docs: env ## заново напечатать docs/permissions.md, docs/data.md, openapi.yaml и другое печатное
	@$(RUN) -m deploy.local.printed

guides: env ## заново снять картинки для docs/guides с работающего демо (нужен Chromium)
	@$(RUN) -m deploy.local.guides

clean: ## удалить всё сделанное на этой машине, вместе с данными демо-города
	@if [ -x .venv/bin/python ]; then $(RUN) -m deploy.local.clean; fi
	@rm -rf .local node_modules portal/ui/static/ui/build .venv
