"""Connected components of a graph that is a table of edges, in rounds of joins, none of which needs it on one machine.

Large-star and small-star of Kiveris et al., Connected Components in MapReduce and Beyond (SoCC 2014): each round hangs the
neighbours of every node on the least of them, until every node hangs on the least node of its component. The number of rounds
grows with the logarithm of the longest path, squared at worst.
"""

from __future__ import annotations

from pyspark.sql import DataFrame, Observation, Window
from pyspark.sql import functions as F  # noqa: N812

from pipeline.spark.tables import Tables


def components(edges: DataFrame, tables: Tables) -> DataFrame:
    """The component of each node: columns node and component, its least node, of a table of edges a–b (bigint), in which each
    node stands."""
    edges = tables.put("edges", edges.distinct())
    what = F.count("*").alias("edges"), F.sum(F.xxhash64("a", "b").cast("decimal(38,0)")).alias("sum")
    stars, before, round_ = edges.where("a != b"), None, 0
    while True:
        round_ += 1
        seen = Observation()  # tells one set of edges from another, as it is written
        stars = tables.put(f"stars-{round_}", _small_star(_large_star(stars)).observe(seen, *what))
        if (now := seen.get) == before:
            break
        before = now
    nodes = edges.select(F.explode(F.array("a", "b")).alias("node")).distinct()
    found = stars.select(F.col("a").alias("node"), F.col("b").alias("component"))
    return nodes.join(found, "node", "left").select("node", F.coalesce("component", "node").alias("component"))


def _large_star(edges: DataFrame) -> DataFrame:
    """Every neighbour of a node that is greater than it hangs on the least of the node and its neighbours."""
    both = edges.union(edges.select("b", "a"))
    least = F.least("a", F.min("b").over(Window.partitionBy("a"))).alias("least")
    return both.select("a", "b", least).where("b > a").select(F.col("b").alias("a"), F.col("least").alias("b"))


def _small_star(edges: DataFrame) -> DataFrame:
    """Every neighbour of a node that is less than it, and the node, hang on the least of these."""
    down = edges.select(F.greatest("a", "b").alias("a"), F.least("a", "b").alias("b"))
    hung = down.select("a", "b", F.min("b").over(Window.partitionBy("a")).alias("least"))
    stars = hung.select(F.explode(F.array(F.struct("a", "least"), F.struct(F.col("b").alias("a"), "least"))).alias("edge"))
    return stars.select("edge.a", F.col("edge.least").alias("b")).where("a != b").distinct()
