# All there is to do in a checkout; `make` alone lists it. Needs Python 3.11 or newer, git and make; the rest it installs.

PYTHON ?= python3
in_venv := .venv/bin
ready := .venv/ready-with-$(notdir $(PYTHON))

.DEFAULT_GOAL := help
.PHONY: help demo test lint format bench conformance lexicon docs clean

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-11s %s\n", $$1, $$2}' Makefile
	@echo "With another Python: make PYTHON=python3.12 demo"

demo: $(ready) ## Build the sample company's report into out/
	@mkdir -p out
	$(in_venv)/esgreport init out/sample.xlsx --sample --force
	$(in_venv)/esgreport check out/sample.xlsx
	$(in_venv)/esgreport init out/customers.xlsx --cx --sample --force
	$(in_venv)/esgreport build out/sample.xlsx out/customers.xlsx -o out/report
	$(in_venv)/esgreport init out/muster.xlsx --sample --force --lang de
	$(in_venv)/esgreport init out/kunden.xlsx --cx --sample --force --lang de
	$(in_venv)/esgreport build out/muster.xlsx out/kunden.xlsx -o out/report-de --quiet
	@echo
	@echo "The workbooks: out/sample.xlsx, customers.xlsx in German:  out/muster.xlsx, kunden.xlsx"
	@echo "The report:    out/report/report.pdf, .html  in German:  out/report-de/report.pdf, .html"

test: lint ## Check style and types, then run the tests, on all processors
	$(in_venv)/python -m pytest -n auto --dist loadfile

lint: $(ready) ## Check style and types
	$(in_venv)/ruff check
	$(in_venv)/ruff format --check
	$(in_venv)/mypy

format: $(ready) ## Put the code into its one format
	$(in_venv)/ruff check --fix
	$(in_venv)/ruff format

bench: $(ready) ## Measure CPU time beside the bare libraries; WORKBOOK=path.xlsx measures that workbook
	$(in_venv)/python bench/bench.py $(if $(WORKBOOK),"$(WORKBOOK)")
	$(if $(WORKBOOK),,$(in_venv)/python bench/customers.py)

conformance: $(ready) ## Have veraPDF check the reports of all samples and languages (PDF/A-3a, PDF/UA-1)
	$(in_venv)/python -m pip install --quiet --editable ".[conformance]"
	$(in_venv)/python -m pytest tests/conformance

lexicon: $(ready) ## Make the classifier of customers' questions anew, after a change in schemas/lexicon
	$(in_venv)/python -m esgreport.match.train tests/questions

docs: $(ready) ## Write the generated parts of README.md and templates/README.md anew, and the picture
	$(in_venv)/python tests/test_readme.py
	$(in_venv)/python tests/test_render_templates.py
	.ci/picture

clean: ## Remove all that was made here, .venv too
	rm -rf .venv out dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Made anew when the dependencies change, or when another Python is asked for.
$(ready): pyproject.toml .ci/setup
	@PYTHON="$(PYTHON)" .ci/setup
	@touch $@
