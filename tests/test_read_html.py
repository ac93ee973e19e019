"""Web pages: their text in reading order, and what belongs to the site left out with its reason."""

from __future__ import annotations

import re

import pytest

from pipeline.errors import ReadError
from pipeline.read.html import declared_encoding, elements
from pipeline.read.layout import Element
from tests.growth import LINEAR, growth
from tests.making_html import footnotes, government, heading, journal, newspaper, page, paragraph, table, tag, wiki

LONG = "青禾县各村应当按照水渠的长度修补堤岸，并在春耕之前把修补的结果报送县水务站，由水务站登记在册。"


def read(*parts: str, title: str = "") -> list[Element]:
    """The elements of a page with a heading before the parts."""
    return elements(page(*parts, title=title), "page.html")


def kept(found: list[Element]) -> list[str]:
    """The texts of the document, without its title."""
    return [element.text for element in found if not element.left_out and element.kind != "title"]


def left_out(found: list[Element]) -> dict[str, str]:
    """Each text that is left out, and why."""
    return {element.text: element.left_out for element in found if element.left_out}


# ---- blocks and inline text ----
@pytest.mark.parametrize(
    ("html", "texts"),
    [
        ("<p>甲<b>乙</b><span>丙</span>丁</p>", ["甲乙丙丁"]),
        ("<div>甲<p>乙</p>丙</div>", ["甲", "乙", "丙"]),
        ("<p>甲<br>乙<br/>丙</p>", ["甲", "乙", "丙"]),
        ("<p>　　甲  乙\n 丙</p>", ["甲 乙丙"]),
        ("<p>甲　乙&nbsp;&nbsp;丙　</p>", ["甲　乙 丙"]),
        ("<p>one\ntwo</p>", ["one two"]),
        ("<p><span>甲</span>\n<span>乙</span></p>", ["甲 乙"]),
        ("<dl><dt>甲</dt><dd>乙</dd></dl>", ["甲", "乙"]),
        ("<details><summary>甲</summary>乙</details>", ["甲", "乙"]),
        ("<pre>甲 乙\n  丙\n\n丁</pre>", ["甲 乙", "丙", "丁"]),
        ("<p><ruby>禾<rp>(</rp><rt>hé</rt><rp>)</rp></ruby>苗</p>", ["禾苗"]),
        ("<p>甲<unclosed>乙<p>丙", ["甲乙", "丙"]),
        ("<p>甲\0乙</p>", ["甲乙"]),
        ("<p>甲<script>var x='否'</script><style>否</style><svg><text>否</text></svg><noscript>否</noscript>乙</p>", ["甲乙"]),
        ("<template><p>否</p></template><p>甲</p><iframe>否</iframe>", ["甲"]),
        ('<p>甲<span style="display:block">乙</span>丙</p>', ["甲", "乙", "丙"]),
    ],
)
def test_text_flows_as_in_a_browser(html: str, texts: list[str]) -> None:
    assert kept(read(html)) == texts


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>长3m<sup>2</sup>。</p>", "长3m²。"),
        ("<p>长3米<sup>2</sup>。</p>", "长3米²。"),
        ("<p>10<sup>6</sup>亩</p>", "10⁶亩"),
        ("<p>H<sub>2</sub>O</p>", "H2O"),
        ("<p>水渠<sup>①</sup>和堤岸<sup>[2]</sup></p>", "水渠①和堤岸[2]"),
    ],
)
def test_raised_text_stays_in_the_line(html: str, text: str) -> None:
    assert kept(read(html)) == [text]


def test_headings_have_their_level_and_lines_of_one_flow_together() -> None:
    found = read("<h2>第一章<br>总则</h2>", paragraph(LONG), "<h5>附</h5>")
    assert [(e.text, e.level) for e in found if e.kind == "heading"] == [("第一章总则", 2), ("附", 5)]


def test_bold_lines_are_left_to_the_caller() -> None:
    found = read(paragraph("<strong>二、修补堤岸</strong>"), paragraph(LONG))
    assert found[0] == Element("二、修补堤岸", places=found[0].places)


