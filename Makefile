# The two commands: `make book` and `make test`. `make help` lists the others.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PYTHONDONTWRITEBYTECODE :=
export PYTHONUTF8 := 1
# The matrices are small: a second thread would wait for the first, and use a processor for it.
export OPENBLAS_NUM_THREADS ?= 1

# The uv of the machine, or the one that the set-up fetched.
UV = $(or $(shell command -v uv),$(BIN)/uv)

.NOTPARALLEL:
.PHONY: book html pdf test check lab serve release verify bench lock clean help setup packages
.DEFAULT_GOAL := help

book: packages ## check the data, execute every chapter, write _build/html/ and _build/html/report.pdf
	@$(BIN)/python -m azpak build html pdf

html: packages ## the pages only
	@$(BIN)/python -m azpak build html

pdf: packages ## the PDF from the pages built last
	@$(BIN)/python -m azpak build pdf

test: setup ## the whole test suite; builds the pages first where there are none
	@$(BIN)/python -m pytest

check: packages ## the data gate: every fault as file:line: column: what is wrong
	@$(BIN)/python -m azpak check

lab: ## JupyterLab on the chapters; MyST files open as notebooks
	@$(PYTHON) azpak/build/environment.py $(VENV) lab
	@$(BIN)/jupyter lab --notebook-dir=chapters

serve: ## look at the pages built last, on http://localhost:8000
	@test -f _build/html/index.html || { echo "No pages yet: run 'make book' first." >&2; exit 1; }
	@$(PYTHON) -m http.server --bind localhost --directory _build/html 8000

release: book ## all that is published of this version in one folder, with checksums: _build/release/
	@$(BIN)/python -m azpak release

verify: packages ## compare a copy of a release with its digests; FOLDER=... names one, else the last here
	@$(BIN)/python -m azpak verify $(FOLDER)

bench: packages ## what it all costs, in a copy; RUNS=1 for a quick one, SCALE=10 for ten times the data
	@$(BIN)/python -m azpak.bench $(if $(RUNS),--runs $(RUNS)) $(if $(SCALE),--scale $(SCALE)) \
	  $(if $(TEST),--tests) $(if $(SETUP),--setup)

# Another numpy computes other last digits: one version of a package serves every Python.
lock: ## pin requirements*.in anew, with hashes, for Python 3.11 to 3.13
	@command -v $(UV) >/dev/null || { echo "'make lock' needs uv, which 'make setup' fetches." >&2; exit 1; }
	@set -e; for lock in requirements requirements-test requirements-lab requirements-cff requirements-uv; do \
	  $(UV) pip compile -q --upgrade --universal --fork-strategy fewest --python-version 3.11 --generate-hashes --no-header \
	    $$lock.in -o $$lock.txt; done

clean: ## remove what the build made (not .venv)
	@rm -rf _build references.bib

help: ## this list
	@awk -F':.*## ' '/^[a-z]+:.*## /{printf "  make %-7s %s\n", $$1, $$2}' Makefile

setup: ## .venv with what the book and the tests need; the others do what they need themselves
	@$(PYTHON) azpak/build/environment.py $(VENV) test

packages:
	@$(PYTHON) azpak/build/environment.py $(VENV)
