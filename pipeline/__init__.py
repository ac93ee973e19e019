"""zhimai (知脉): Chinese documents to a knowledge graph, with the evidence for every fact."""

__version__ = "0.1.0"
