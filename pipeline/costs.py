"""What a graph of a million documents costs, and of a hundred million: `python -m pipeline.costs` makes pipeline/costs.md anew.

It is worked out from what was measured (costs.toml): what a thousand documents take, and how that grows. A quantity that grows
with the exponent e takes (n / 1000) ** e times what it takes for a thousand documents, beside what any number takes.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FIGURES, PAGE = Path(__file__).with_name("costs.toml"), Path(__file__).with_name("costs.md")
SIZES = (1_000, 10_000, 1_000_000, 100_000_000)  # documents
THOUSAND = 1_000
_HOUR, _GB = 3600, 1e9


@dataclass(frozen=True, slots=True)
class Quantity:
    """What a thousand documents take, in the unit of the figures, the exponent with which that grows, and what any number takes
    beside that."""

    thousand: float
    exponent: float
    always: float = 0.0

    def of(self, documents: float) -> float:
        """What so many documents take."""
        return float(self.always + self.thousand * (documents / THOUSAND) ** self.exponent)

    def reaches(self, limit: float) -> float:
        """How many documents take as much as `limit`."""
        return float(THOUSAND * ((limit - self.always) / self.thousand) ** (1 / self.exponent))


@dataclass(frozen=True, slots=True)
class Costs:
    """The quantities by name, those `measured` for ten thousand documents, what is said of loading, and the one machine whose
    limits are told: all of costs.toml."""

    quantities: Mapping[str, Quantity]
    measured: Mapping[str, float]
    load: Mapping[str, float]
    machine: Mapping[str, float]

    def row(self, documents: int) -> dict[str, float]:
        """What so many documents take, by what the page says of it: hours of a processor, GB, triples and hours of loading."""
        taken = {name: quantity.of(documents) for name, quantity in self.quantities.items()}
        triples = taken["triples"]
        return {
            "extraction_hours": taken["extraction_s"] / _HOUR,
            "merging_hours": taken["merging_s"] / _HOUR,
            "shuffle_gb": taken["shuffle_bytes"] / _GB,
            "claims_gb": taken["claims_bytes"] / _GB,
            "triples": triples,
            "quads_gb": taken["quads_bytes"] / _GB,
            "store_gb": taken["store_bytes"] / _GB,
            "memory_gb": taken["memory_mb"] / 1e3,
            "oxigraph_hours": triples / self.load["oxigraph_triples_s"] / _HOUR,
            "qlever_hours": triples / self.load["qlever_triples_s"] / _HOUR,
        }

    def limits(self) -> dict[str, float]:
        """How many documents one machine can take: by its memory, by its disk, and by a day of its processors."""
        quantities, machine = self.quantities, self.machine
        day = 24 * _HOUR * machine["processors"]
        return {
            "memory": quantities["memory_mb"].reaches(machine["memory_gb"] * 1e3),
            "disk": quantities["store_bytes"].reaches(machine["disk_gb"] * _GB),
            "extraction": quantities["extraction_s"].reaches(day),
            "merging": quantities["merging_s"].reaches(24 * _HOUR),  # one process does it
        }


def read_costs(file: Path = FIGURES) -> Costs:
    """The figures of a file."""
    told: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))
    quantities = {name: Quantity(*figures) for name, figures in told["quantities"].items()}
    return Costs(quantities, told["measured"], told["load"], told["machine"])


_ROWS = (  # key of a row, what it is in English and Chinese
    ("extraction_hours", "reading and extraction, hours of one processor", "读入与抽取，单核小时"),
    ("merging_hours", "resolving, sharing, files, hours of one processor", "消歧、合并与写文件，单核小时"),
    ("shuffle_gb", "shuffled by Spark, GB", "Spark 洗牌，GB"),
    ("claims_gb", "claims as Parquet, GB", "断言（Parquet），GB"),
    ("triples", "triples", "三元组"),
    ("quads_gb", "N-Quads, GB", "N-Quads，GB"),
    ("store_gb", "store of Oxigraph, GB", "Oxigraph 存储，GB"),
    ("memory_gb", "memory of the plain build's process, GB", "单机构建主进程内存，GB"),
    ("oxigraph_hours", "load with Oxigraph, hours", "Oxigraph 装载，小时"),
    ("qlever_hours", "index with QLever, hours", "QLever 建索引，小时"),
)
_LIMITS = (
    ("memory", "its memory, for the names and facts of a plain build", "内存（单机构建的名称与事实）"),
    ("disk", "its disk, for the store", "磁盘（存储）"),
    ("extraction", "a day of all its processors, for extraction", "全部处理器一天（抽取）"),
    ("merging", "a day of one processor, for the rest of a plain build", "单核一天（单机构建的其余部分）"),
)


_HEAD = """\
# What a million documents cost · 一百万篇文档的开销

Made by `python -m pipeline.costs` from what was measured (`costs.toml` says how and where); a test holds it against that.
Documents have about 4,000 characters. What is beyond 10,000 documents is worked out, not measured.

由 `python -m pipeline.costs` 依实测数字（见 `costs.toml`）生成，有测试核对。每篇文档约四千字；一万篇以上为推算。
"""
_MACHINE = """\
One machine with {0:.0f} processors, {1:.0f} GB of memory and {2:.0f} TB of disk takes so many documents, by

一台 {0:.0f} 核、{1:.0f} GB 内存、{2:.0f} TB 磁盘的机器可容纳的文档数，取决于
"""
_BEYOND = """\
Beyond that: `zhimai build --engine spark`, whose N-Quads in parts go into QLever or GraphDB.

更大规模用 `zhimai build --engine spark`，分片的 N-Quads 可装入 QLever 或 GraphDB。
"""


def page(costs: Costs) -> str:
    """The page, in Markdown."""
    taken, limits, machine = [costs.row(size) for size in SIZES], costs.limits(), costs.machine
    rows = [(f"{english} · {chinese}", [_short(each[key]) for each in taken]) for key, english, chinese in _ROWS]
    table = [("", [f"{size:,}" for size in SIZES]), ("---", ["---:"] * len(SIZES)), *rows]
    ends = "".join(f"- {english} · {chinese}: {_short(limits[key])}\n" for key, english, chinese in _LIMITS)
    told = _MACHINE.format(machine["processors"], machine["memory_gb"], machine["disk_gb"] / 1e3)
    lines = "".join(f"| {name} | {' | '.join(cells)} |\n" for name, cells in table)
    return "\n".join((_HEAD, lines, told, ends, _BEYOND))


def _short(value: float) -> str:
    """Three digits that count, and what they are of: 1.2 million."""
    for size, name in ((1e9, " billion"), (1e6, " million")):
        if value >= size:
            return f"{value / size:.3g}{name}"
    return f"{value:,.0f}" if value >= 100 else f"{value:.2g}"


if __name__ == "__main__":
    made = page(read_costs())
    PAGE.write_text(made, encoding="utf-8", newline="\n")
    sys.stdout.write(made)
