"""Pages of the graph for people: search, things, documents as read, lists of facts, two of them side by side.

    request → pages.py (which page, in which language) → graph.py (the current build, open)
            → names.py, things.py, reading.py, facts.py, documents.py, compare.py, correcting.py (what a page shows)
            → view.py (templates/, in the words of templates/words.toml)

A page asks the store of the build in this process, read-only: it needs five to ten small queries, all of them of ours and all of
one build. What a visitor writes gets into a query as an IRI or a literal only. All works without JavaScript; static/explorer.js
adds what is more comfortable with it.
"""
