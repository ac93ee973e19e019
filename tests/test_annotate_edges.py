"""Names and cues at the edges of words."""

from __future__ import annotations

import pytest

from tests.extracting import annotate


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("产业发展处于均衡水平。", "衡水"),
        ("随后同江先生离开会场。", "同江"),
        ("开展信息消费城市行活动。", "费城"),
        ("规划适应城市更新。", "应城市"),
        ("沿海地区发展较快。", "海地"),
        ("易地搬迁安置点建成。", "迁安"),
        ("普通化妆品不得宣称疗效。", "通化"),
        ("游客来到云台山。", "台山"),
        ("我们隆重庆祝节日。", "重庆"),
        ("不少跨国企业到访。", "国企"),
        ("坚持实事求是。", "求是"),
        ("第九章附则。", "九章"),
        ("企业存储能力提升。", "储能"),
    ],
)
def test_a_name_within_a_word_is_none(text: str, name: str) -> None:
    assert name not in {text[m.start : m.end] for m in annotate(text).mentions}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("衡水经济增长较快。", "衡水"),
        ("中国政府发布报告。", "中国"),
        ("新疆生产建设兵团来人。", "新疆"),
        ("中国民航协会成立。", "民航"),
        ("北京人民大会堂开放。", "人民大会堂"),
        ("同江市举办渔业大会。", "同江市"),
        ("加大模型训练投入。", "大模型"),
        ("普通化妆品产业发展。", "化妆品产业"),
    ],
)
def test_a_name_at_the_edges_of_words(text: str, name: str) -> None:
    assert name in {text[m.start : m.end] for m in annotate(text).mentions}


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("项目的实施", "目的"),
        ("主动公开发布", "开发"),
        ("科研机构建设", "构建"),
        ("建筑结构成熟", "构成"),
        ("市区分为两片", "区分"),
    ],
)
def test_a_cue_within_a_word_is_none(text: str, cue: str) -> None:
    assert cue not in {found.text for found in annotate(text).cues}


@pytest.mark.parametrize(("text", "word"), [("管理结构成为规范", "成为"), ("软硬协同等标准", "等")])
def test_a_word_that_begins_within_a_look_alike_is_found(text: str, word: str) -> None:
    assert word in {found.text for found in annotate(text).words}


def test_a_cue_after_a_miscut_word_stands() -> None:
    assert "主线" in {found.text for found in annotate("海洋经济以创新为主线。").cues}
