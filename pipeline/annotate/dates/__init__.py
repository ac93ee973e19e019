"""Dates in a text, in three steps: where one may begin (`grammar.START`), what stands there, its value (`resolve`)."""

from pipeline.annotate.dates.resolve import find_dates

__all__ = ["find_dates"]