def test_items_of_nested_lists_follow_each_other() -> None:
    found = read(paragraph(LONG), "<ol><li>甲<ul><li>乙</li></ul>丙</li><li><p>丁</p></li></ol>")
    assert [(e.text, e.kind) for e in found[1:]] == [("甲", "list_item"), ("乙", "list_item"), ("丙", None), ("丁", "list_item")]


def test_a_caption_of_a_figure() -> None:
    found = read(paragraph(LONG), "<figure><img src='a.png'><figcaption>图1 水渠</figcaption></figure>")
    assert (found[1].text, found[1].kind) == ("图1 水渠", "caption")


def test_a_formula_alone_is_a_block_and_flows_elsewhere() -> None:
    math = "<math alttext='a=b'><mi>a</mi><mo>=</mo><mi>b</mi></math>"
    found = read(f"<div>{math}</div>", f"<p>由{math}可知</p>", "<p>按<math><mi>x</mi><annotation>否</annotation></math>计</p>")
    assert [(e.text, e.kind) for e in found] == [("a=b", "formula"), ("由a=b可知", None), ("按x计", None)]


def test_places_are_paths() -> None:
    found = read("<div>甲</div>", "<div><p>乙</p><p>丙<br>丁</p></div>")
    assert [str(e.places[0][1]) for e in found] == [
        "/html/body/div[1]",
        "/html/body/div[2]/p[1]",
        "/html/body/div[2]/p[2]",
        "/html/body/div[2]/p[2]",
    ]


# ---- hidden text ----
@pytest.mark.parametrize(
    ("html", "text", "reason"),
    [
        ("<div hidden>暗处</div>", "暗处", "hidden"),
        ('<div style="color:red; display: none">暗处</div>', "暗处", "hidden"),
        ('<p style="VISIBILITY:hidden">暗处</p>', "暗处", "hidden"),
        ('<p aria-hidden="true">暗处</p>', "暗处", "hidden"),
        ("<video>请换浏览器</video>", "请换浏览器", "hidden"),
        ("<button>提交</button>", "提交", "control"),
        ("<select><option>城关镇</option></select>", "城关镇", "control"),
    ],
)
def test_hidden_text_is_recorded(html: str, text: str, reason: str) -> None:
    assert left_out(read(paragraph(LONG), html)) == {text: reason}


def test_hidden_text_does_not_cut_its_paragraph() -> None:
    found = read('<p>水渠<span style="display:none">暗处</span>修好了</p>')
    assert [(e.text, e.left_out) for e in found] == [("水渠修好了", ""), ("暗处", "hidden")]


# ---- the title ----
@pytest.mark.parametrize(
    "title",
    [
        "青禾县水渠办法",
        "青禾县水渠办法_青禾县人民政府网",
        "青禾县水渠办法 - 青禾县水务局",
        "青禾县水渠办法-青禾网",
        "青禾县水渠办法 | 青禾县",
    ],
)
def test_the_title_of_a_page_is_found_in_its_body(title: str) -> None:
    found = read(tag("div", "青禾县水渠办法"), paragraph(LONG), title=title)
    assert [(e.text, e.kind) for e in found] == [("青禾县水渠办法", "title"), (LONG, None)]


@pytest.mark.parametrize("title", ["青禾县水渠办法_青禾县人民政府网", "青禾县水渠办法 | 青禾县"])
def test_a_title_that_shows_nowhere_comes_first(title: str) -> None:
    found = read(paragraph(LONG), title=title)
    assert (found[0].text, found[0].kind, str(found[0].places[0][1])) == ("青禾县水渠办法", "title", "/html/head/title")


def test_the_name_of_a_site_is_no_title() -> None:
    assert [e.kind for e in read(paragraph(LONG), title="青禾县人民政府门户网站")] == [None]


