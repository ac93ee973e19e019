"""Files and folders: which are documents, how bytes become text, what is said of a file that cannot be read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipeline.errors import ReadError, UsageError
from pipeline.read import READERS, decode, read
from pipeline.read.find import document_names, find_documents, survey
from tests.growth import LINEAR, growth

TEXT = "云渡市港口规划\n\n云渡市是海湾东岸的港口城市，产业基础较好。\n港区在建设中，发展的重点是绿色航运。\n"
TRADITIONAL = "雲渡市的產業經濟發展報告\n\n雲渡市是海灣東岸的港口城市，產業的發展與國際市場有關。為了經濟的發展，港區在建設中。\n"


def write(folder: Path, name: str, data: bytes | str) -> Path:
    path = folder / name
    if not path.parent.is_dir():
        path.parent.mkdir(parents=True)
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


SHORT = ("港口", "联通公司", "云渡港以深水岸线为基础。", "2031年4月5日，云渡市召开大会。")
SHORT_TRADITIONAL = ("港口規劃", "臺灣茶葉", "雲渡港以深水岸線為基礎。")
JAPANESE = ("港の計画について", "スマート農業は、センサー網を基礎とする。", "令和六年三月に会議を開催した。")
KOREAN = ("한국의 항만 계획", "스마트 농업은 센서 네트워크를 기반으로 한다.", "정부는 회의를 개최했다")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        *((text, encoding) for text in SHORT for encoding in ("utf-8", "gb18030", "hz", "utf-16-le", "utf-16-be")),
        *((text, encoding) for text in SHORT_TRADITIONAL for encoding in ("utf-8", "gb18030", "big5")),
        *((text, encoding) for text in JAPANESE for encoding in ("utf-8", "cp932", "euc_jp", "iso2022_jp")),
        *((text, encoding) for text in KOREAN for encoding in ("utf-8", "cp949", "iso2022_kr")),
        ("𠮷野港，㐀是生僻字，港口以龘为基础。", "gb18030"),
    ],
)
def test_short_texts_in_any_encoding(text: str, encoding: str) -> None:
    assert decode.decode(text.encode(encoding), "x.txt")[0] == text


_UTF8 = TEXT.encode()
_GBK = TEXT.encode("gbk")


@pytest.mark.parametrize(
    ("data", "text", "broken"),
    [
        (_UTF8[:-5], TEXT[:-3] + "\ufffd", 1),  # cut off within a character
        (_UTF8[:9] + b"\xff" + _UTF8[9:], TEXT[:3] + "\ufffd" + TEXT[3:], 1),
        (_UTF8[:9] + _UTF8[10:], TEXT[:3] + "\ufffd" * 2 + TEXT[4:], 2),  # one byte lost
        (_UTF8[:21] + b"\x00" + _UTF8[21:], TEXT[:7] + "\ufffd" + TEXT[7:], 1),
        (b"\xef\xbb\xbf" + _UTF8[:-5], TEXT[:-3] + "\ufffd", 1),
        (_UTF8 + _GBK + _UTF8, TEXT * 3, 0),  # two encodings in one file
        ("联系人：".encode() + "联通公司".encode("gbk") + b"\n" + _UTF8, "联系人：联通公司\n" + TEXT, 0),
        (_GBK[:-4], TEXT[:-3] + "\ufffd", 1),
        (_GBK[:6] + b"\xff" + _GBK[6:], TEXT[:3] + "\ufffd" + TEXT[3:], 1),
    ],
)
@pytest.mark.parametrize("suffix", ["txt", "md"])
def test_broken_bytes_are_repaired_and_counted(tmp_path: Path, data: bytes, text: str, broken: int, suffix: str) -> None:
    document = read(write(tmp_path, f"港口.{suffix}", data), tmp_path)
    assert document.source == text
    assert document.repairs.get("broken_character", 0) == broken


def test_broken_byte_in_a_page(tmp_path: Path) -> None:
    data = "<html><body><p>云渡港以深水岸线为基础，以绿色航运为方向。</p></body></html>".encode()
    document = read(write(tmp_path, "页.html", data[:24] + b"\xff" + data[24:]), tmp_path)
    assert (document.text, document.repairs["broken_character"]) == ("云渡港\ufffd以深水岸线为基础，以绿色航运为方向。", 1)


def test_noise_is_no_text() -> None:
    with pytest.raises(ReadError):
        decode.decode(bytes((7 * at * at + 13 * at) % 251 for at in range(3000)), "x.txt")


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("雲渡港以深水岸線為基礎。", "云渡港以深水岸线为基础。"),
        ("茶園由農戶經營", "茶园由农户经营"),
        ("于右任書云渡港碑", "于右任書云渡港碑"),  # one character is a name
        ("云渡港业务由張氏、陳氏经营，为发展开设码头。", "云渡港业务由張氏、陳氏经营，为发展开设码头。"),
    ],
)
def test_short_traditional_text(tmp_path: Path, source: str, text: str) -> None:
    document = read(write(tmp_path, "港.txt", source), tmp_path)
    assert (document.source, document.text) == (source, text)


def test_radicals_are_characters(tmp_path: Path) -> None:
    document = read(write(tmp_path, "港.txt", "⺠宿以⻓期客源为关键，⽔产、⻅习、⻝品与｢⻰舟｣，\uf9e1\U0002f8f3。"), tmp_path)
    assert document.text == "民宿以长期客源为关键，水产、见习、食品与「龙舟」，李歲。"
    assert document.source.startswith("⺠宿以⻓期")
    assert document.repairs["radical"] == 8


@pytest.mark.parametrize(
    ("name", "data", "fault"),
    [
        ("空.txt", b"", "is empty"),
        ("白.txt", " \n\u3000\n\t", "only white space"),
        ("数.txt", b"\x00\x01\x02 data \x00\x00\xff" * 9, "is binary"),
        ("图.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00" * 9, "is a picture: recognise its text"),
        ("录.mp3", b"ID3\x04\x00" + bytes(99), "is a sound recording"),
        ("包.rar", b"Rar!\x1a\x07\x00" + bytes(99), "is an archive: pack it as .zip"),
        ("控.txt", "港\x01\x02\x03口\x04\x05\x06" * 30, "is binary"),
        ("页码.txt", "1\n\n2\n\n— 3 —\n", "no text besides page furniture"),
        ("线.txt", "|---|---|\n|||\n", "no text besides page furniture"),
        ("表.csv", "港口,货物", "the .csv format is not read: convert to .txt, .md, .html, .docx or .pdf"),
        ("文.rtf", rb"{\rtf1 }", "holds no text"),
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
    assert [path.name for path in find_documents(tmp_path)] == ["a.txt", "b.txt", "c.txt"]
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


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="give the folder"):
        find_documents(tmp_path / "没有")


def test_names_and_media_types(tmp_path: Path) -> None:
    path = write(tmp_path, "甲/港口.MD", TEXT)
    document = read(path, tmp_path)
    assert (document.name, document.path, document.media_type) == ("港口", "甲/港口.MD", "text/markdown")
    assert read(path, tmp_path, "甲__港口").name == "甲__港口"
    assert len(document.sha256) == 64
    assert "text/plain" in READERS


@pytest.mark.skipif(os.name == "nt", reason="pipes and rights of POSIX")
def test_nothing_is_lost_in_silence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("readme汇编.txt", "License管理办法.txt", "README.md", "甲/LICENSE", ".git/x.txt", "密/乙.txt"):
        write(tmp_path, name, TEXT)
    os.mkfifo(tmp_path / "管.txt")
    scandir = os.scandir

    def forbidding(folder: Path) -> object:
        if Path(folder).name == "密":
            raise PermissionError(13, "Permission denied")
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", forbidding)
    found = survey(tmp_path)
    assert [path.name for path in found.documents] == ["License管理办法.txt", "readme汇编.txt", "密", "管.txt"]
    assert found.left_out == {".git": "hidden", "README.md": "about the folder", "甲/LICENSE": "about the folder"}
    with pytest.raises(ReadError, match="is no regular file"):
        read(tmp_path / "管.txt", tmp_path)


def test_folders_deeper_than_the_stack(tmp_path: Path) -> None:
    folders = [tmp_path]
    for _ in range(1_100):
        folders.append(folders[-1] / "d")
        folders[-1].mkdir()
    document = write(folders[-1], "底.txt", TEXT)
    assert find_documents(tmp_path) == [document]
    document.unlink()
    for folder in reversed(folders[1:]):  # what clears the temporary folder goes down by recursion
        folder.rmdir()


def test_naming_grows_with_the_number_of_documents() -> None:
    def named(number: int) -> object:
        return document_names([Path("in", str(n), "通知.txt") for n in range(number)], Path("in"))

    assert growth(lambda: named(500), lambda: named(2_000)) < LINEAR
