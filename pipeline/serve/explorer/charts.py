"""Small charts of figures over time, as coordinates for SVG."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.amounts import amount
from pipeline.patterns import lazy
from pipeline.serve.explorer.lines import Line

WIDTH, HEIGHT, LEFT, EDGE = 320, 120, 8, 18
_DATE = lazy(r"(\d{4})(?:-(\d{2}))?")
_MOST = 6  # charts of a section


@dataclass(frozen=True, slots=True)
class Point:
    """A figure: where it stands, its time and value as told, whether it is planned."""

    x: float
    y: float
    when: str
    value: str
    planned: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """Figures of one quantity of one thing, in order of time."""

    of: str
    indicator: str
    unit: str
    change: bool
    points: Sequence[Point]

    @property
    def path(self) -> str:
        """The points of a polyline."""
        return " ".join(f"{point.x},{point.y}" for point in self.points)


def charts(lines: Sequence[Line]) -> list[Chart]:
    """A chart for each quantity that figures of two times or more are of."""
    series: dict[tuple[str, str, str, bool], list[tuple[float, float, Line]]] = defaultdict(list)
    for line in lines:
        row = line.row
        exact, when = amount(row["value"] or "", row["unit"] or ""), _time(row["period"] or "")
        if exact is not None and when is not None and line.subject:
            about = (line.subject.label, str(row["indicator"]["label"]), exact.unit, bool(row.get("change")))
            series[about].append((when, float((exact.low + exact.high) / 2), line))
    found = [(about, sorted(points, key=lambda point: point[:2])) for about, points in series.items()]
    drawn = [_chart(about, points) for about, points in found if len({when for when, _, _ in points}) > 1]
    return sorted(drawn, key=lambda chart: -len(chart.points))[:_MOST]


def _time(period: str) -> float | None:
    """The last year of a period, with its month as a part of it."""
    found = list(_DATE.finditer(period))
    return int(found[-1][1]) + (int(found[-1][2] or 12) - 1) / 12 if found else None


def _chart(about: tuple[str, str, str, bool], points: Sequence[tuple[float, float, Line]]) -> Chart:
    times, values = [point[0] for point in points], [point[1] for point in points]
    low, high = min(0.0, *values), max(0.0, *values)

    def point(when: float, value: float, line: Line) -> Point:
        x = LEFT + (WIDTH - 2 * LEFT) * (when - times[0]) / ((times[-1] - times[0]) or 1)
        y = HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * (value - low) / ((high - low) or 1)
        told = f"{line.row['value']}{line.row['unit'] or ''}"
        return Point(round(x, 1), round(y, 1), str(line.row["period"]), told, bool(line.planned))

    return Chart(*about, [point(*each) for each in points])
