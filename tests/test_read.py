"""Files and folders: which are documents, how bytes become text, what is said of a file that cannot be read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipeline.errors import ReadError, UsageError
from pipeline.read import READERS, decode, find_documents, read

TEXT = "云渡市港口规划\n\n云渡市是海湾东岸的港口城市，产业基础较好。\n港区在建设中，发展的重点是绿色航运。\n"
TRADITIONAL = "雲渡市的產業經濟發展報告\n\n雲渡市是海灣東岸的港口城市，產業的發展與國際市場有關。為了經濟的發展，港區在建設中。\n"


def write(folder: Path, name: str, data: bytes | str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        (TEXT.encode(), TEXT, "utf-8"),
        (b"\xef\xbb\xbf" + TEXT.encode(), TEXT, "utf-8"),
        (b"\xff\xfe" + TEXT.encode("utf-16-le"), TEXT, "utf-16-le"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), TEXT, "utf-16-be"),
        (b"\xff\xfe\x00\x00" + TEXT.encode("utf-32-le"), TEXT, "utf-32-le"),
        (TEXT.encode("utf-16-le"), TEXT, "utf-16-le"),
        (TEXT.encode("utf-16-be"), TEXT, "utf-16-be"),
        (TEXT.encode("gb18030"), TEXT, "gb18030"),
        (TRADITIONAL.encode("big5"), TRADITIONAL, "big5hkscs"),
        (b"Plain ASCII, nothing else.\n", "Plain ASCII, nothing else.\n", "utf-8"),
    ],
)
def test_encodings(tmp_path: Path, data: bytes, text: str, encoding: str) -> None:
    document = read(write(tmp_path, "港口.txt", data), tmp_path)
    assert (document.source, document.encoding) == (text, encoding)


def test_guessed_encoding() -> None:
    japanese = "港の計画について、ひらがなとカタカナで書かれた文書です。" * 20
    text, _ = decode.decode(japanese.encode("euc_jp"), "x.txt")
    assert text


@pytest.mark.parametrize(
    ("name", "data", "fault"),
    [
        ("空.txt", b"", "is empty"),
        ("白.txt", " \n\u3000\n\t", "only white space"),
        ("数.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00" * 9, "is binary"),
        ("控.txt", "港\x01\x02\x03口\x04\x05\x06" * 30, "is binary"),
        ("页码.txt", "1\n\n2\n\n— 3 —\n", "no text besides page furniture"),
        ("表.csv", "港口,货物", "the .csv format is not read: convert to .txt, .md, .html, .docx or .pdf"),
        ("文.rtf", rb"{\rtf1 x}", "the .rtf format is not read: convert"),
        ("包.zip", b"PK", "is no archive that can be opened"),
    ],
)
def test_refused(tmp_path: Path, name: str, data: bytes | str, fault: str) -> None:
    with pytest.raises(ReadError, match=fault) as caught:
        read(write(tmp_path, name, data), tmp_path)
    assert name in str(caught.value)
    assert "\n" not in str(caught.value)


def test_missing(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no such file"):
        read(tmp_path / "没有.txt", tmp_path)


def test_folder_as_document(tmp_path: Path) -> None:
    (tmp_path / "夹.txt").mkdir()
    with pytest.raises(ReadError, match="is a folder"):
        read(tmp_path / "夹.txt", tmp_path)


def test_loop_of_links(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to("b.txt")
    (tmp_path / "b.txt").symlink_to("a.txt")
    write(tmp_path, "c.txt", TEXT)
    assert [path.name for path in find_documents(tmp_path)] == ["c.txt"]
    with pytest.raises(ReadError, match="cannot be opened"):
        read(tmp_path / "a.txt", tmp_path)


@pytest.mark.parametrize("limit", ["LIMIT", "TEXT_LIMIT"])
def test_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    monkeypatch.setattr(decode, limit, 20)
    with pytest.raises(ReadError, match=r"too large .* split it"):
        read(write(tmp_path, "大.txt", TEXT), tmp_path)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the superuser may read everything")
def test_forbidden(tmp_path: Path) -> None:
    path = write(tmp_path, "密.txt", TEXT)
    path.chmod(0)
    with pytest.raises(ReadError, match="cannot be opened"):
        read(path, tmp_path)


def test_find_documents(tmp_path: Path) -> None:
    for name in ("b/二.md", "a.txt", "b/一.txt", ".hidden.txt", ".git/x.txt", "README.md", "b/readme.txt", "LICENSE", "图.png"):
        write(tmp_path, name, TEXT)
    (tmp_path / "b" / "up").symlink_to(tmp_path)
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    found = [path.relative_to(tmp_path).as_posix() for path in find_documents(tmp_path)]
    assert found == ["a.txt", "b/一.txt", "b/二.md", "gone.txt", "图.png"]


@pytest.mark.parametrize("name", ["没有", "a.txt"])
def test_no_folder(tmp_path: Path, name: str) -> None:
    write(tmp_path, "a.txt", TEXT)
    with pytest.raises(UsageError, match="give the folder"):
        find_documents(tmp_path / name)


def test_names_and_media_types(tmp_path: Path) -> None:
    path = write(tmp_path, "甲/港口.MD", TEXT)
    document = read(path, tmp_path)
    assert (document.name, document.path, document.media_type) == ("港口", "甲/港口.MD", "text/markdown")
    assert read(path, tmp_path, "甲__港口").name == "甲__港口"
    assert len(document.sha256) == 64
    assert "text/plain" in READERS
