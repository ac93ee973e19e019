"""The graph as the two files that `neo4j-admin database import full` reads, in an archive."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence

from pipeline.export.edges import edges, nodes
from pipeline.store import Store

_NODES = ("iri:ID", "label", "date", ":LABEL")
_RELATIONSHIPS = (":START_ID", ":END_ID", ":TYPE", "property", "document", "quote", "confidence:double")
_MADE = (1980, 1, 1, 0, 0, 0)  # the first time that an archive can tell: two exports of one graph are the same bytes


def neo4j(store: Store) -> bytes:
    """nodes.csv and relationships.csv, zipped; a node's labels are its classes, a relationship's type is the property's name."""
    things = ((node.iri, node.label, node.date, ";".join(node.kinds)) for node in nodes(store))
    facts = ((edge.source, edge.target, edge.label, edge.property, *edge.evidence) for edge in edges(store))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, header, rows in (("nodes.csv", _NODES, things), ("relationships.csv", _RELATIONSHIPS, facts)):
            entry = zipfile.ZipInfo(name, _MADE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, _csv(header, rows))
    return packed.getvalue()


def _csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """CSV for a database: no cell is changed for a spreadsheet's sake, and none holds a line break."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode()
