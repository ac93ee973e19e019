"""HTML as strings: elements, and the style of the page, which is light or dark as the reader's screen is."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from pipeline.reference.described import Words

text = escape


def tag(name: str, *content: str, **attributes: str) -> str:
    """An element; `content` is HTML, attributes are text. A name that Python has taken ends in _ (class_); else _ is -."""
    said = "".join(f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"' for key, value in attributes.items())
    return f"<{name}{said}>{''.join(content)}</{name}>"


def both(words: Words, name: str = "span") -> str:
    """The same in both languages, one element after the other; where only one is said, that."""
    said = ((language, words[at]) for at, language in enumerate(("zh", "en")) if words[at])
    return " ".join(tag(name, text(word), lang="zh-Hans" if language == "zh" else language) for language, word in said)


def pair(words: Words) -> str:
    """Two paragraphs side by side where there is room."""
    return tag("div", both(words, "p"), class_="pair")


def table(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table that scrolls within the page where it is too wide; headings and cells are HTML."""
    head = tag("tr", *(tag("th", column, scope="col") for column in columns))
    body = "\n".join(tag("tr", *(tag("td", cell) for cell in row)) for row in rows)
    return tag("div", tag("table", tag("thead", head), "\n", tag("tbody", body)), class_="wide", tabindex="0")


STYLE = """
:root { color-scheme: light dark; --ink: #1c2530; --dim: #566373; --line: #d5dce4; --page: #fff; --soft: #f4f7fa; --link: #0b5cad;
  --box: #eef4fb; --edge: #6b7c8f; }
@media (prefers-color-scheme: dark) { :root { --ink: #e2e8ef; --dim: #9fadbc; --line: #36424f; --page: #14191f; --soft: #1c232b;
  --link: #7cb8f5; --box: #1f2d3d; --edge: #8496a9; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1240px; padding: 1.5rem 1.25rem 4rem; background: var(--page); color: var(--ink);
  font: 15px/1.6 system-ui, "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; overflow-wrap: anywhere; }
a { color: var(--link); text-decoration: none; } a:hover { text-decoration: underline; }
h1 { font-size: 1.9rem; line-height: 1.3; margin: 0 0 .5rem; }
h2 { font-size: 1.35rem; margin: 3rem 0 .75rem; padding-bottom: .3rem; border-bottom: 2px solid var(--line); }
h3 { font-size: 1.02rem; margin: 0 0 .4rem; }
h1 [lang=en], h2 [lang=en], h3 [lang=en] { color: var(--dim); font-weight: 500; }
code, pre { font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, "Noto Sans Mono CJK SC", monospace;
  font-size: .86em; }
pre { margin: .5rem 0; padding: .7rem .9rem; background: var(--soft); border: 1px solid var(--line); border-radius: 6px;
  overflow-x: auto; overflow-wrap: normal; line-height: 1.5; }
pre code { font-size: inherit; }
details + .term { margin-top: 1rem; }
.pair { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 0 2rem; }
.pair p { margin: .2rem 0 .5rem; } .pair [lang=en], .dim { color: var(--dim); }
dl { display: grid; grid-template-columns: 12.5rem minmax(0, 1fr); gap: .2rem 1rem; margin: .3rem 0; }
dt { color: var(--dim); } dd { margin: 0; }
nav ul, .index { display: flex; flex-wrap: wrap; gap: .25rem 1.1rem; padding: 0; margin: .5rem 0 1rem; list-style: none; }
.index { gap: .1rem .9rem; font-size: .92em; }
.term { padding: 1rem 0 .9rem; border-top: 1px solid var(--line); }
.term:target { background: var(--soft); box-shadow: -1.25rem 0 var(--soft), 1.25rem 0 var(--soft); }
.wide { overflow-x: auto; overflow-wrap: break-word; margin: .5rem 0 1rem; }
.wide code { overflow-wrap: normal; }
table { border-collapse: collapse; width: 100%; font-size: .93em; }
th, td { text-align: left; vertical-align: top; padding: .35rem .7rem .35rem 0; border-bottom: 1px solid var(--line); }
th { color: var(--dim); font-weight: 600; } thead th { white-space: nowrap; } td { min-width: 5.5rem; }
td p { margin: 0; } td [lang=en] { color: var(--dim); }
summary { cursor: pointer; color: var(--dim); }
svg { display: block; min-width: 1000px; width: 100%; height: auto; font-family: inherit; }
svg text { fill: var(--ink); font-size: 12px; } svg .name { font-weight: 600; } svg .more { fill: var(--dim); }
svg .mono { font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; font-size: 11px; }
svg rect { fill: var(--box); stroke: var(--edge); } svg path { fill: none; stroke: var(--edge); stroke-width: 1.3; }
svg path.is { stroke-dasharray: 5 4; } svg marker path { fill: var(--edge); stroke: none; }
svg .tag { paint-order: stroke; stroke: var(--page); stroke-width: 4px; }
@media (max-width: 640px) {
  body { padding: 1rem .8rem 3rem; font-size: 14.5px; } h1 { font-size: 1.5rem; }
  .pair { grid-template-columns: minmax(0, 1fr); } dl { grid-template-columns: minmax(0, 1fr); gap: 0; }
  dd { margin-bottom: .4rem; }
  td:nth-child(2):not(:last-child) { min-width: 11rem; }
}
@media print { .wide, pre { overflow: visible; } .term { break-inside: avoid; } }
"""
