"""A build on Spark gives what the plain engine gives, however its tables are parted, and whatever is lost on the way."""

from __future__ import annotations

import random
import shutil
import zipfile
from functools import partial
from itertools import chain, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx
import pyoxigraph as ox
import pytest

from pipeline import terms as t
from pipeline.build import build
from pipeline.builds import FILES, hold, store_of
from pipeline.errors import UsageError
from pipeline.read.decode import LIMIT
from pipeline.renew import Order, Report
from tests.samples import ROOT

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

pytest.importorskip("pyspark", reason="the extra spark is not installed")
if shutil.which("java") is None:
    pytest.skip("Spark needs Java", allow_module_level=True)

from pipeline.spark import documents, engine
from pipeline.spark.components import components
from pipeline.spark.corpus import Remote
from pipeline.spark.engine import build_on_spark
from pipeline.spark.places import Place
from pipeline.spark.tables import Tables
from tests.sparking import as_read, reading

ONTOLOGY = ROOT / "ontology"
HOW: dict[str, Any] = {"base": "https://example.org/id/", "least": 0.3}
OTHERWISE = {"spark.sql.shuffle.partitions": "3", "spark.sql.adaptive.enabled": "true"}
TEXTS = {
    "甲/报告.txt": "港口经济由码头和物流构成。\n\n2031年6月2日，青禾市水务局在临澜市召开港口大会。\n",
    "乙/报告.txt": "2031年6月，港口大会在临澜市举行。\n\n林望川认为，绿色工厂的关键在于循环利用。\n",
    "甲__报告.txt": "2031年6月2日，全国港口大会在临澜市召开。林女士指出，港口经济以开放为特征。\n",
    "公司.txt": "绿禾农业集团有限公司（以下简称绿禾集团）于2031年5月建成冷库。\n",
    "再说公司.txt": "2031年5月8日，绿禾集团建成储能电站。林女士认为，冷链产业包括冷藏运输、冷库和配送。\n",
    "_云渡.txt": "云渡市财政局、教育局关于印发《实施方案》的通知\n\n云财〔2031〕3号\n\n《实施方案》支持储能产业。\n\n"
    "云渡市财政局　云渡市教育局\n2031年3月5日\n",
    "青禾.md": "# 青禾市水务局关于印发《实施方案》的通知\n\n青水〔2031〕4号\n\n《实施方案》支持冷链产业。\n\n"
    "青禾市水务局\n2031年4月5日\n",
    "考察.txt": "2031年5月9日，林望川到临澜市、云渡市考察。\n\n云渡市财政局、云渡市教育局2031年4月在云渡市举办冷链产业推进会。\n",
    "又考察.txt": "2031年5月9日，林望川到临澜市考察冷库。\n\n港口大会提出，冷链产业包括冷藏运输。\n",
    "空.txt": "",
    "README.md": "# 这里的文件\n",
}
LATER = {"丙/报告.txt": "2031年6月2日，青禾市水务局在临澜市召开港口大会。\n\n绿禾集团是绿禾农业集团有限公司的简称。\n"}
NAMES = "绿色工厂 = 绿色制造\n林女士 @ 再说公司 ≠ 林女士\n"
REVIEW = (
    "wrong\t甲__报告\tdefines/feature\t港口经济；开放\t以开放为特征\t\t王敏",
    "wrong\t没有\tdefines/feature\t港口经济；开放\t以开放为特征\t\t王敏",
    "label\t林望川\t林局长\t王敏",
    "same\t没有的名\t港口经济\t王敏",
)