def test_a_title_in_two_lines_is_one() -> None:
    found = read("<p>青禾县人民政府<br>关于修补水渠的通知</p>", paragraph(LONG), title="青禾县人民政府关于修补水渠的通知")
    assert (found[0].text, found[0].kind) == ("青禾县人民政府关于修补水渠的通知", "title")
    assert [offset for offset, _ in found[0].places] == [0, 7]


def test_the_issuer_above_the_title_is_part_of_it() -> None:
    found = read("<div>青禾县人民政府<br>关于修补水渠的通知</div>", paragraph(LONG), title="关于修补水渠的通知")
    assert found[0].text == "青禾县人民政府关于修补水渠的通知"


def test_the_first_heading_is_the_title_where_the_page_has_none() -> None:
    assert read(heading(1, "水渠办法"), paragraph(LONG))[0].kind == "title"


def test_a_breadcrumb_in_an_h1_is_no_title() -> None:
    found = read(
        "<h1>您当前的位置：<a href='/'>首页</a> &gt; 水渠办法</h1>", heading(2, "水渠办法"), paragraph(LONG), title="水渠办法"
    )
    assert [(e.kind, e.left_out) for e in found] == [(None, "breadcrumb"), ("title", ""), (None, "")]


# ---- the article and the site around it ----
ARTICLE = (
    paragraph("青府〔2031〕7号"),
    paragraph("各村："),
    paragraph(LONG),
    paragraph("第一条　" + LONG),
    paragraph("2031年4月1日"),
)
TEXTS = ["青府〔2031〕7号", "各村：", LONG, "第一条　" + LONG, "2031年4月1日"]


def test_a_page_of_a_government() -> None:
    found = elements(government("青禾县水渠办法", *ARTICLE), "a.html")
    assert kept(found) == ["发布时间：2031-04-05", "来源：青禾县人民政府办公室", *TEXTS]
    assert [e.text for e in found if e.kind == "title"] == ["青禾县水渠办法"]
    assert left_out(found) == {
        **dict.fromkeys(("首页", "青禾概况", "政务公开", "办事服务"), "navigation"),
        "您当前的位置：首页 > 政务公开 > 县政府文件": "breadcrumb",
        "【字体：大 中 小】": "control",
        "分享到：微信微博": "share",
        **dict.fromkeys(("相关链接", "禾苗条例解读", "河口村规划图解", "一图读懂水渠"), "related links"),
        "主办单位：青禾县人民政府办公室 备案号：禾ICP备00000001号": "footer",
    }


def test_a_page_of_a_newspaper_without_telling_names() -> None:
    found = elements(newspaper("河口村修好水渠", *ARTICLE), "a.html")
    assert kept(found) == ["2031年04月05日 08:00　来源：河口日报", *TEXTS]
    assert {left_out(found)[text] for text in ("要闻", "副刊")} == {"navigation"}
    assert {left_out(found)[text] for text in ("延伸阅读", "县城新图书馆开门")} == {"related links"}
    assert left_out(found)["河口日报社 地址：河口路一号 电话：0000-0000000"] == "footer"


def test_a_page_of_a_journal() -> None:
    body = (heading(2, "一、引言"), paragraph(LONG[:-1] + "[^1]。"), footnotes({"1": "参见县志。"}))
    found = elements(journal("水渠考", "本文考证水渠的来历。", ["水渠", "县志"], *body), "a.html")
    assert kept(found) == ["禾小苗", "摘要：本文考证水渠的来历。", "关键词：水渠；县志", "一、引言", LONG, "参见县志。"]
    assert found[-3] == Element("水渠史", places=found[-3].places, left_out="related links")


def test_a_page_of_a_wiki() -> None:
    body = ("<h2 id='s1'>来历</h2>", paragraph(LONG), "<h2 id='s2'>参考</h2>", paragraph(LONG))
    found = elements(wiki("水渠", *body, contents=["来历", "参考"]), "a.html")
    assert kept(found) == ["来历", LONG, "参考", LONG]
    assert left_out(found)["1 来历"] == "navigation"
    assert left_out(found)["最近更改"] == "navigation"


