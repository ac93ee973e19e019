"""The graph over HTTP: a SPARQL endpoint and IRIs that answer.

    request → app.py → protocol.py (what is asked) or resources.py (an IRI) → asking.py (limits) → current.py → oxigraph.py

Needs the extra `serve`; nothing else of the package imports from here before `zhimai serve` is called.
"""
