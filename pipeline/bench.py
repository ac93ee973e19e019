"""How fast a build is, and the named questions on a large graph: `python -m pipeline.bench [FOLDER]`.

Speeds are characters per second, each beside its ratio to J, bare `jieba.lcut` on the same text in the same process: a ratio
says the same on a slow machine and a fast one. Stages are timed in turn, round after round, so that a busy moment
of the machine falls on all of them; the median of the rounds' ratios counts. Every stage runs once before, unmeasured.
"""

from __future__ import annotations

import argparse
import json
import logging
import math
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from statistics import median

import jieba
from pyoxigraph import RdfFormat, Store
from pypdfium2 import PdfDocument

from pipeline.annotate.annotator import Annotator
from pipeline.bench_growth import NUMBERS, time_growth
from pipeline.bench_growth import as_text as growth_as_text
from pipeline.bench_questions import COPIES as LARGE
from pipeline.bench_questions import as_text as questions_as_text
from pipeline.bench_questions import time_questions
from pipeline.bench_start import as_text as start_as_text
from pipeline.bench_start import time_start
from pipeline.build import build
from pipeline.errors import ReadError, UsageError, ZhimaiError
from pipeline.extract import extract
from pipeline.model import Document, DocumentKind
from pipeline.ontology import load_ontology
from pipeline.read import read
from pipeline.read.find import find_documents
from pipeline.read.joining import join
from pipeline.read.lines import drop_furniture, split_lines
from pipeline.read.repair import mask
from pipeline.store import build_store, open_store
from pipeline.workers import quiet_collector

ROOT = Path(__file__).resolve().parent.parent
SEEDS = ROOT.parent / "shared" / "corpus" / "seeds"
CHARACTERS = 300_000  # the least text that a round works on
ROUNDS = 5
DOCUMENTS = 1000  # of which one changes
LENGTH = 4000  # characters that each of them has at least
COPIES = 10  # of the documents whose build's memory is measured

_KINDS: Mapping[str, tuple[DocumentKind, ...]] = {  # of documents whose extraction is timed apart
    "policies": ("regulation", "plan", "measures", "report"),
    "papers": ("paper", "article"),
}