def test_a_page_arranged_by_tables() -> None:
    found = elements(
        "<title>水渠办法_公文_青禾县人民政府网</title><table><tr><td><a href=/>首页</a> | <a href=/a>概况</a> |"
        " <a href=/b>公开</a><tr><td>当前位置：<a href=/>首页</a> &gt;&gt; 正文</table><table><tr><td><ul><li>"
        "<a href=1>领导<li><a href=2>机构<li><a href=3>法规</ul><td><table><tr><td><b>水渠办法</b>"
        "<tr><td>发布时间：2031-04-05　浏览次数：<i>12</i>次　【字体："
        f"<a>大</a> <a>中</a> <a>小</a>】　<a>打印</a><tr><td id=zoom>{''.join(ARTICLE)}<p>附件：<a href=a.doc>任务表.doc</a>"
        "<tr><td>【<a>打印本页</a>】【<a>关闭窗口</a>】</table></table><center>主办：青禾县<br>禾ICP备000001号</center>",
        "a.html",
    )
    assert kept(found) == ["发布时间：2031-04-05　浏览次数：12次", *TEXTS, "附件：任务表.doc"]
    assert set(left_out(found).values()) == {"navigation", "breadcrumb", "control", "share", "footer"}


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("<nav>某项</nav>", "navigation"),
        ("<div role='contentinfo'>某项</div>", "footer"),
        ("<aside>某项</aside>", "related links"),
        ("<div class='top-menu'>某项</div>", "navigation"),
        ("<div class='mianbaoxie'>某项</div>", "breadcrumb"),
        ("<div id='articleShare'>某项</div>", "share"),
        ("<div class='page_copyright'>某项</div>", "footer"),
        ("<div class='comment-list'>某项</div>", "related links"),
        ("<div class='set-font'>某项</div>", "control"),
        ("<p>上一篇：春耕的通知</p>", "related links"),
        ("<p>打印 | 关闭窗口</p>", "share"),
        ("<p>扫一扫在手机打开</p>", "share"),
    ],
)
def test_what_belongs_to_the_site_names_itself(html: str, reason: str) -> None:
    found = read(heading(1, "水渠办法"), tag("div", paragraph(LONG), paragraph(LONG), class_="content"), html)
    assert [e.left_out for e in found] == ["", "", "", reason]


@pytest.mark.parametrize(
    "name", ["article-title", "navy-blue", "content", "shareholder", "printed", "footnote-text", "news_position"]
)
def test_names_that_only_resemble_those_of_the_site(name: str) -> None:
    found = read(heading(1, "水渠办法"), paragraph(LONG), tag("div", "水务站", class_=name), paragraph(LONG))
    assert kept(found) == [LONG, "水务站", LONG]


def test_a_wrapper_with_a_name_of_the_site_holds_the_article() -> None:
    inner = (heading(1, "水渠办法"), *(paragraph(LONG) for _ in range(12)))
    assert len(kept(read(tag("div", *inner, class_="sidebar")))) == 12


def test_running_text_outside_the_article_is_kept() -> None:
    rest = tag("div", paragraph("<b>补记</b>"), paragraph("补记：" + LONG))
    found = read(tag("div", heading(1, "水渠办法"), tag("div", *ARTICLE * 3, class_="TRS_Editor")), rest)
    assert kept(found)[-1] == "补记：" + LONG


def test_fields_before_the_title_are_kept() -> None:
    fields = "<table><tr><td>索 引 号：</td><td>0001</td><td>发文机关</td><td>青禾县水务站</td></tr>"
    fields += "<tr><td>发布日期</td><td>2031-04-05</td><td>文号</td><td></td></tr></table>"
    found = read(links_of_site(), fields, tag("div", heading(1, "水渠办法"), *ARTICLE))
    assert kept(found)[:3] == ["索引号：0001", "发文机关：青禾县水务站", "发布日期：2031-04-05"]


def links_of_site() -> str:
    """Menu words in blocks without a telling name."""
    return tag("div", *(tag("a", word, href="/") for word in ("首页", "概况", "公开", "服务")))


