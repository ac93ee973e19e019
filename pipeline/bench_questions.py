"""How long the named questions take on a graph of a million triples (bench_graph.py), for `python -m pipeline.bench`.

Time is that of the processor, in a store that is open and warm: a busy machine tells no lies. `zhimai ask` takes the start of
Python on top.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from statistics import median

from pipeline.ask import bind, questions
from pipeline.bench_graph import grown
from pipeline.builds import STORE
from pipeline.rows import Table
from pipeline.store import Store, build_store, compact_store, open_store

COPIES = 60  # of the sample: a million triples
MOST = 50.0  # ms that a question with its parameters may take
ROUNDS = 6
# What people ask: of one thing, one document, one year. Those without parameters are of the whole corpus.
TYPICAL: Mapping[str, Mapping[str, str]] = {
    "citations": {"document": "03_shuju_yaosu_review"},
    "comparison": {"concept": "未来产业", "document": "07_wangxi_work_report_gb", "other": "10_未来产业行动计划"},
    "conflicts": {"name": "冰雪旅游"},
    "contrasts": {"name": "现代海洋经济"},
    "dates": {},
    "definitions": {"concept": "韧性城市"},
    "documents": {"year": "2024"},
    "elements": {"concept": "韧性城市"},
    "evidence": {"name": "现代海洋经济"},
    "facets": {"concept": "韧性城市"},
    "figures": {"document": "07_wangxi_work_report_gb", "planned": "yes"},
    "industries": {},
    "meetings": {"from": "2024", "to": "2024"},
    "members": {"class": "新业态"},
    "methods": {"method": "双重差分法"},
    "places": {"place": "临澜市"},
    "policy": {"policy": "临澜市支持冷链物流业加快发展若干措施"},
    "restricts": {"policy": "临澜市韧性城市建设促进条例"},
    "sections": {"document": "01_向海图强"},
    "series": {"name": "望溪县", "indicator": "地区生产总值"},
    "supporters": {"industry": "冷链物流", "place": "临澜市"},
    "supports": {"industry": "冷链物流"},
    "timeline": {"from": "2024", "to": "2024"},
    "views": {"holder": "姚孟白"},
}


def time_questions(sample: Path, ontology: Path, aside: Path, copies: int = COPIES) -> dict[str, dict[str, float]]:
    """Of each question with its TYPICAL parameters the "question rows" and the "question ms", the median of ROUNDS; without any
    the "whole rows" and "whole ms" of one round, where it can be asked so; and the "large" graph's triples.

    The graph is made of `copies` of the `sample`, and its store in `aside`, a folder to be made.
    """
    lines = grown(sample, ontology, copies)
    aside.mkdir()
    build_store(aside / STORE, (line + "\n" for line in lines), sorted((ontology / "rules").glob("*.rq")), ontology)
    compact_store(aside / STORE)
    store = open_store(aside)
    typical: dict[str, tuple[int, float]] = {}
    whole: dict[str, tuple[int, float]] = {}
    for name, question in questions(ontology).items():
        typical[name] = _time(store, bind(question, TYPICAL[name]), ROUNDS)
        if TYPICAL[name] and all("(default" in meaning for meaning in question.parameters.values()):
            whole[name] = _time(store, bind(question, {}), 1)
    return {
        "large": {"triples": len(lines)},
        "question rows": {name: rows for name, (rows, _) in typical.items()},
        "question ms": {name: ms for name, (_, ms) in typical.items()},
        "whole rows": {name: rows for name, (rows, _) in whole.items()},
        "whole ms": {name: ms for name, (_, ms) in whole.items()},
    }


def _time(store: Store, query: str, rounds: int) -> tuple[int, float]:
    """Rows, and the median of the milliseconds of the rounds; of several the first does not count."""
    taken, rows = [], 0
    for _ in range(rounds):
        start = time.process_time()
        table = store.answer_here(query)
        taken.append(1000 * (time.process_time() - start))
        rows = len(table.rows) if isinstance(table, Table) else 0
    return rows, median(taken[1:] or taken)


def as_text(result: Mapping[str, Mapping[str, float]]) -> list[str]:
    """Lines of a table of what time_questions gives; a question that takes longer than MOST is marked."""
    rows, whole = result["question rows"], result["whole rows"]
    lines = [f"{result['large']['triples']:,.0f} triples", f"{'question':<12}{'rows':>7}{'ms':>9}{'':3}{'all rows':>9}{'ms':>10}"]
    for name, ms in result["question ms"].items():
        mark = " !" if ms > MOST else ""
        beyond = f"{whole[name]:>9,.0f}{result['whole ms'][name]:>10,.0f}" if name in whole else ""
        lines.append(f"{name:<12}{rows[name]:>7,.0f}{ms:>9.1f}{mark:<3}{beyond}".rstrip())
    return lines