Stage = Callable[[], object]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark and print it; 1 where extraction is below --floor times J, 2 where it could not run."""
    cli = argparse.ArgumentParser(prog="python -m pipeline.bench", description="Speed as a ratio to jieba, and peak memory.")
    cli.add_argument("folder", nargs="?", type=Path, default=ROOT / "corpus", help="documents to work on (default: corpus)")
    cli.add_argument("--characters", type=int, default=CHARACTERS, help="repeat the documents up to so many characters")
    cli.add_argument("--rounds", type=int, default=ROUNDS, help=f"times that each stage is measured (default: {ROUNDS})")
    cli.add_argument("--copies", type=int, default=LARGE, help=f"of the sample in the large graph (default: {LARGE}; 0: none)")
    cli.add_argument("--documents", type=int, default=NUMBERS[-1], help=f"up to which growth is told (default: {NUMBERS[-1]})")
    cli.add_argument("--floor", type=float, default=0.0, help="exit 1 where extraction is below so many times J")
    cli.add_argument("--json", action="store_true", help="print JSON in place of a table")
    given = cli.parse_args(arguments)
    try:
        heavy = SEEDS if SEEDS.is_dir() else given.folder
        result = measure(given.folder, heavy, given.characters, given.rounds, copies=given.copies, most=given.documents)
    except ZhimaiError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    print(json.dumps(result, ensure_ascii=False, indent=1) if given.json else _as_text(result))
    extraction = result["ratio"]["extraction"]
    if extraction < given.floor:
        print(f"extraction is {extraction:.2f} × J, below the floor of {given.floor:g}", file=sys.stderr)
        return 1
    return 0


def measure(
    folder: Path,
    heavy: Path,
    characters: int,
    rounds: int,
    documents: int = DOCUMENTS,
    copies: int = LARGE,
    most: int = NUMBERS[-1],
) -> dict[str, dict[str, float]]:
    """Speeds ("speed", characters/s), ratios to J ("ratio"), memory ("memory", MB), the load of the store ("store"), builds of
    what is built already ("again"), starts ("start", bench_start.py), the named questions on a graph of `copies` of the sample
    (bench_questions.py), and what each stage of a build takes and how it grows up to `most` documents (bench_growth.py).

    Speed is measured on `folder`, repeated up to `characters`; memory on COPIES of `heavy`. Raises UsageError where
    either holds no document that can be read.
    """
    with tempfile.TemporaryDirectory() as name:
        aside = Path(name)
        memory = _peak_memory(heavy, aside)  # first: a child begins with the peak of the process that it was split from
        corpus, length = _repeated(folder, aside / "documents", characters)
        seconds = _time(_stages(corpus, aside / "built"), rounds)
        kinds = _time_kinds(corpus, rounds)
        text = _time_repair(corpus, rounds)
        pdf = _time_pdf(corpus, rounds)
        again = _time_again(folder, aside, documents)
        start = time_start(aside, rounds)
        growth = time_growth(folder, aside / "growth", (max(1, min(NUMBERS[0], most // 2)), most))
        asked = time_questions(ROOT / "corpus", ROOT / "ontology", aside / "large", copies) if copies else {}
        store = _time_store(open_store(aside / ("large" if copies else "built")).lines(), aside, rounds)
    return {
        "text": {"characters": length},
        "speed": {stage: length / median(times) for stage, times in seconds.items()},
        "ratio": {stage: _ratio(seconds["jieba"], times) for stage, times in seconds.items() if stage != "jieba"},
        "memory": {"peak_mb": memory},
        "store": store,
        "again": again,
        "start": start,
        **growth,
        **asked,
        **kinds,
        **({"repair": text} if text else {}),
        **({"pdf": pdf} if pdf else {}),
    }


def _repeated(folder: Path, target: Path, characters: int) -> tuple[Path, int]:
    """The readable documents of a folder, copied often enough to hold `characters`; and how many they hold."""
    documents = _texts(folder)
    once = sum(map(len, documents.values()))
    if not once:
        raise UsageError(f"{folder}: holds no document that can be read. Name a folder of documents.")
    copies = math.ceil(characters / once)
    _copy(folder, list(documents), target, copies)
    return target, copies * once


def _texts(folder: Path) -> dict[Path, str]:
    """The texts of the documents of a folder that can be read."""
    texts = {}
    for path in find_documents(folder):
        try:
            texts[path] = read(path, folder).text
        except ReadError as error:
            print(f"left out: {error}", file=sys.stderr)
    return texts


def _copy(folder: Path, documents: Sequence[Path], target: Path, copies: int) -> None:
    """Put so many copies of some documents of a folder below another."""
    for copy in range(copies):
        for path in documents:
            place = target / f"{copy:03}" / path.relative_to(folder)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, place)


def _stages(corpus: Path, out: Path) -> dict[str, Stage]:
    """What is timed, by name. Words are cut and facts extracted from the text as read."""
    tokenizer = _tokenizer(out.parent)
    ontology = load_ontology(ROOT / "ontology")
    annotator = Annotator(ontology)
    quiet_collector()  # as a build does
    paths = find_documents(corpus)
    documents = [read(path, corpus) for path in paths]
    return {
        "jieba": lambda: [tokenizer.lcut(document.text) for document in documents],
        "reading": lambda: [read(path, corpus) for path in paths],
        "extraction": lambda: [list(extract(annotator.annotate(document), ontology)) for document in documents],
        "build": lambda: build(corpus, out, ontology=ROOT / "ontology", clean=True),
    }


def _time_kinds(corpus: Path, rounds: int) -> dict[str, dict[str, float]]:
    """Characters a second of the extraction from policies and from papers, and × J; without a kind that there is none of."""
    tokenizer, ontology = _tokenizer(corpus.parent), load_ontology(ROOT / "ontology")
    annotator = Annotator(ontology)
    documents = [read(path, corpus) for path in find_documents(corpus)]

    def timed(texts: Sequence[Document]) -> dict[str, float]:
        def extraction() -> None:
            for each in texts:
                list(extract(annotator.annotate(each), ontology))

        seconds = _time({"jieba": lambda: [tokenizer.lcut(each.text) for each in texts], "extraction": extraction}, rounds)
        length = sum(len(each.text) for each in texts)
        return {"per_second": length / median(seconds["extraction"]), "ratio": _ratio(seconds["jieba"], seconds["extraction"])}

    of_kind = {name: [each for each in documents if each.kind in kinds] for name, kinds in _KINDS.items()}
    return {name: timed(found) for name, found in of_kind.items() if found}


def _tokenizer(aside: Path) -> jieba.Tokenizer:
    """A jieba of our own, its cache in a folder that nobody else writes to: it is unmarshalled unchecked."""
    jieba.setLogLevel(logging.WARNING)  # it tells how it loads its dictionary
    tokenizer = jieba.Tokenizer()
    tokenizer.tmp_dir = str(aside)
    return tokenizer


def _time_repair(corpus: Path, rounds: int) -> dict[str, float]:
    """Characters a second of the repair of text with its map to the source (inside lines; lines to paragraphs), and × J."""
    sources = [
        document.source for path in find_documents(corpus) if (document := read(path, corpus)).media_type.startswith("text/")
    ]
    length = sum(map(len, sources))
    if not length:
        return {}

    def repair() -> None:
        for source in sources:
            masked, done = mask(source, markdown=False)
            join(drop_furniture(split_lines(masked, source, markdown=True), done), done)

    tokenizer = _tokenizer(corpus.parent)
    seconds = _time({"jieba": lambda: [tokenizer.lcut(source) for source in sources], "repair": repair}, rounds)
    return {"per_second": length / median(seconds["repair"]), "ratio": _ratio(seconds["jieba"], seconds["repair"])}


def _time_pdf(corpus: Path, rounds: int) -> dict[str, float]:
    """Characters a second that are read of PDFs, and the ratio to pdfium's own plain text; empty where there are none."""
    paths = [path for path in find_documents(corpus) if path.suffix.lower() == ".pdf"]
    length = sum(len(read(path, corpus).source) for path in paths)
    if not length:
        return {}

    def bare() -> None:
        for path in paths:
            with closing(PdfDocument(path)) as document:
                for page in document:
                    with closing(page.get_textpage()) as text:
                        text.get_text_bounded()

    seconds = _time({"bare": bare, "read": lambda: [read(path, corpus) for path in paths]}, rounds)
    return {"per_second": length / median(seconds["read"]), "ratio": _ratio(seconds["bare"], seconds["read"])}