def test_fields_in_a_list_of_terms_are_joined() -> None:
    found = read(heading(1, "水渠办法"), "<dl><dt>来源</dt><dd>水务站</dd><dt>文号：</dt><dd>青府1号</dd></dl>", paragraph(LONG))
    assert kept(found) == ["来源：水务站", "文号：青府1号", LONG]


def test_nothing_is_lost() -> None:
    text = government("青禾县水渠办法", *ARTICLE, table([["村", "里程"], ["河口", "三里"]]))
    shown = re.sub(r"<head>.*</head>|<[^>]*>|&\w+;", "", text, flags=re.S)
    found = "".join(e.text + "".join(e.cells) for e in elements(text, "a.html"))
    assert sorted(re.findall("[一-龥]", shown)) == sorted(re.findall("[一-龥]", found))


# ---- tables ----
def test_rows_of_a_table() -> None:
    rows = [["村", "里程"], ["河口", "三里"], ["上禾", "五里"]]
    found = read(paragraph(LONG), table(rows, caption="表1 水渠"))
    assert (found[1].text, found[1].kind) == ("表1 水渠", "caption")
    assert [(list(e.cells), e.table, e.header) for e in found[2:]] == [
        (rows[0], 1, True),
        (rows[1], 1, False),
        (rows[2], 1, False),
    ]
    assert str(found[2].places[0][1]) == "/html/body/table[1]/tbody[1]/tr[1]"


def test_lines_of_a_cell() -> None:
    found = read(paragraph(LONG), table([["村", "里程"], ["河口<br>上禾", "3<br>5"], ["下<br>禾", "<p>7<p>8"]]))
    assert [e.cells for e in found[2:]] == [("河口；上禾", "3；5"), ("下；禾", "7；8")]
    found = read(paragraph(LONG), table([["村", "里程"], ["河<br>口", "3"], ["禾", "7<br>8<br>9"]]))
    assert [e.cells for e in found[2:]] == [("河 口", "3"), ("禾", "7；8；9")]


def test_the_first_row_is_the_header_where_none_is_marked() -> None:
    found = read(paragraph(LONG), table([["村", "里程"], ["河口", "三里"]], header=False))
    assert [e.header for e in found[1:]] == [True, False]


def test_cells_that_span() -> None:
    html = "<table><tr><th rowspan=2>村<th colspan=2>里程<tr><th>旧<th>新<tr><td>河口<td>三<td>五</table>"
    assert [e.cells for e in read(paragraph(LONG), html)[1:]] == [("村", "里程", ""), ("村", "旧", "新"), ("河口", "三", "五")]


def test_tables_are_counted_and_their_paragraphs_are_one_cell() -> None:
    one = "<table><tr><td><p>甲</p><p>乙</p></td><td>丙</td></tr><tr><td>丁<br>戊</td><td></td></tr></table>"
    found = read(paragraph(LONG), one, paragraph(LONG), one)
    assert [(e.cells, e.table) for e in found if e.cells] == [
        (("甲 乙", "丙"), 1),
        (("丁 戊", ""), 1),
        (("甲 乙", "丙"), 2),
        (("丁 戊", ""), 2),
    ]


def test_marks_in_cells_belong_to_their_row() -> None:
    found = read(paragraph(LONG), table([["村", "里程"], ["河口[^1]", "三里"]]), footnotes({"1": "并入上禾。"}))
    assert (found[2].cells, found[2].notes) == (("河口", "三里"), ((0, "fn1"),))


@pytest.mark.parametrize(
    "html",
    [
        f"<table role=presentation><tr><td>甲<td>{LONG}<tr><td>乙<td>丙</table>",
        f"<table><tr><td>甲<td>{LONG}<td>乙<td>丙</table>",
        f"<table><tr><td>甲<tr><td>{LONG}<tr><td>乙<tr><td>丙</table>",
        f"<table><tr><td>甲<td>{LONG}<tr><td>乙<td><table><tr><td>丙</table></table>",
    ],
)
def test_tables_that_arrange_a_page_flow(html: str) -> None:
    assert kept(read(heading(1, "水渠办法"), html)) == ["甲", LONG, "乙", "丙"]


