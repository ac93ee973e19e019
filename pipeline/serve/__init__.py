"""The graph over HTTP: a SPARQL endpoint and IRIs that answer.

    request → app.py → protocol.py (what is asked) or resources.py (an IRI) → asking.py (limits) → current.py → oxigraph.py

Pages for people are those of queries.py (/query), neighbourhood.py (/graph) and of explorer/, which asks the store of the same
build in this process. Routes stand in `make_app`, and what a page loads in static/: the policy (headers.py) lets it load nothing
else. static/vendor/ has what others wrote.

Needs the extra `serve`; nothing else of the package imports from here before `zhimai serve` is called.
"""
