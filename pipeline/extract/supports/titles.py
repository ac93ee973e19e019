"""What the titles of policies say that they support: the title of the text itself, and those that it names."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.extract.reader import ASIDE, Reader
from pipeline.model import Claim, Mention
from pipeline.parse.scope import PolicyScope
from pipeline.patterns import lazy

_FURTHERS = lazy(
    r"(?:支持|促进|推动|推进|加快|培育|发展|振兴|扶持)[^，。]{2,30}?(?:发展|振兴|壮大|提升|建设)?|[^，。]{2,20}(?:倍增|提升|"
    r"培育|振兴|促进|发展)(?:专项)?(?:行动|计划|工程|方案|规划|条例)"
)
# What a policy is against, watches over, or only puts in order.
_AGAINST = "%acts_against%|规范(?!化|健康|有序|发展|管理)"
# 渔业管理局关于…: the field is part of the name of the body that gives the title.
_OF_BODY = lazy(
    "(?:(?!关于|的|发展|行动)[\u4e00-\u9fff]){0,8}?(?:办公室|小组|委员会|协会|[部厅局委])(?:等|关于|印发|公告|通告|令|、|和|《|\\d|$)"
)


def is_against(reader: Reader, title: str) -> bool:
    """Whether the name of a policy says that it is against something, watches over it or puts it in order: 渔业市场整治行动."""
    return reader.pattern(_AGAINST).search(title) is not None


def in_title(reader: Reader, policies: PolicyScope) -> Iterator[Claim]:
    """关于支持低空经济高质量发展的若干措施 supports 低空经济; the first title of each policy that the document holds."""
    told: set[str] = set()
    for block in reader.document.blocks:
        own = policies.own(block.start) if block.kind == "title" else None
        if own is None or own.label in told:
            continue
        told.add(own.label)
        if is_against(reader, reader.text[block.start : block.end]):
            continue
        for mention in reader.mentions(block.start, block.end):
            if mention.kind in ("Industry", "Technology") and not _is_elsewhere(reader, block.start, mention):
                o = reader.name(mention.start, mention.end, mention.kind)
                yield reader.claim("supports", {"s": own, "o": o}, block.start, block.end, "supports.title")


def _is_elsewhere(reader: Reader, start: int, mention: Mention) -> bool:
    """Whether a field says where a text is printed, or who gives it: 【中国渔业法规】, 渔业管理局关于…."""
    text = reader.text
    site = text.rfind("【", start, mention.start) > text.rfind("】", start, mention.start)
    return site or _OF_BODY.match(text, mention.end) is not None


def by_titles(reader: Reader, policies: PolicyScope) -> Iterator[Claim]:
    """《关于促进银发经济发展的实施意见》: the title of another policy says what that policy supports."""
    for mention in reader.mentions_of("title"):
        policy = policies.of_mention(mention)
        if (
            policy is None
            or reader.block(mention.start).kind in (*ASIDE, "title", "heading")
            or not _FURTHERS.search(policy.label)
            or is_against(reader, policy.label)
        ):
            continue
        field = next((m for m in reader.mentions(mention.start + 1, mention.end) if m.kind in ("Industry", "Technology")), None)
        if field:
            o = reader.name(field.start, field.end, field.kind)
            yield reader.claim("supports", {"s": policy, "o": o}, mention.start, mention.end, "supports.in_title")
