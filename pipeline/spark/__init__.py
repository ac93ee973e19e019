"""The same build on Spark: for a corpus that one machine takes too long for, or whose names and facts do not fit into it.

    list → read (kept as Parquet) → use names → find things → tell events → note things → share → join → derive → N-Quads in parts

Each step is a table that follows from others by keys: a document, a name, a thing. What a step does with the rows of one key is
what the plain engine does; here stands only how the rows come together. Only this package imports pyspark (extra `spark`).
"""