def write(folder: Path, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def fill(folder: Path, texts: dict[str, str]) -> Path:
    """A corpus whose names, events and bodies meet; two documents of it are broken."""
    write(folder, texts)
    (folder / "坏.docx").write_bytes(b"PK\x03\x04 no archive")
    with zipfile.ZipFile(folder / "包.zip", "w") as archive:
        archive.writestr("丁/港口.txt", "港口经济由码头、航线构成。\n")
    (folder / "review.tsv").write_text("\n".join(REVIEW), encoding="utf-8")
    return folder


def decisions(folder: Path) -> Path:
    (folder / "names.txt").write_text(NAMES, encoding="utf-8")
    return folder / "names.txt"


def on_spark(corpus: str, out: str, **given: Any) -> Report:
    return build_on_spark(Order(Path(corpus), Path(out), ONTOLOGY, **HOW | given), corpus, out)


def quads(out: Path) -> set[str]:
    """Every quad of a store, in lines."""
    store = ox.Store.read_only(str(store_of(hold(out).folder)))
    return {*(store.dump(format=ox.RdfFormat.N_QUADS) or b"").decode().splitlines()}


def parts(folder: Path, suffix: str) -> list[list[str]]:
    """The lines of each part, in the order of the parts; nothing else may be in the folder."""
    files = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    assert [path.name for path in files] == [f"part-{at:05}.{suffix}" for at in range(len(files))]
    return [path.read_text(encoding="utf-8").splitlines() for path in files]


def assert_quads(folder: Path, plain: Path) -> None:
    """The parts are sorted, each quad is in one of them, and they are those of the store of the plain engine."""
    found = parts(folder, "nq")
    assert all(part == sorted(part) for part in found)
    lines = list(chain(*found))
    assert len(lines) == len({*lines})
    assert {*lines} == quads(plain)


@pytest.fixture
def notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which the workers note what they read."""
    (tmp_path / "notes").mkdir()
    monkeypatch.setattr(documents, "_read", partial(reading, tmp_path / "notes"))
    return tmp_path / "notes"


def test_the_graph_is_that_of_the_plain_engine(spark: SparkSession, tmp_path: Path, notes: Path) -> None:
    """First of files of a file system that Hadoop knows, into parts, with a task that is lost; then of the grown folder itself,
    into files, in other partitions: nothing is read again but what is new, and what could not be read."""
    corpus, names, plain = fill(tmp_path / "in", TEXTS), decisions(tmp_path), tmp_path / "plain"
    report = build(corpus, plain, ontology=ONTOLOGY, names=names, **HOW)
    place = f"file://{tmp_path}/out"
    assert on_spark(f"file://{corpus}", place, names=names) == report
    made = tmp_path / "out" / "graph"
    assert (made / "_SUCCESS").is_file()
    assert_quads(made / "quads", plain)
    for name, suffix in (("claims", "jsonl"), ("rejected", "jsonl")):
        lines = list(chain(*parts(made / name, suffix)))
        assert lines == (plain / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    assert (made / "report.json").read_bytes() == (plain / "report.json").read_bytes()
    assert report.idle
    assert report.rejected["wrong by review"] == 1
    assert len(report.failures) == 2
    read = (notes / "read").read_text(encoding="utf-8").split("\n")[:-1]
    assert len(read) > len({*read}) == report.documents + 2  # one was lost and read again
    (notes / "read").unlink()

    shutil.copytree(ROOT / "corpus", corpus, dirs_exist_ok=True)
    write(corpus, LATER)
    report = build(corpus, plain, ontology=ONTOLOGY, names=names, **HOW)
    before = {name: spark.conf.get(name) or "" for name in OTHERWISE}
    for name, value in OTHERWISE.items():
        spark.conf.set(name, value)
    assert on_spark(str(corpus), str(tmp_path / "out"), names=names) == report
    for name, value in before.items():
        spark.conf.set(name, value)
    assert_quads(hold(tmp_path / "out").folder / "quads", plain)
    assert quads(tmp_path / "out") == quads(plain)
    for name in FILES:
        assert (tmp_path / "out" / name).read_bytes() == (plain / name).read_bytes(), name
    read = (notes / "read").read_text(encoding="utf-8").split("\n")[:-1]
    new = [path.name for path in (ROOT / "corpus").iterdir() if path.name != "README.md"]
    assert sorted(read) == sorted([*new, *LATER, "空.txt"])
    kinds = {line.split(" ")[2] for line in quads(plain) if f"<{t.TYPE}>" in line}
    told = {line.split(" ")[1] for line in quads(plain)}
    assert f"<{t.ZM}JointBody>" in kinds
    assert {f"<{t.QUALIFIER}>", f"<{t.NAME_REASON}>", f"<{t.SUB_ORGANIZATION_OF}>", f"<{t.HAS_MEMBER}>"} <= told


def test_a_table_may_hold_the_documents(spark: SparkSession, tmp_path: Path) -> None:
    fill(tmp_path / "in", {".隐/私.txt": "私", "空.txt": "", "甲/一.txt": "港口"})
    files = [path for path in (tmp_path / "in").rglob("*") if path.is_file()]
    rows = [(path.relative_to(tmp_path / "in").as_posix(), path.read_bytes()) for path in files]
    spark.createDataFrame(rows, "path string, content binary").write.parquet(str(tmp_path / "documents.parquet"))
    corpus = Remote.of_table(Place(spark, str(tmp_path / "documents.parquet")), spark)
    listed = corpus.listed()
    assert corpus.left_out(listed) == {".隐": "hidden", "review.tsv": "corrections"}
    read = corpus.opened(listed.where("left_out = ''").select("file", "path"), 2, as_read, "path string, told string").collect()
    assert {row["path"]: row["told"] for row in read} == {
        "包.zip/丁/港口.txt": "港口经济由码头、航线构成。\n",
        "坏.docx": "PK\x03\x04 no archive",
        "甲/一.txt": "港口",
        "空.txt": "is empty: remove it or put text into it",
    }
    other = Place(spark, f"file://{tmp_path}/other.parquet")
    spark.createDataFrame([(1,)], "path int").write.parquet(other.uri)
    with pytest.raises(UsageError, match=r"is no table of documents"):
        Remote.of_table(other, spark)


@pytest.mark.parametrize(
    ("corpus", "fault"),
    [
        ("file:///nowhere/in", r"^file:///nowhere/in: cannot be opened \(no such file\): give the folder"),
        ("nowhere.parquet", r"^nowhere.parquet: cannot be opened \(no such file\)"),
        ("abc://host/in", r'^abc://host/in: Spark could not build the graph \(.*No FileSystem for scheme "abc"\)\. Look into'),
    ],
)
def test_what_cannot_be_read_is_one_clear_error(spark: SparkSession, tmp_path: Path, corpus: str, fault: str) -> None:
    for out in (str(tmp_path / "out"), f"file://{tmp_path}/out"):
        with pytest.raises(UsageError, match=fault):
            on_spark(corpus, out)
    assert not (tmp_path / "out" / "current").exists()
    assert not (tmp_path / "out" / "graph").exists()


def test_a_long_file_is_not_read_for_saying_so(spark: SparkSession, tmp_path: Path) -> None:
    with (tmp_path / "长.txt").open("wb") as file:
        file.truncate(LIMIT + 1)
    place = Place(spark, f"file://{tmp_path}")
    corpus = Remote.of_files(place, place / "out", spark)
    (row,) = corpus.opened(corpus.listed().select("file", "path"), 1, as_read, "path string, told string").collect()
    assert row["told"].startswith("too large")


@pytest.mark.parametrize("seed", range(2))
def test_components(spark: SparkSession, tmp_path: Path, seed: int) -> None:
    """Of a path, whose ends are far apart, circles, loops and single edges."""
    chance = random.Random(seed)
    ids = chance.sample(range(-(1 << 60), 1 << 60), 300)
    edges = [*pairwise(ids[:60]), *((each, each) for each in ids[60:70])]
    edges += [(chance.choice(ids[70:]), chance.choice(ids[70:])) for _ in range(120)]
    tables = Tables(spark, Place(spark, f"file://{tmp_path}"))
    found = components(spark.createDataFrame(edges, "a bigint, b bigint"), tables).collect()
    graph = nx.Graph(edges)
    assert {(row["node"], row["component"]) for row in found} == {
        (node, min(part)) for part in nx.connected_components(graph) for node in part
    }
    assert len(found) == len(graph)


def test_a_document_that_gives_nothing_costs_no_other(
    spark: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One whose names cannot be resolved fails first, then one whose facts are at fault; the rest goes on without them."""
    asked: list[list[str]] = []

    def resolved(sound: DataFrame, *_: object) -> tuple[DataFrame, DataFrame]:
        asked.append(sorted(row["document"] for row in sound.collect()))
        if "甲" in asked[-1]:
            raise ValueError("a name")
        rows = [(name, "fault" if name == "乙" else "") for name in asked[-1]]
        return spark.createDataFrame(rows, "document string, failure string"), sound

    alone = spark.createDataFrame([("甲", "no name")], "document string, failure string")
    monkeypatch.setattr(engine, "_resolved", resolved)
    monkeypatch.setattr(engine, "failing", lambda *_: alone)
    known = spark.createDataFrame([(name, name, "") for name in "甲乙丙丁"], "document string, path string, failure string")
    tables = Tables(spark, Place(spark, f"file://{tmp_path}"))
    met = engine._shared(known, known, tables, spark.sparkContext.broadcast(None))  # type: ignore[arg-type]
    assert asked == [sorted("甲乙丙丁"), sorted("乙丙丁"), sorted("丙丁")]
    assert engine._failures(met.known, "in") == {"甲": "no name", "乙": "fault"}
    monkeypatch.setattr(engine, "failing", lambda *_: alone.limit(0))
    with pytest.raises(ValueError, match="a name"):  # it is the fault of no one document
        engine._shared(known, known, tables, spark.sparkContext.broadcast(None))  # type: ignore[arg-type]