def test_a_table_around_the_article_flows() -> None:
    html = f"<table><tr><td>甲</td><td>乙</td></tr><tr><td><p>{LONG * 2}</p><p>{LONG * 2}</p></td><td>丙</td></tr></table>"
    assert kept(read(heading(1, "水渠办法"), html)) == ["甲", "乙", LONG * 2, LONG * 2, "丙"]


# ---- footnotes ----
@pytest.mark.parametrize(
    ("mark", "note", "shown"),
    [
        ('<sup><a href="#n1" id="r1">[1]</a></sup>', '<ol><li id="n1">见县志。<a href="#r1">↩</a></li></ol>', "[1]"),
        ('<a href="#n1" id="r1"><sup>①</sup></a>', '<p id="n1"><a href="#r1">①</a> 见县志。</p>', "①"),
        ('<sup>[<a href="#n1" id="r1">1</a>]</sup>', '<ul><li id="n1"><a href="#r1">^</a> 见县志。</li></ul>', "[1]"),
        ('<a href="#n1" name="r1">[1]</a>', '<div><p><a href="#r1" name="n1">[1]</a>见县志。</p></div>', "[1]"),
        ('<sup><a href="#n1">1</a></sup>', '<aside id="n1"><p>见县志。</p></aside>', "1"),
    ],
)
def test_footnotes_hang_in_the_text(mark: str, note: str, shown: str) -> None:
    found = read(heading(1, "水渠办法"), f"<p>水渠{mark}修好了。</p>", paragraph(LONG), note)
    assert (found[1].text, found[1].notes) == ("水渠修好了。", ((2, "n1"),))
    assert found[3] == Element("见县志。", kind="footnote", key="n1", mark=shown, places=found[3].places)


def test_two_marks_in_one_place() -> None:
    found = read("<p>水渠<sup><a href='#a'>1</a>,<a href='#b'>2</a></sup>。</p>", "<p id=a>甲说。</p><p id=b>乙说。</p>")
    assert (found[0].text, found[0].notes) == ("水渠。", ((2, "a"), (2, "b")))
    assert [(e.key, e.mark) for e in found[1:]] == [("a", "1"), ("b", "2")]


def test_a_link_to_a_section_is_no_footnote() -> None:
    found = read(paragraph(LONG), "<p>见<a href='#s'>第二节</a></p>", "<h2 id='s'>二</h2>", paragraph(LONG))
    assert found[1].text == "见第二节"
    assert not found[1].notes


