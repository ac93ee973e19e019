"""Reads .epub: the chapters of the spine in order, each as a web page, under the title of the book (EPUB 3.3)."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element as Node

from pipeline.errors import ReadError
from pipeline.model import Place
from pipeline.read.html import UNSHOWN
from pipeline.read.layout import Element
from pipeline.read.package import Package, within

Page = Callable[[bytes, str], list[Element]]  # reads a web page: its bytes, its name → its elements


def elements(data: bytes, name: str, page: Page) -> list[Element]:
    """The elements of a book. ReadError where it cannot be opened, is locked, or no chapter holds text."""
    package = Package(data, name, "book", ".epub")
    container = package.tree("META-INF/container.xml")
    root = next((each.get("full-path", "") for each in (() if container is None else container.iter("rootfile"))), "")
    book = package.tree(root)
    if book is None:
        raise package.damaged("it names no package document")
    found = list(_chapters(package, book, posixpath.dirname(root), page))
    if all(element.left_out for element in found):
        raise ReadError(f"{name}: holds no text: put text into it or remove it")
    title = " ".join((book.findtext("metadata/title") or "").split())
    if title and not any(element.kind == "title" for element in found):
        found.insert(0, Element(title, kind="title", places=((0, Place(path=root)),)))
    return found


def _chapters(package: Package, book: Node, folder: str, page: Page) -> Iterator[Element]:
    """The elements of each chapter; its title is a heading, and the list of chapters is left out."""
    items = {item.get("id", ""): item for item in book.iterfind("manifest/item")}
    locked = _locked(package)
    tables = 0
    for reference in book.iterfind("spine/itemref"):
        item = items.get(reference.get("idref", ""))
        if item is None or "html" not in item.get("media-type", ""):
            continue
        part = within(folder, item.get("href", ""))
        if part in locked:
            raise ReadError(f"{package.name}: is locked (DRM): it can be read only where it was bought")
        try:
            found = page(package.content(part) or b"", part)
        except ReadError:  # a cover or a plate, which holds no text
            continue
        contents = "table of contents" if "nav" in item.get("properties", "").split() else ""
        for element in found:
            if [place.path for _, place in element.places] == [UNSHOWN]:
                continue
            places = tuple((at, Place(path=part + place.path)) for at, place in element.places)
            if contents:
                yield Element(" ".join(element.cells) or element.text, places=places, left_out=element.left_out or contents)
            elif element.kind == "title":
                yield replace(element, kind="heading", level=1, places=places)
            else:
                yield replace(element, table=element.table and tables + element.table, places=places)
        tables += max((element.table for element in found), default=0)


def _locked(package: Package) -> set[str]:
    """The parts that are encrypted; fonts often are, without harm."""
    root = package.tree("META-INF/encryption.xml")
    return {within("", each.get("URI", "")) for each in (() if root is None else root.iter("CipherReference"))}
