"""What makes a clause of what could be the name of a field (基金投资竹产业), and the verb before a name: 创建|渔家酒店."""

from __future__ import annotations

from itertools import pairwise

from pipeline.annotate.words import words_of
from pipeline.extract.reader import Reader
from pipeline.grammar.list_slots import JOINS
from pipeline.patterns import lazy

# What is done by someone, or to whom, is a clause: 企业管理提供定制化决策服务, 新落户我市会展; so is what opens as one does.
_CLAUSE = lazy(
    r".{2,}(?:提供|开展|进行|给予|予以|实施(?!技术))|.*[我本][省市县区国]|(?:为(?!老)|将(?!军)|要(?!素)|具有|具备|拥有|面向|适应|适合|满足|符合|涉及|用于|解决|制定|编制|修订)|.*(?:(?:相关|有关|重点|各)(?:重点)?行业|覆盖面)$"
    r"|[^业]{0,4}(?:企业|院校|高校|农户)(?!服务|级|孵化|软件|家|总部|管理|信用).{2,4}$|(?:政府|政务|个人|用户)(?:数据|信息)$|.*数据与.*数据$"
)
_PHRASAL = 4  # characters of a verb with its adverb, which is tagged as a noun: 充分利用
_FIELD = 3  # characters of what someone acts on, as the name of a field


def opens_as_clause(label: str) -> bool:
    """Whether a phrase opens or ends as what someone does, or to whom it is done, opens or ends."""
    return _CLAUSE.match(label) is not None


def is_clause(reader: Reader, phrase: str) -> bool:
    """Whether a phrase says that something does something: 银行更好服务实体经济, 农民工参加养老保险, 基金投资竹产业."""
    words = words_of(phrase)
    within = words[:-1]
    return (
        any(_tells(reader, word, tag) for word, tag in within[1:])
        or any(_acts(reader, actor, verb, tag) for (actor, _), (verb, tag) in pairwise(within))
        or any(_acts_on(reader, words, at) for at in range(1, len(words) - 1))
        or any(tag == "v" and _is_adverb(reader, word) for (word, _), (_, tag) in pairwise(within[1:]))
    )


def _is_adverb(reader: Reader, word: str) -> bool:
    """Whether a word that may be a noun says how the verb behind it is done: 技术|全面|渗透."""
    return word not in JOINS and reader.is_word(word, "lead_words")


def _acts(reader: Reader, actor: str, verb: str, tag: str) -> bool:
    """Whether a word is what the one before it does: 金融机构|创新|产品; not 企业|管理|服务."""
    acts = tag == "v" and not reader.is_word(verb, "verbal_nouns")
    return acts and len(actor) > 1 and reader.ends_in(actor, "actors")


def _acts_on(reader: Reader, words: tuple[tuple[str, str], ...], at: int) -> bool:
    """Whether words[at] is what the one before it does with a field, though it may be a noun: 基金|投资|竹产业."""
    actor, verb = words[at - 1][0], words[at][0]
    rest = "".join(word for word, _ in words[at + 1 :])
    acts = len(actor) > 1 and reader.ends_in(actor, "actors") and reader.is_word(verb, "acts_on")
    return acts and len(rest) >= _FIELD and reader.wording.ends_in_field(rest)


def _tells(reader: Reader, word: str, tag: str) -> bool:
    """Whether a word within a phrase makes a clause of it: an adverb, a preposition, a verb that governs what follows."""
    governs = reader.is_word(word, "governing_verbs") and not reader.is_word(word, "verbal_nouns")
    if tag[0] != "v":
        adverb = tag in ("d", "zg", "p") or (tag == "ad" and reader.is_word(word, "lead_words"))
        return word not in JOINS and (adverb or (governs and len(word) >= _PHRASAL))
    return reader.is_word(word, "clause_verbs") or (tag != "vn" and governs)


def verb_before(reader: Reader, phrase: str) -> int:
    """How long the verb is that opens a phrase and governs the rest of it: 创建|渔家酒店, 发行|渔业债券; 0 where none does."""
    words = words_of(phrase)
    verb = words[0][0] if len(words) > 1 else ""
    governs = (
        len(verb) > 1
        and (reader.is_word(verb, "governing_verbs") or reader.is_word(verb, "founds"))
        and not reader.is_word(verb, "verbal_nouns")
        and not opens_as_clause(phrase)
    )
    suffix = governs and words[1][0][0] in _SUFFIXES  # 改善|性住房
    return len(verb) if governs and not suffix and len(phrase) - len(verb) > 1 else 0


_SUFFIXES = "性型式化类级"
