# The one list of things a developer does; CI calls these targets and nothing else.
PYTHON ?= python3
BIN := .venv/bin
SAMPLE := samples/kpu-binjai-2024.xlsx
OUT := build/lampiran-kpu-binjai-2024.xlsx
FLOORS := build/floors
FUZZ ?= 10000 1
PARALLEL := --numprocesses auto --dist loadfile

.PHONY: check install demo lint types test golden samples floors recalculate bench locate kill fuzz clean
.DEFAULT_GOAL := check

check: lint types test  ## everything that must hold

install: $(BIN)/lkj  ## .venv with .venv/bin/lkj

$(BIN)/lkj: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 atau lebih baru diperlukan; make PYTHON=python3.12") if sys.version_info < (3, 11) else None'
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@$(BIN)/python -m compileall -q lkj_xlsx
	@touch $@

.venv/dev: $(BIN)/lkj
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --group dev
	@touch $@

demo: install  ## the attachments of the sample; the last line is the workbook's path
	@mkdir -p build
	@$(BIN)/lkj report $(SAMPLE) -o $(OUT) --force

lint: .venv/dev  ## style, format, floors and walls
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-cache

types: .venv/dev  ## mypy strict, tests too
	$(BIN)/mypy

test: .venv/dev  ## the tests, in random order, with branch coverage
	$(BIN)/python -m pytest $(PARALLEL) --cov --cov-fail-under=98

golden: .venv/dev  ## write the goldens anew; read the diff before committing it
	$(BIN)/python -m pytest --update-golden -p no:randomly

samples: install  ## write the samples anew from their scripts
	$(BIN)/python samples/make_workbook.py
	$(BIN)/python samples/make_glp039.py
	$(BIN)/python samples/make_terbit.py
	for format in glp039_contoh rkk rkks pok monsakti transaksi emon; do $(BIN)/python samples/make_$$format.py; done

floors: .venv/dev  ## the tests on the lowest versions that pyproject.toml allows; the corpus asks about our own reading
	$(PYTHON) -m venv --clear $(FLOORS)
	$(FLOORS)/bin/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	$(BIN)/python -c 'import re, tomllib; [print(re.sub(r"^([\w.-]+)>=([^,]+).*", r"\1==\2", line)) for line in tomllib.load(open("pyproject.toml", "rb"))["project"]["dependencies"]]' > $(FLOORS)/floors.txt
	$(FLOORS)/bin/python -m pip install --quiet --disable-pip-version-check --constraint $(FLOORS)/floors.txt --editable . --group test
	$(FLOORS)/bin/python -m pytest $(PARALLEL) --ignore tests/corpus

recalculate: install  ## recalculate the written workbooks with LibreOffice; no formula may change
	@mkdir -p build
	$(BIN)/lkj report $(SAMPLE) -o build/recalculate-workbook.xlsx --force
	$(BIN)/lkj report samples/kpu-binjai-2024-12-glp039.xlsx -o build/recalculate-glp039.xlsx --force
	$(BIN)/lkj report samples/kpu-binjai-2024-12-glp039.xlsx $(SAMPLE) -o build/recalculate-both.xlsx --force
	$(BIN)/python tests/recalculate.py build/recalculate-workbook.xlsx build/recalculate-glp039.xlsx build/recalculate-both.xlsx

bench: .venv/dev  ## what each command costs beside the bare cost of reading, and what checking and asking cost
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group bench
	$(BIN)/python benchmarks/bench.py
	$(BIN)/python benchmarks/check_cost.py
	$(BIN)/python benchmarks/ten_faults.py
	$(BIN)/python benchmarks/query_cost.py

locate: install  ## what the checks make of single wrong digits in sound documents, counted
	$(BIN)/python tests/locate.py 1000

fuzz: .venv/dev  ## 10,000 damaged and random inputs: a refusal, a finding or the exact figures (make fuzz FUZZ= FUZZ_SECONDS=600 for others)
	cd tests && ../$(BIN)/python -m fuzz $(FUZZ)

kill: install  ## kill every kind of output at 200 moments; the target must be the old file or the whole new one
	$(BIN)/python tests/kill.py 200

clean:  ## remove what was made
	rm -rf .venv build dist *.egg-info .coverage .pytest_cache .mypy_cache .ruff_cache .hypothesis
