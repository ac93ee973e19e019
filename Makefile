# Documents to graph. `make help` says what there is; needs Python 3.11 or later with pip, and nothing else.

CORPUS ?= corpus
OUT    ?= output
PYTHON ?= python3
SHARED ?= ../shared
EXTRAS ?= dev
MUTANTS ?= --number 50

# The gold rows that confidences are counted on: those of SPLIT's part "check" are kept for judging them.
WEIGHED = $(wildcard $(SHARED)/gold/dev/*.jsonl) \
	$(patsubst %,$(SHARED)/gold/varied/%.jsonl,$(filter-out write,$(shell grep '^write' '$(SHARED)/gold/varied/SPLIT')))

VENV   := .venv
BIN    := $(VENV)/bin
GRAPH  := $(OUT)/graph.ttl
STAMP  := $(OUT)/.made-from

# Names of documents may hold spaces, which make cannot have as prerequisites: find says whether anything is newer than the
# graph (folders too: a document may have gone; what it cannot look into, the build has named), and the stamp, written after a
# build that ran, says what it was made from.
STALE := $(shell test "`cat '$(STAMP)' 2>&1`" = '$(CORPUS)' || echo other; \
	find -L '$(CORPUS)' ontology pipeline -name __pycache__ -prune -o ! -path '$(OUT)/*' -newer '$(GRAPH)' -exec echo newer ';' -quit 2>/dev/null; \
	test -e '$(CORPUS)' -a -e '$(GRAPH)' || echo missing)

.DEFAULT_GOAL := graph
.PHONY: graph docs serve screenshot test check evaluate confidence faults mutants bench clean help FORCE

graph: $(GRAPH)  ## read CORPUS into OUT (the default; make CORPUS=folder OUT=folder)

$(GRAPH): $(VENV)/.installed $(if $(STALE),FORCE)
	@rm -f '$(STAMP)'
	$(BIN)/zhimai build '$(CORPUS)' --out '$(OUT)' --ontology ontology
	@echo '$(CORPUS)' > '$(STAMP)'

docs: $(GRAPH)  ## write the page of the ontology, OUT/ontology.html, with the answers of the graph in OUT
	$(BIN)/zhimai schema --html '$(OUT)/ontology.html' --out '$(OUT)' --ontology ontology

serve: $(GRAPH)  ## serve the graph in OUT at http://127.0.0.1:8000: SPARQL, and a page for every IRI
	$(BIN)/zhimai serve --out '$(OUT)' --review '$(CORPUS)/review.tsv'

screenshot: $(GRAPH)  ## make the picture of the README anew, of the graph in OUT; needs chromium
	$(BIN)/python -m tests.screenshot '$(OUT)' tests/screenshot.png

$(VENV)/.installed: pyproject.toml
	$(PYTHON) -m venv --without-pip $(VENV)
	$(PYTHON) -m pip --python $(BIN)/python install --quiet --disable-pip-version-check --editable '.[$(EXTRAS)]'
	@touch $@

test: $(VENV)/.installed  ## run the tests, on as many processors as there are
	$(BIN)/pytest -q --numprocesses auto --dist loadfile

check: $(VENV)/.installed  ## lint, types, ontology (HermiT where there is java), graph rules, SHACL, the wheel in a fresh venv
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest -q -rs --install tests/test_ontology.py tests/test_owl.py tests/test_sample.py tests/test_install.py \
		tests/test_container.py

evaluate: $(VENV)/.installed  ## score against gold: that of SHARED, or of the sample where there is no SHARED
ifneq ($(wildcard $(SHARED)/tools/score.py),)
	@rm -rf '$(OUT)/gold-documents' && mkdir -p '$(OUT)/gold-documents'
	@for gold in $(SHARED)/gold/dev/*.jsonl; do \
		cp $(SHARED)/corpus/*/"$$(basename "$$gold" .jsonl)".* '$(OUT)/gold-documents' || exit 1; done
	$(BIN)/zhimai build '$(OUT)/gold-documents' --out '$(OUT)/gold' --ontology ontology
	$(BIN)/python $(SHARED)/tools/score.py '$(OUT)/gold/claims.jsonl' $(SHARED)/gold/dev/*.jsonl
else
	@echo "$(SHARED) is not here: scoring the gold rows of the sample alone"
	$(BIN)/zhimai build corpus --out '$(OUT)/gold' --ontology ontology
	$(BIN)/zhimai evaluate tests/gold/*.jsonl --out '$(OUT)/gold'
endif

confidence: $(VENV)/.installed  ## count on the gold of SHARED how often each rule of ontology/grammar is right
	@rm -rf '$(OUT)/weighed' && mkdir -p '$(OUT)/weighed'
	@for name in $(basename $(notdir $(WEIGHED))); do \
		cp $(SHARED)/corpus/*/"$$name".* $(SHARED)/documents/*/"$$name".* '$(OUT)/weighed' 2>/dev/null; \
		ls '$(OUT)/weighed/'"$$name".* >/dev/null || exit 1; done
	$(BIN)/zhimai build '$(OUT)/weighed' --least 0 --out '$(OUT)/weights' --ontology ontology
	$(BIN)/zhimai evaluate $(WEIGHED) --out '$(OUT)/weights' --fair --confidence ontology/grammar/confidence.toml

faults: $(VENV)/.installed  ## kill 100 builds at random moments, and others before each of their steps
	$(BIN)/pytest -q --faults 100 tests/test_safe_builds.py

mutants: $(VENV)/.installed  ## put 50 random slips into the code and say how many the tests catch (MUTANTS='--seed 7 …')
	$(BIN)/python -m tests.mutants $(MUTANTS)

bench: $(VENV)/.installed  ## speed as a ratio to jieba, stages and growth of a build, the questions on a million triples (BENCH='--documents 10000')
	$(BIN)/python -m pipeline.bench $(BENCH)

clean:  ## remove what was built, but not .venv
	rm -rf $(foreach name,graph.ttl ontology.html claims.jsonl rejected.jsonl report.json current builds cache store gold gold-documents screenshots .made-from,'$(OUT)/$(name)')
	rm -rf .pytest_cache .mypy_cache .ruff_cache
	find pipeline tests -name __pycache__ -exec rm -rf {} +

help:  ## show this
	@sed -n 's/^\([a-z]*\):.*##  */\1\t/p' $(MAKEFILE_LIST) | sed 's/^/make /' | expand -t 16
