"""Small pieces of html, each a string, from which tests put a page together.

    body = [menu("首页", "政务公开"), heading(1, "青禾县办法"), paragraph("第一条 办法[^1]。"), footnotes({"1": "说明。"})]
    text = page(*body, title="青禾县办法_青禾县人民政府网")

`tag` makes any element: `tag("div", "文", class_="share")`. In `heading`, `paragraph` and the cells of `table`, "[^1]" is
a mark that links to the footnote "1" of `footnotes`. `government`, `newspaper`, `journal` and `wiki` wrap the body of an article
as such sites do, with their menus and bars. Text is not escaped: it may hold html.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

_NOTE = re.compile(r"\[\^(\w+)\]")


def page(*parts: str, title: str = "", metas: Mapping[str, str] | None = None) -> str:
    """A whole page; `metas` are names and contents of <meta>."""
    head = "".join(f'<meta name="{name}" content="{content}">' for name, content in (metas or {}).items())
    return (
        f'<!DOCTYPE html>\n<html lang="zh"><head><meta charset="utf-8">{head}<title>{title}</title></head>\n'
        f"<body>{''.join(parts)}</body></html>"
    )


def tag(name: str, *inner: str, **attributes: str) -> str:
    """An element; an underscore at the end of an attribute's name is dropped, others become hyphens."""
    written = "".join(f' {key.rstrip("_").replace("_", "-")}="{value}"' for key, value in attributes.items())
    return f"<{name}{written}>{''.join(inner)}</{name}>"


def heading(level: int, text: str) -> str:
    """h1 to h6."""
    return tag(f"h{level}", _with_marks(text))


def paragraph(text: str, **attributes: str) -> str:
    """A <p>."""
    return tag("p", _with_marks(text), **attributes)


def table(rows: Sequence[Sequence[str]], *, caption: str = "", header: bool = True) -> str:
    """A table of data; the cells of its first row are <th> unless `header` is False."""
    lines = [
        tag("tr", *(tag("th" if header and not at else "td", _with_marks(cell)) for cell in row)) for at, row in enumerate(rows)
    ]
    return tag("table", tag("caption", caption) if caption else "", *lines)


def footnotes(texts: Mapping[str, str]) -> str:
    """The footnotes of a page by their marks, with links back; their keys are "fn" and the mark."""
    items = (tag("li", f'{text} <a href="#fnref{mark}">↩</a>', id=f"fn{mark}") for mark, text in texts.items())
    return tag("section", tag("ol", *items), class_="footnotes")


def links(*labels: str, **attributes: str) -> str:
    """A list of links."""
    return tag("ul", *(tag("li", tag("a", label, href=f"/{at}.html")) for at, label in enumerate(labels)), **attributes)


def menu(*labels: str) -> str:
    """The menu of a site."""
    return tag("div", links(*labels), class_="mainNav")


def breadcrumb(*labels: str) -> str:
    """Where the page stands in its site."""
    path = " &gt; ".join(tag("a", label, href="/") for label in labels)
    return tag("div", f"您当前的位置：{path}", class_="crumbs")


def footer(text: str = "主办单位：青禾县人民政府办公室 备案号：禾ICP备00000001号") -> str:
    """The imprint of a site."""
    return tag("div", tag("p", text), class_="footer")


def government(title: str, *body: str, source: str = "青禾县人民政府办公室", date: str = "2031-04-05") -> str:
    """The page of a government: menu, breadcrumb, title, line of fields, bar, body in TRS_Editor, related links, imprint."""
    fields = f"<span>发布时间：{date}</span>\n<span>来源：{source}</span>\n<span>【字体：<a>大</a> <a>中</a> <a>小</a>】</span>"
    return page(
        menu("首页", "青禾概况", "政务公开", "办事服务"),
        breadcrumb("首页", "政务公开", "县政府文件"),
        tag(
            "div",
            heading(1, title),
            tag("div", fields, class_="info"),
            tag("div", "分享到：<a href='#'>微信</a><a href='#'>微博</a>", class_="share-box"),
            tag("div", *body, class_="view TRS_UEDITOR TRS_Editor"),
            tag("div", "<h3>相关链接</h3>", links("禾苗条例解读", "河口村规划图解", "一图读懂水渠"), class_="xgwj"),
            class_="wrap",
        ),
        footer(),
        title=f"{title}_青禾县人民政府网",
        metas={"ArticleTitle": title, "SiteName": "青禾县人民政府网"},
    )


def newspaper(title: str, *body: str) -> str:
    """The page of a newspaper, whose blocks have no telling names."""
    return page(
        tag("div", links("要闻", "评论", "县域", "副刊"), class_="a1"),
        tag("div", heading(1, title), "<p>2031年04月05日 08:00　来源：河口日报</p>", *body, class_="c7"),
        tag("div", "<b>延伸阅读</b>", links("河口村新修水渠", "青禾县春耕开始", "县城新图书馆开门"), class_="d9"),
        tag("div", "河口日报社 地址：河口路一号 电话：0000-0000000", class_="z2"),
        title=f"{title} - 河口日报网",
    )


def journal(title: str, abstract: str, keywords: Sequence[str], *body: str) -> str:
    """The page of an article in a journal."""
    about = tag("div", f"<strong>摘要：</strong>{abstract}", class_="abstract")
    words = tag("div", f"<strong>关键词：</strong>{'；'.join(keywords)}", class_="keywords")
    return page(
        tag("header", tag("a", "青禾学刊", href="/"), tag("nav", links("本刊", "投稿", "过刊"))),
        tag("main", tag("article", tag("header", heading(1, title), paragraph("禾小苗")), about, words, *body)),
        tag("aside", "<h3>推荐阅读</h3>", links("水渠史", "河口考")),
        tag("footer", "青禾学刊编辑部"),
        title=f"{title} | 青禾学刊",
    )


def wiki(title: str, *body: str, contents: Sequence[str] = ()) -> str:
    """The page of a wiki with a table of contents."""
    lines = (tag("li", tag("a", f"{at} {label}", href=f"#s{at}")) for at, label in enumerate(contents, 1))
    toc = tag("div", "<h2>目录</h2>", tag("ul", *lines), id="toc", class_="toc")
    return page(
        tag("div", links("随机页面", "最近更改", "帮助"), id="mw-panel", role="navigation"),
        tag(
            "div",
            tag("h1", title, id="firstHeading"),
            tag("div", tag("div", toc, *body, class_="mw-parser-output"), id="mw-content-text"),
            id="content",
        ),
        footer("本页面最后编辑于某日"),
        title=f"{title} - 青禾百科",
    )


def _with_marks(text: str) -> str:
    return _NOTE.sub(r'<sup><a href="#fn\1" id="fnref\1">[\1]</a></sup>', text)
