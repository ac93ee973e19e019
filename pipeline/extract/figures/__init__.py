"""indicator: the figures that a document states, each with its subject, quantity, unit and period."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.extract.figures.grants import Grants
from pipeline.extract.figures.nouns import Nouns
from pipeline.extract.figures.patterns import patterns
from pipeline.extract.figures.prose import figures
from pipeline.extract.figures.quantities import Quantities
from pipeline.extract.figures.scene import Figure, Scene
from pipeline.extract.figures.speaker import Speaker
from pipeline.extract.figures.subjects import Subjects
from pipeline.extract.figures.when import Periods
from pipeline.extract.reader import Reader
from pipeline.model import Claim, Slot
from pipeline.patterns import lazy

# A figure, a numeral that is no lone 一, or a rank.
_MAY_HOLD = lazy("[0-9０-９二三四五六七八九十百千万亿两首榜魁]|第一|一[成倍番]")
_MARKUP = "td>"  # a table that was left as it stood


def claims(reader: Reader) -> Iterator[Claim]:
    """Every figure of the running text, in order."""
    scene, periods = scene_of(reader), Periods(reader)
    text = reader.text
    for sentence in reader.annotated.sentences:
        if not _MAY_HOLD.search(text, *sentence) or reader.is_aside(sentence.start) or text.find(_MARKUP, *sentence) >= 0:
            continue
        if reader.block(sentence.start).kind in ("heading", "title"):
            continue
        scene.enter(sentence)
        for figure in figures(scene):
            yield _claim(reader, figure, periods)


def scene_of(reader: Reader) -> Scene:
    """What is in force in one document, before its first sentence."""
    made = patterns(reader.ontology)
    speaker = Speaker(reader, made)
    nouns = Nouns(reader, made, speaker)
    subjects = Subjects(reader, made, speaker, nouns)
    quantities, grants = Quantities(reader, made, nouns, subjects), Grants(reader, made, nouns, subjects)
    return Scene(reader, made, speaker, nouns, subjects, quantities, grants)


def _claim(reader: Reader, figure: Figure, periods: Periods) -> Claim:
    period, planned = periods.of(figure)
    slots: dict[str, Slot] = {
        "s": figure.s,
        "indicator": figure.indicator,
        "value": figure.value,
        "unit": figure.unit,
        "bound": figure.bound,
        "period": period,
        "change": "true" if figure.change else None,
    }
    return reader.claim("indicator", slots, figure.start, figure.end, figure.rule, planned=planned)
