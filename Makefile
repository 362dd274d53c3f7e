# make run    set up, train if needed, start the assistant
# make test   set up and run every check
SHELL := /bin/bash
ifeq ($(TENSORFLOW),1)
VENV := .venv-tensorflow
else
VENV := .venv
endif
PYTHON := $(VENV)/bin/python
export TENSORFLOW

.PHONY: run test setup setup-dev train evaluate tune bench bench-queue fuzz load up down screens lock audit sbom widget clean

run: setup
	@exec $(PYTHON) -m bot run

test: setup-dev
	@setup/check.sh $(VENV)

setup:
	@setup/setup.sh run $(VENV)

setup-dev:
	@setup/setup.sh dev $(VENV)
	@TENSORFLOW= setup/setup.sh operation .venv-operation
	@setup/debian.sh chromium=chromium node=nodejs npm=npm nginx=nginx systemd-analyze=systemd openssl=openssl \
	  pg_lsclusters=postgresql redis-server=redis-server

train: setup
	@$(PYTHON) -m bot train

evaluate: train
	@$(PYTHON) -m bot evaluate tests/nlu/dev.jsonl

tune: train
	@$(PYTHON) -m bot tune tests/nlu/dev.jsonl

# Measure beside the peers and write docs/olcumler.md. For the public sets name their
# checkouts: make bench BENCH_HINT3=folder BENCH_XSID=folder
bench: export TENSORFLOW :=
bench:
	@setup/setup.sh bench .venv-bench
	@BENCH_HINT3="$(BENCH_HINT3)" BENCH_XSID="$(BENCH_XSID)" .venv-bench/bin/python -m benchmarks $(PEERS)

# Measure under load, beside stock Rasa, and write its part of docs/olcumler.md. In parts:
# make load PARTS="stock embedded"
load: export TENSORFLOW :=
load: setup
	@setup/setup.sh bench .venv-bench
	@setup/setup.sh load .venv-load
	@setup/debian.sh pg_lsclusters=postgresql redis-server=redis-server nginx=nginx
	@LOAD_NOTE="$(LOAD_NOTE)" $(PYTHON) -W ignore -m benchmarks.load $(PARTS)

# The larger set-up on this machine, with its own data: PostgreSQL, Redis, nginx and two of
# each server. down removes it with its data.
up: setup
	@setup/debian.sh pg_lsclusters=postgresql redis-server=redis-server nginx=nginx
	@$(PYTHON) -m deploy.larger up
down:
	@$(PYTHON) -m deploy.larger down

# How long the desk's queue takes to open with 20,000 cases.
bench-queue: setup-dev
	@$(PYTHON) -m benchmarks.queue

# Look for inputs that break a promise: the web channel's endpoints, then what reads people's
# text, FUZZ_SECONDS each. What is found lies in var/fuzz; the next run goes on from there.
FUZZ_SECONDS ?= 600
fuzz: setup-dev train
	@$(PYTHON) -W ignore -m tests.fuzz.web $(FUZZ_SECONDS)
	@$(PYTHON) -W ignore -m tests.fuzz.text $(FUZZ_SECONDS) folding masking payloads
	@$(PYTHON) -W ignore -m tests.fuzz.text $(FUZZ_SECONDS) dates numbers mentions

# Take the pictures of docs/destek-masasi.md anew.
screens: setup-dev
	@$(PYTHON) -m tests.desk.screens

# Compile the locks anew from setup/*.in. Hashes only: no registry's address goes in.
lock: setup
	@setup/lock.sh

# Compare the locks with an advisory database on disk: make audit ADVISORIES=folder
# (a checkout of PyPA's advisory-database). What is known and why it stays: deploy/advisories.toml
audit: setup-dev
	@$(PYTHON) -m bot.operation.audit "$(ADVISORIES)"

# Write the list of parts (CycloneDX) of what runs into build/.
sbom:
	@TENSORFLOW= setup/setup.sh operation .venv-operation
	@setup/sbom.sh

# Build the widget's script from its sources (needs node and npm).
widget:
	@setup/widget.sh build

clean:
	rm -rf .venv .venv-tensorflow .venv-bench .venv-load .venv-operation .venv-tools build .mypy_cache .ruff_cache .pytest_cache .schemathesis .rasa
	find models var -mindepth 1 ! -name .gitignore -delete
