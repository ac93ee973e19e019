"""The ontology that comes with zhimai."""

from __future__ import annotations

from pathlib import Path


def shipped_ontology() -> Path:
    """The folder of the shipped ontology: inside the package where it was installed, beside it in a checkout."""
    package = Path(__file__).parent
    installed = package / "_ontology"
    return installed if installed.is_dir() else package.parent / "ontology"
