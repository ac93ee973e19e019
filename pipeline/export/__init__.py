"""The graph in the formats of other tools, a module a family of formats; the same store gives the same bytes."""

from __future__ import annotations

import codecs
import io
import os
import zipfile
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from pipeline.errors import UsageError
from pipeline.export.dataset import void
from pipeline.export.edges import gexf, graphml
from pipeline.export.jsonld import context, jsonld
from pipeline.export.neo4j import neo4j
from pipeline.export.rdf import RDF_12, rdf
from pipeline.export.tables import facts_csv, facts_parquet
from pipeline.store import FORMATS as RDF_FORMATS
from pipeline.store import Store

Writer = Callable[[Store], bytes]
_SUFFIXES = {"rdf": "rdfxml", "xml": "rdfxml", "json": "jsonld", "zip": "neo4j"}


def export(store: Store, form: str, *, with_ontology: bool = False, rdf12: bool = False, bom: bool = False) -> bytes:
    """Everything in `store` as `form`, a key of FORMATS.

    On request, in RDF also the ontology; in Turtle, N-Triples and their kin, what each claim states as triple terms of RDF 1.2;
    in CSV, a byte order mark. Raises UsageError for an unknown format, or one that has no room for what is asked.
    """
    if form not in FORMATS:
        raise UsageError(f"{form}: no such format. Choose one of {', '.join(FORMATS)}.")
    if with_ontology and form not in RDF_FORMATS:
        raise UsageError(f"{form}: holds facts only. Choose one of {', '.join(RDF_FORMATS)} for the ontology.")
    if rdf12 and form not in RDF_12:
        raise UsageError(f"{form}: has no triple terms. Choose one of {', '.join(RDF_12)} for RDF 1.2.")
    if bom and form != "csv":
        raise UsageError(f"{form}: has no byte order mark. Leave --bom out, or choose csv.")
    if rdf12:
        return rdf(store, form=form, with_ontology=with_ontology, rdf12=True)
    if with_ontology:
        return _RDF[form](store, with_ontology=True)
    return codecs.BOM_UTF8 + FORMATS[form](store) if bom else FORMATS[form](store)


def format_of(file: Path | None) -> str:
    """The format that the suffix of a file names; Turtle where there is no file. Raises UsageError for an unknown suffix."""
    if file is None:
        return "ttl"
    suffix = file.suffix.lower().lstrip(".")
    form = _SUFFIXES.get(suffix, suffix)
    if form not in FORMATS:
        raise UsageError(f"{file}: the suffix names no format. Give one with --format: {', '.join(FORMATS)}.")
    return form


def write_out(path: Path, form: str, content: bytes) -> None:
    """Write what was exported to a file; an archive to a folder, file by file, where `path` is not called .zip.

    Raises UsageError where that cannot be done.
    """
    if form != "neo4j" or path.suffix.lower() == ".zip":
        write_whole(path, content)
        return
    try:
        path.mkdir(exist_ok=True)
    except OSError as error:
        raise UsageError(f"{path}: cannot be made ({error.strerror}). Name a folder in one that exists.") from error
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            write_whole(path / name, archive.read(name))


def write_whole(file: Path, content: bytes) -> None:
    """Write a file whole or not at all. Raises UsageError where that cannot be done."""
    aside = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        try:
            aside.write_bytes(content)
            aside.replace(file)
        finally:
            aside.unlink(missing_ok=True)
    except OSError as error:
        raise UsageError(f"{file}: cannot be written ({error.strerror}). Name a file in a folder that exists.") from error


_RDF: Mapping[str, Callable[..., bytes]] = {form: partial(rdf, form=form) for form in RDF_FORMATS} | {"jsonld": jsonld}
FORMATS: Mapping[str, Writer] = {
    **_RDF,
    "graphml": graphml,
    "gexf": gexf,
    "neo4j": neo4j,
    "csv": facts_csv,
    "parquet": facts_parquet,
    "void": void,
    "context": context,
}
