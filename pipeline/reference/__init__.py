"""The page of an ontology: one HTML file that needs no network and no script, in Chinese and English side by side.

All of it is what the ontology folder says of itself, and what a graph built with it answers: nothing is described here.
"""

from __future__ import annotations

from pipeline.reference.page import page

__all__ = ["page"]
