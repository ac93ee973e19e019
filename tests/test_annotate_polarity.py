"""What a text denies, cancels, supposes, asks, doubts or calls for gives no fact; what only looks like it does."""

from __future__ import annotations

import pytest

from pipeline.annotate.polarity import Polarities
from pipeline.lexicon import WordClasses
from pipeline.model import Claim, Polarity, Span
from tests.extracting import claims_of, made, names
from tests.samples import ontology

EVENT, DEFINES, SUPPORTS = ("event", "茶业大会"), ("defines", "海洋经济", "港口"), ("supports", "临澜市规划", "电解铝产业")


def polarity(text: str, of: tuple[str, ...]) -> Polarity:
    """Of the claim that the whole text is read for; support is read from its verb on."""
    relation, *named = of
    start = max(text.find(verb) for verb in ("支持", "发展", "补贴")) if relation == "supports" else 0
    ends = [match for match in range(len(text)) if text[match] in "。？"]
    starts = [0, *(end + 1 for end in ends[:-1])]
    sentences = [Span(a, b + 1) for a, b in zip(starts, ends, strict=True)]
    return Polarities(text, sentences, WordClasses(ontology().lexicon)).of(
        relation, Span(max(start, 0), ends[0]), named
    )


@pytest.mark.parametrize(
    ("text", "of", "expected"),
    [
        ("2031年4月2日，临澜市未召开茶业大会。", EVENT, "denied"),
        ("2031年4月2日，临澜市并没有如期召开茶业大会。", EVENT, "denied"),
        ("2031年4月2日，临澜市尚未在北岬县举办茶业大会。", EVENT, "denied"),
        ("2031年4月2日的茶业大会未能召开。", EVENT, "cancelled"),
        ("2031年4月2日的茶业大会取消。", EVENT, "cancelled"),
        ("原定于2031年4月2日举行的茶业大会，因台风推迟。", EVENT, "cancelled"),
        ("临澜市取消原定2031年4月2日举行的茶业大会。", EVENT, "cancelled"),
        ("如果2031年4月2日召开茶业大会，各区应当参加。", EVENT, "supposed"),
        ("一旦2031年4月2日召开茶业大会，道路将会封闭。", EVENT, "supposed"),
        ("若2031年4月2日召开茶业大会，则由北岬县承办。", EVENT, "supposed"),
        ("2031年4月2日能否召开茶业大会，取决于天气。", EVENT, "asked"),
        ("2031年4月2日会召开茶业大会吗？", EVENT, "asked"),
        ("谁将在2031年4月2日召开茶业大会？", EVENT, "asked"),
        ("2031年4月2日召开茶业大会，是吗？", EVENT, "asked"),
        ("网传2031年4月2日召开茶业大会。", EVENT, "doubted"),
        ("2031年4月2日召开茶业大会的消息不属实。", EVENT, "doubted"),
        ("2031年4月2日召开茶业大会。经核实，该消息不实。", EVENT, "doubted"),
        ("海洋经济不以港口为核心。", DEFINES, "denied"),
        ("海洋经济并非以港口为基础。", DEFINES, "denied"),
        ("港口从来不是海洋经济的基础。", DEFINES, "denied"),
        ("没有证据表明海洋经济以港口为基础。", DEFINES, "doubted"),
        ("不能简单地认为海洋经济以港口为基础。", DEFINES, "doubted"),
        ("有人误以为海洋经济以港口为基础，以船舶为载体。", DEFINES, "doubted"),
        ("海洋经济以港口为基础，这一看法站不住脚。", DEFINES, "doubted"),
        ("假如海洋经济以港口为基础，那么规划就要调整。", DEFINES, "supposed"),
        ("海洋经济是否以港口为基础，尚有争论。", DEFINES, "asked"),
        ("海洋经济如何以港口为基础，值得研究。", DEFINES, "asked"),
        ("海洋经济要以港口为基础。", DEFINES, "called for"),
        ("海洋经济必须始终以港口为基础。", DEFINES, "called for"),
        ("《临澜市规划》不支持电解铝产业。", SUPPORTS, "denied"),
        ("《临澜市规划》不再支持电解铝产业。", SUPPORTS, "denied"),
        ("《临澜市规划》严禁违规发展电解铝产业。", SUPPORTS, "forbidden"),
        ("《临澜市规划》暂停支持电解铝产业。", SUPPORTS, "withheld"),
        ("《临澜市规划》是否支持电解铝产业，尚未明确。", SUPPORTS, "asked"),
    ],
)
def test_no_fact(text: str, of: tuple[str, ...], expected: Polarity) -> None:
    assert polarity(text, of) == expected


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("2031年4月2日，临澜市未央区召开茶业大会。", EVENT),
        ("2031年4月2日，临澜市召开茶业大会，未设分会场。", EVENT),
        ("2031年4月2日，未获邀请的企业参加茶业大会。", EVENT),
        ("2031年4月2日，临澜市召开茶业大会，但是否再办尚不清楚。", EVENT),
        ("茶业大会由4月1日推迟到2031年4月2日召开。", ("event", "2031年4月2日")),
        ("去年召开了茶业大会，请问有哪些成果？", EVENT),
        ("2031年4月2日，和若铁路开通后召开茶业大会。", EVENT),
        ("海洋经济不仅以港口为基础，而且以科技为支撑。", DEFINES),
        ("海洋经济无不以港口为基础。", DEFINES),
        ("如果没有港口，海洋经济就难以发展。", DEFINES),
        ("没有港口就没有海洋经济。", DEFINES),
        ("如果说港口是海洋经济的基础，那么船舶就是它的载体。", DEFINES),
        ("海洋经济需要以港口为基础。", DEFINES),
        ("海洋经济以港口为基础，不可或缺。", DEFINES),
        ("海洋经济以港口、不锈钢、无人机为基础。", DEFINES),
        ("海洋经济表现为转型不深入、港口陈旧。", DEFINES),
        ("海洋经济以不可再生资源为基础。", ("defines", "海洋经济", "不可再生资源")),
        ("海洋经济组织是不以营利为目的的组织。", ("defines", "海洋经济组织", "不以营利为目的的组织")),
        ("《临澜市规划》不断支持电解铝产业。", SUPPORTS),
        ("《临澜市规划》不仅支持电解铝产业，还支持渔业。", SUPPORTS),
        ("《临澜市规划》不支持渔业，支持电解铝产业。", SUPPORTS),
        ("《临澜市规划》支持未就业青年进入电解铝产业。", SUPPORTS),
    ],
)
def test_stated(text: str, of: tuple[str, ...]) -> None:
    assert polarity(text, of) == "stated"


def objects(claims: list[Claim], slot: str) -> set[str]:
    return {name for claim in claims for name in names(claim.slots.get(slot))}


def test_extraction_leaves_out_what_is_not_stated() -> None:
    text = "《临澜市规划》提出，不支持电解铝产业，支持储能产业。2031年4月2日，临澜市未召开茶业大会。"
    claims = [claim for claim in claims_of(made(text)) if claim.relation != "holds"]
    assert objects(claims, "o") == {"储能产业"}
    assert objects(claims, "event") == set()
    assert {claim.polarity for claim in claims} == {"stated"}


def test_a_long_sentence_is_read_near_the_claim_only() -> None:
    text = "谣传，" * 5_000 + "海洋经济以港口为基础。"
    start = text.index("海洋")
    polarities = Polarities(text, [Span(0, len(text))], WordClasses(ontology().lexicon))
    assert polarities.of("defines", Span(start, len(text)), ["海洋经济", "港口"]) == "doubted"
