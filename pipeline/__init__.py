"""zhimai (知脉): Chinese documents to a knowledge graph, with the evidence for every fact.

`import pipeline as zhimai` gives the names of pipeline.api; they are loaded when first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.api import Graph, build_graph, diff_graphs, extract_claims, open_graph, read_file, read_text
    from pipeline.workers import Limits

__version__ = "0.1.0"
__all__ = ["Graph", "Limits", "build_graph", "diff_graphs", "extract_claims", "open_graph", "read_file", "read_text"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        return getattr(import_module("pipeline.api"), name)
    raise AttributeError(f"module 'pipeline' has no attribute {name!r}")