def _time(stages: Mapping[str, Stage], rounds: int) -> dict[str, list[float]]:
    """Seconds of each stage in each round, after a round that does not count."""
    seconds: dict[str, list[float]] = {name: [] for name in stages}
    for round_ in range(rounds + 1):
        for name, stage in stages.items():
            start = time.perf_counter()
            stage()
            if round_ > 0:
                seconds[name].append(time.perf_counter() - start)
    return seconds


def _time_again(folder: Path, aside: Path, documents: int) -> dict[str, float]:
    """How many documents there are, each of LENGTH characters of those of a folder, what share of the time of a clean build one
    after a change in a single document takes, and the seconds of `zhimai build` where nothing has changed, beyond those of
    starting Python; each measured once, after a build of the sort that does not count. It is the time of processors: of minutes
    on the clock, too much is that of other programs."""
    corpus, out = aside / "many", aside / "again"
    corpus.mkdir()
    texts = list(_texts(folder).values())
    for number in range(documents - 1):
        (corpus / f"{number:06}.txt").write_text(_joined(texts, number), encoding="utf-8")
    changed = corpus / "changed.txt"
    command = [sys.executable, "-c", "from pipeline.cli import main; main()", "build", str(corpus)]
    command += ["--out", str(out), "--ontology", str(ROOT / "ontology")]

    def change() -> None:
        told = f"{changed.stat().st_size}个新业态" if changed.exists() else "新业态"
        with changed.open("a", encoding="utf-8") as text:
            text.write(f"海洋经济包括{told}。\n")

    def run(*words: str) -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(words, check=True, capture_output=True, cwd=ROOT)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    change()
    clean = run(*command)
    change()
    run(*command)
    change()
    one = run(*command)
    nothing = median(run(*command) - run(sys.executable, "-c", "pass") for _ in range(ROUNDS))
    return {"documents": documents, "one": one / clean, "nothing_s": nothing}


