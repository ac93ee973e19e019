"""Words: the fast segmenter against the reference, names as one word, and noun phrases."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from unittest.mock import Mock

import jieba
import pytest

from pipeline.annotate import words
from pipeline.annotate.words import (
    cutter,
    make_doc,
    names_a_thing,
    noun_phrases,
    reads_as_noun,
    reference_tagger,
    reference_tokenizer,
    tagger,
)
from tests.extracting import Weak, agrees
from tests.test_extract_defines import MADE as DEFINITIONS
from tests.test_extract_events import MADE as EVENTS
from tests.test_extract_supports import MADE as POLICIES

TEXT = "\n".join(row.values[0] for row in (*DEFINITIONS, *EVENTS, *POLICIES))


def spans(words: Iterable[tuple[str, str]]) -> set[tuple[int, int]]:
    found = set()
    position = 0
    for word, _ in words:
        found.add((position, position + len(word)))
        position += len(word)
    return found


def agreement(one: Iterable[tuple[str, str]], other: Iterable[tuple[str, str]]) -> float:
    """F1 over the spans of the words."""
    left, right = spans(one), spans(other)
    return 2 * len(left & right) / (len(left) + len(right))


def test_port_agrees_with_jieba() -> None:
    pytest.importorskip("rjieba")
    assert len(TEXT) >= 4000
    assert "".join(word for word, _ in tagger()(TEXT)) == TEXT
    assert agreement(tagger()(TEXT), ((word, "") for word in jieba.Tokenizer().cut(TEXT))) >= 0.99


def test_port_loads_its_dictionary_no_second_time(monkeypatch: pytest.MonkeyPatch) -> None:
    rjieba = pytest.importorskip("rjieba")
    made = Mock(wraps=rjieba.Jieba)
    monkeypatch.setattr(rjieba, "Jieba", made)
    for kept in (words._port, tagger, cutter):
        kept.cache_clear()
    assert list(cutter()("家药企业")) + list(cutter(guesses=False)("家药")) == ["家药", "企业", "家", "药"]
    assert list(tagger()("企业")) == [("企业", "n")]
    assert made.call_count == 0  # its import has read it


def test_port_agrees_with_reference_tagger() -> None:
    pytest.importorskip("rjieba")
    assert agreement(tagger()(TEXT), reference_tagger()(TEXT)) >= 0.99


def test_tags_agree_where_words_do() -> None:
    pytest.importorskip("rjieba")
    lines = [(list(tagger()(line)), [tuple(pair) for pair in reference_tagger()(line)]) for line in TEXT.split("\n")]
    pairs = [
        pair for fast, slow in lines if [w for w, _ in fast] == [w for w, _ in slow] for pair in zip(fast, slow, strict=True)
    ]
    assert len(pairs) > 1000
    assert sum(one == other for one, other in pairs) / len(pairs) >= 0.95


def test_what_is_not_in_the_dictionary_is_guessed_or_not() -> None:
    assert list(cutter()("家药企业")) == ["家药", "企业"]
    assert list(cutter(guesses=False)("家药企业")) == ["家", "药", "企业"]


def test_reference_shares_no_cache_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path))
    list(reference_tokenizer.__wrapped__().cut("远洋渔业"))
    assert list(tmp_path.iterdir()) == []


def test_reference_leaves_the_global_tokenizer_alone() -> None:
    list(reference_tagger()("远洋渔业"))
    assert not sys.modules["jieba"].dt.initialized


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("培育智能海水养殖装备产业", "智能海水养殖装备产业"),
        ("在云渡省海洋与渔业局召开", "云渡省海洋与渔业局"),
        ("《渔港的歌》出版了", "《渔港的歌》"),
        ("他说得对", "说得对"),
    ],
)
def test_name_is_one_word(text: str, name: str) -> None:
    start = text.index(name)
    doc = make_doc(text, [(start, start + len(name))])
    assert "".join(token.text for token in doc) == text
    assert [(token.idx, token.tag_) for token in doc if token.text == name] == [(start, "NAME")]


def test_doc_of_nothing() -> None:
    assert len(make_doc("")) == 0


def test_several_names_side_by_side() -> None:
    doc = make_doc("渔港渔歌渔火", [(0, 2), (2, 4), (4, 6)])
    assert [token.text for token in doc] == ["渔港", "渔歌", "渔火"]


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("渔港", ["渔港"]),
        ("海水淡化技术", ["海水淡化技术"]),
        ("我国的海洋经济和冰雪旅游", ["海洋经济", "冰雪旅游"]),
        ("因为所以", []),
        ("医疗机构与社区", ["医疗机构", "社区"]),
    ],
)
def test_noun_phrases(text: str, phrases: list[str]) -> None:
    assert [text[start:end] for start, end in noun_phrases(text)] == phrases


def test_noun_phrase_holds_a_name() -> None:
    text = "推广慢慢来模式"
    assert (2, 7) in noun_phrases(text, [(2, 5)]) or (0, 7) in noun_phrases(text, [(2, 5)])


@pytest.mark.parametrize("phrase", ["海洋经济", "智慧养老服务", "远程医疗平台", "水资源", "AI芯片", "应急救护"])
def test_reads_as_noun(phrase: str) -> None:
    assert reads_as_noun(phrase)


@pytest.mark.parametrize(
    "phrase", ["", "的", "渔港", "渔民修船", "我国的海洋经济", "加快建", "AI芯片 ", "高效养殖装备", "在渔港"]
)
def test_reads_as_noun_says_what_a_doc_would(phrase: str) -> None:
    assert reads_as_noun(phrase) == (noun_phrases(phrase) == [(0, len(phrase))])


@pytest.mark.parametrize("phrase", ["非常", "不但", "的", "因为下雨", "它们", ""])
def test_does_not_read_as_noun(phrase: str) -> None:
    assert not reads_as_noun(phrase)


@pytest.mark.parametrize(
    ("phrase", "thing"),
    [
        ("木制渔船", True),
        ("社区医院", True),
        ("渔民修补渔网", False),
        ("学校开设课程", False),
        ("渔民买新船", Weak(False, True, "the segmenter makes one noun of a verb and its object that no dictionary holds")),
        ("渔民修船", Weak(False, True, "the segmenter makes one noun of a verb and its object that no dictionary holds")),
    ],
)
def test_names_a_thing(phrase: str, thing: bool | Weak) -> None:
    assert agrees(names_a_thing(phrase), thing)