# ---- encodings and faults ----
@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (b'<html><head><meta charset="gb2312">', "gb2312"),
        (b"<META http-equiv=Content-Type content='text/html; charset=GBK'>", "GBK"),
        (b"<meta name=a content=b><meta charset=utf-8>", "utf-8"),
        (b"<html>" + b" " * 5000 + b"<meta charset=gbk>", None),
        (b"<p>charset=gbk", None),
    ],
)
def test_the_declared_encoding(data: bytes, encoding: str | None) -> None:
    assert declared_encoding(data) == encoding


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "holds no text"),
        ("<html><body><img src=a.png><script>var a</script></body></html>", "holds no text"),
        ("<p hidden>暗处</p>", "holds no text"),
        ("<frameset><frame src=a.html><noframes>无框架</noframes></frameset>", "only arranges frames: open the frame"),
        ("<div>" * 100_000 + "水渠", "is nested more than 5,000 elements deep"),
        ("<b>" * 100_000 + "水渠", "is nested more than 5,000 elements deep"),
        ("".join(f"<p><b id={at}>水" for at in range(5000)), "open"),
        ("<p " + " ".join(f"a{at}=1" for at in range(20_000)) + ">水渠", "attributes"),
    ],
)
def test_faults_are_one_line_with_the_name(text: str, fault: str) -> None:
    with pytest.raises(ReadError, match=f"^page.html: .*{fault}") as caught:
        elements(text, "page.html")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("start", "unit", "size"),
    [
        ("", "<p>水渠", 20_000),
        ("", "<div>", 4_800),
        ("", "<div><span>水渠", 2_000),
        ("", "<table><tr><td>水渠", 3_000),
        ("", "<ul><li>水渠", 4_000),
        ("<p>", "<span>水渠</span>", 20_000),
    ],
)
def test_large_and_deep_pages_are_read_in_linear_time(start: str, unit: str, size: int) -> None:
    small, large = (start + unit * count + "水渠" for count in (size // 4, size))
    assert sum(element.text.count("水渠") for element in elements(large, "page.html")) == large.count("水渠")
    assert growth(lambda: elements(small, "page.html"), lambda: elements(large, "page.html")) < LINEAR


SEEN = "<p>茶园由农户和合作社共同经营，加工企业在镇上。</p>"


@pytest.mark.parametrize(
    "style",
    [
        "display:none", "display: NONE !important", "visibility:hidden", "visibility:collapse", "font-size:0",
        "font-size:0px; color:red", "opacity:0", "position:absolute;left:-9999px",
        "position:fixed; top:-999em", "text-indent:-9999px",
        "color:transparent",
        "color:#fff;background:#fff", "position:absolute;clip:rect(0 0 0 0)", "position:absolute;clip:rect(1px, 1px, 1px, 1px)",
        "position:absolute;clip-path:inset(50%)", "height:0;overflow:hidden", "width:1px;height:1px;overflow:hidden",
    ],
)  # fmt: skip
def test_text_that_style_hides(style: str) -> None:
    own = page(f'<p>茶园<span style="{style}">暗处</span>在高山。</p>', SEEN)
    rules = f"<style>/* x */ .k, p .h {{{style}}} @font-face{{src:url(a)}}</style>"
    sheet = page(rules, "<p>茶园<span class='h i'>暗处</span>在高山。</p>", SEEN)
    for text in (own, sheet):
        found = elements(text, "page.html")
        assert next(element.text for element in found if not element.left_out) == "茶园在高山。"
        assert [(element.text, element.left_out) for element in found if element.left_out] == [("暗处", "hidden")]


@pytest.mark.parametrize(
    "head",
    [
        "<style>@media print{.h{display:none}}</style>",
        "<style>@media screen and (max-width:600px){.h{display:none}}</style>",
        '<style media="print">.h{display:none}</style>',
        "<style>.h{display:none} p .h{display:inline}</style>",
        "<style>#k{display:none} .h:hover,.h[x],a+.h{display:none}</style>",
        "<style>.h{font-size:0} .h b{font-size:14px}</style>",
        "<style>.h{visibility:hidden} b{visibility:visible}</style>",
        "<style>div .h{display:none}</style>",
        "<style>.h{display:none</style>",
        "<style>.h{position:relative;left:-9999px}</style>",
    ],
)
def test_text_that_style_shows(head: str) -> None:
    found = elements(page(f"{head}<p>茶园<span class='h'><b>亮处</b></span>在高山。</p>", SEEN), "page.html")
    assert next(element.text for element in found if not element.left_out) == "茶园亮处在高山。"


def test_sheet_that_hides_the_page_until_a_script_shows_it() -> None:
    found = elements(page(f"<style>.all{{display:none}}</style><div class='all'>{SEEN}</div><p>茶园</p>"), "page.html")
    assert "茶园由农户和合作社共同经营，加工企业在镇上。" in [element.text for element in found if not element.left_out]


def test_many_rules_and_hidden_elements_are_read_in_linear_time() -> None:
    def text(size: int) -> str:
        rules = "".join(f".a{at} .h{{font-size:0}}" for at in range(20))
        return page(f"<style>{rules}</style>", SEEN, "<div>" * 10, "<i class='h' style='font-size:0'>茶</i><p>茶</p>" * size)

    small, large = text(1_000), text(4_000)
    assert growth(lambda: elements(small, "p.html"), lambda: elements(large, "p.html")) < LINEAR