def _joined(texts: Sequence[str], first: int) -> str:
    """Texts from one of them on, one after another, until they are LENGTH characters."""
    joined = ""
    while len(joined) < LENGTH:
        joined += texts[first % len(texts)] + "\n\n"
        first += 1
    return joined


def _ratio(reference: Sequence[float], times: Sequence[float]) -> float:
    return median(r / t for r, t in zip(reference, times, strict=True))


def _time_store(lines: Sequence[str], aside: Path, rounds: int) -> dict[str, float]:
    """Triples, how many a second a build puts into a store on disk, with the ontology and the rules, and the ratio of that to the
    bare `bulk_load` of pyoxigraph of the same triples into one."""
    folder, rules = aside / "loaded", sorted((ROOT / "ontology" / "rules").glob("*.rq"))
    text = "".join(f"{line}\n" for line in lines).encode()

    def bare() -> None:
        Store(str(folder)).bulk_load(text, format=RdfFormat.N_QUADS)

    def ours() -> None:
        build_store(folder, (f"{line}\n" for line in lines), rules, ROOT / "ontology")

    def remove() -> None:
        shutil.rmtree(folder)

    seconds = _time({"disk": ours, "gone": remove, "bare": bare, "gone too": remove}, rounds)
    count = len(lines)
    return {"triples": count, "per_second": count / median(seconds["disk"]), "ratio": _ratio(seconds["bare"], seconds["disk"])}


def _peak_memory(folder: Path, aside: Path) -> float:
    """Most memory, in MB, that `zhimai build` takes for COPIES of the documents of a folder."""
    if not folder.is_dir():
        raise UsageError(f"{folder}: no such folder. Name a folder of documents.")
    for copy in range(COPIES):
        shutil.copytree(folder, aside / "copies" / str(copy))
    command = [sys.executable, "-c", "from pipeline.cli import main; main()", "build", str(aside / "copies")]
    options = ["--out", str(aside / "memory"), "--ontology", str(ROOT / "ontology")]
    done = subprocess.run([*command, *options], check=False, capture_output=True, text=True, cwd=ROOT)
    if done.returncode > 1 or not (aside / "memory").is_dir():
        raise UsageError(f"{folder}: the build did not run: {done.stderr.strip()}")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 2**10)  # bytes there, kilobytes elsewhere


_BESIDE = (("policies", "J"), ("papers", "J"), ("repair", "J"), ("pdf", "pdfium's plain text"))


def _as_text(result: Mapping[str, Mapping[str, float]]) -> str:
    rows = [(name, f"{speed:,.0f}", f"{result['ratio'].get(name, 1):.2f}") for name, speed in result["speed"].items()]
    lines = [f"{a:<12}{b:>14}{c:>8}" for a, b, c in [("stage", "characters/s", "× J"), *rows]]
    store, again = result["store"], result["again"]
    return "\n".join(
        [
            f"{result['text']['characters']:,} characters; J is jieba.lcut",
            *lines,
            f"store: {store['triples']:,} triples, {store['per_second']:,.0f}/s on disk, {store['ratio']:.2f} × bare bulk load",
            *(
                f"{name}: {result[name]['per_second']:,.0f} characters/s, {result[name]['ratio']:.2f} × {beside}"
                for name, beside in _BESIDE
                if name in result
            ),
            f"one of {again['documents']:,.0f} documents changed: {again['one']:.2f} of a clean build; "
            f"none changed: {again['nothing_s']:.2f} s beyond the start of Python",
            start_as_text(result["start"]),
            f"peak memory of a build: {result['memory']['peak_mb']:.0f} MB",
            growth_as_text(result),
            *(questions_as_text(result) if "large" in result else ()),
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
