# The two commands: `make book` and `make test`. `make help` lists the others.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PYTHONDONTWRITEBYTECODE :=
export PYTHONUTF8 := 1

.PHONY: book html pdf test check lab serve lock clean help setup
.DEFAULT_GOAL := help

book: setup ## check the data, execute every chapter, write _build/html/ and _build/html/report.pdf
	@$(BIN)/python -m azpak build html pdf

html: setup ## the pages only
	@$(BIN)/python -m azpak build html

pdf: setup ## the PDF from the pages built last
	@$(BIN)/python -m azpak build pdf

test: setup ## the whole test suite
	@$(BIN)/python -m pytest

check: setup ## the data gate: every fault as file:line: column: what is wrong
	@$(BIN)/python -m azpak check

lab: setup ## JupyterLab on the chapters; MyST files open as notebooks
	@$(BIN)/jupyter lab --notebook-dir=chapters

serve: ## look at the pages built last, on http://localhost:8000
	@test -f _build/html/index.html || { echo "No pages yet: run 'make book' first." >&2; exit 1; }
	@$(PYTHON) -m http.server --bind localhost --directory _build/html 8000

lock: ## pin requirements.in anew, with hashes, for Python 3.11 to 3.13 (needs uv)
	@command -v uv >/dev/null || { echo "'make lock' needs uv: pip install uv" >&2; exit 1; }
	@uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-header requirements.in -o requirements.txt
	@uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-header requirements-cff.in -o requirements-cff.txt

clean: ## remove what the build made (not .venv)
	@rm -rf _build references.bib

help: ## this list
	@awk -F':.*## ' '/^[a-z]+:.*## /{printf "  make %-7s %s\n", $$1, $$2}' Makefile

setup:
	@$(PYTHON) azpak/build/environment.py $(VENV)
