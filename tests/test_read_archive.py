"""Documents within archives, and archives that would do harm."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from pipeline.errors import ReadError
from pipeline.read import archive, read
from pipeline.read.find import find_documents

TEXT = "云渡市港口规划\n\n云渡市是海湾东岸的港口城市，产业基础较好。\n"


def pack(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in members.items():
            packed.writestr(name, data)
    return path


def names(folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in find_documents(folder)]


def fault(path: Path, corpus: Path) -> str:
    with pytest.raises(ReadError) as caught:
        read(path, corpus)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_members_are_documents(tmp_path: Path) -> None:
    pack(
        tmp_path / "文件.zip",
        {"甲/港口.txt": TEXT.encode(), "乙.md": TEXT.encode(), "README.txt": b"x", "__MACOSX/._乙.md": b"x"},
    )
    (tmp_path / "丙.txt").write_text(TEXT, encoding="utf-8")
    assert names(tmp_path) == ["丙.txt", "文件.zip/乙.md", "文件.zip/甲/港口.txt"]
    document = read(tmp_path / "文件.zip" / "甲" / "港口.txt", tmp_path)
    assert (document.name, document.path, document.source) == ("港口", "文件.zip/甲/港口.txt", TEXT)


def test_names_in_gbk(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.zip", {"port.txt": TEXT.encode()})
    path.write_bytes(path.read_bytes().replace(b"port", "港口".encode("gbk")))  # as Windows in China packs it
    assert names(tmp_path) == ["a.zip/港口.txt"]
    assert read(tmp_path / "a.zip" / "港口.txt", tmp_path).source == TEXT


def test_names_that_lead_out_are_refused_and_the_others_read(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.zip", {"../外.txt": TEXT.encode(), "/根.txt": TEXT.encode(), "港口.txt": TEXT.encode()})
    assert names(tmp_path) == ["a.zip", "a.zip/港口.txt"]
    assert "holds 2 files whose names lead out of it" in fault(path, tmp_path)
    assert read(path / "港口.txt", tmp_path).title == "云渡市港口规划"


def test_member_too_large(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.zip", {"港口.txt": bytes(201 * 1024 * 1024)})
    assert "港口.txt: too large" in fault(path / "港口.txt", tmp_path)


def test_archive_that_would_fill_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "TOTAL", 100)
    path = pack(tmp_path / "a.zip", {"港口.txt": TEXT.encode() * 9})
    assert names(tmp_path) == ["a.zip"]
    assert "would unpack to" in fault(path, tmp_path)


def test_archive_within_an_archive(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as packed:
        packed.writestr("港口.txt", TEXT)
    path = pack(tmp_path / "a.zip", {"内.zip": inner.getvalue()})
    assert "is an archive within an archive: unpack it" in fault(path / "内.zip", tmp_path)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 and no more", b"no archive"])
def test_broken(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.zip").write_bytes(data)
    assert names(tmp_path) == ["a.zip"]
    assert fault(tmp_path / "a.zip", tmp_path).startswith(str(tmp_path / "a.zip"))


def test_damaged_member(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.zip", {"港口.txt": TEXT.encode() * 50})
    data = bytearray(path.read_bytes())
    data[60:70] = b"\xff" * 10
    path.write_bytes(bytes(data))
    assert "cannot be unpacked" in fault(path / "港口.txt", tmp_path)


def test_encrypted_member(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.zip", {"port.txt": TEXT.encode()})
    data = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1
    path.write_bytes(bytes(data))
    assert "is encrypted" in fault(path / "port.txt", tmp_path)


def test_archive_without_documents(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.zip", {"夹/": b""})
    assert names(tmp_path) == ["a.zip"]
    assert "holds no documents" in fault(path, tmp_path)


@pytest.mark.parametrize(
    ("name", "members", "said"),
    [
        ("表.xlsx", {"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<x/>"}, "holds no text"),
        ("表.xlsb", {"[Content_Types].xml": b"<x/>", "xl/workbook.bin": b"x"}, "is a binary spreadsheet (.xlsb)"),
        ("文.pages", {"Index/Document.iwa": b"x"}, "is an Apple Pages, Numbers or Keynote file"),
        ("包.jar", {"META-INF/MANIFEST.MF": b"x"}, "is a Java archive"),
        ("文.xps", {"[Content_Types].xml": b"<x/>", "FixedDocSeq.fdseq": b"x"}, "is an XPS file"),
    ],
)
def test_packed_documents_are_no_archives(tmp_path: Path, name: str, members: dict[str, bytes], said: str) -> None:
    path = pack(tmp_path / name, members)
    assert names(tmp_path) == [name]
    assert said in fault(path, tmp_path)


def test_any_name_of_a_member(tmp_path: Path) -> None:
    odd = ["a//b.txt", "./c.txt", "d\\e.txt", "甲\u2028乙.txt", "\x1b[31m.txt", "10:30 会议.txt", "长" * 400 + ".txt", "NUL"]
    path = pack(tmp_path / "a.zip", {name: TEXT.encode() for name in odd})
    path.write_bytes(path.read_bytes().replace(b"NUL", b"n\0l"))
    found = find_documents(tmp_path)
    assert len(found) == len(odd)
    assert {read(each, tmp_path).source for each in found} == {TEXT}


def test_members_of_one_name_are_told(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.zip", {"port1.txt": TEXT.encode(), "port2.txt": TEXT.encode()})
    path.write_bytes(path.read_bytes().replace(b"port1", b"port2"))
    assert names(tmp_path) == ["a.zip", "a.zip/port2.txt"]
    assert "holds 1 files whose names another has, such as 'port2.txt'" in fault(tmp_path / "a.zip", tmp_path)
