"""Builds .ofd files in memory: pages of texts and lines at positions in millimetres from the upper left corner.

    sheet = OfdPage().text(20, 30, "正文").rule(20, 40, 100, 40)      # at its baseline; size=, raw attributes of the object
    data = make_ofd([sheet], templates=[…])                         # a template stands below every page

`from_pages` writes what was read of another fixed layout.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from pipeline.read.pdf.page import Page
from tests.making_docx import zipped

_SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
_MM = 25.4 / 72


@dataclass
class OfdPage:
    """A page of `width` by `height` millimetres; what is drawn comes in this order."""

    width: float = 210.0
    height: float = 297.0
    objects: list[str] = field(default_factory=list)

    def text(self, x: float, y: float, text: str, *, size: float = 4.0, deltas: str = "", attributes: str = "") -> OfdPage:
        """A text whose baseline begins at a point; `deltas` are the DeltaX, `attributes` further ones of the object."""
        deltas = deltas or (f"g {len(text) - 1} {size}" if len(text) > 1 else "")
        box = f"{x} {y - size} {len(text) * size} {size}"
        code = f'<ofd:TextCode X="0" Y="{size}" DeltaX="{deltas}">{escape(text)}</ofd:TextCode>'
        self.objects.append(f'<ofd:TextObject Boundary="{box}" Font="1" Size="{size}" {attributes}>{code}</ofd:TextObject>')
        return self

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> OfdPage:
        """A straight stroke."""
        box = f"{x0} {y0} {max(x1 - x0, 0.1)} {max(y1 - y0, 0.1)}"
        data = f"<ofd:AbbreviatedData>M 0 0 L {x1 - x0} {y1 - y0}</ofd:AbbreviatedData>"
        return self.raw(f'<ofd:PathObject Boundary="{box}">{data}</ofd:PathObject>')

    def raw(self, xml: str) -> OfdPage:
        """An object as it is."""
        self.objects.append(xml)
        return self

    def xml(self, template: str = "") -> str:
        """The XML of the page."""
        area = f"<ofd:Area><ofd:PhysicalBox>0 0 {self.width} {self.height}</ofd:PhysicalBox></ofd:Area>"
        layer = f'<ofd:Content><ofd:Layer ID="1">{"".join(self.objects)}</ofd:Layer></ofd:Content>'
        return f"<ofd:Page {_SPACE}>{area}{template}{layer}</ofd:Page>"


def make_ofd(pages: Sequence[OfdPage], template: OfdPage | None = None, others: Mapping[str, str] | None = None) -> bytes:
    """A file of one document; the template stands below every page, `others` are further parts, or replacements."""
    below = '<ofd:Template TemplateID="9" ZOrder="Background"/>' if template else ""
    listed = "".join(f'<ofd:Page ID="{at}" BaseLoc="Pages/Page_{at}/Content.xml"/>' for at in range(len(pages)))
    common = '<ofd:TemplatePage ID="9" BaseLoc="Tpls/Tpl_0/Content.xml"/>' if template else ""
    box = "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
    notes = "<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations>"
    parts = {
        "OFD.xml": f"<ofd:OFD {_SPACE}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {_SPACE}><ofd:CommonData>{box}{common}</ofd:CommonData>"
        f"<ofd:Pages>{listed}</ofd:Pages>{notes}</ofd:Document>",
    }
    parts |= {f"Doc_0/Pages/Page_{at}/Content.xml": page.xml(below) for at, page in enumerate(pages)}
    if template:
        parts["Doc_0/Tpls/Tpl_0/Content.xml"] = template.xml()
    return zipped(parts | dict(others or {}))


def from_pages(pages: Sequence[Page]) -> bytes:
    """The same pages as .ofd."""
    made = []
    for page in pages:
        sheet = OfdPage(page.width * _MM, page.height * _MM)
        for run in page.runs:
            steps = [after - before for before, after in zip(run.lefts, run.lefts[1:], strict=False)]
            deltas = " ".join(f"{step * _MM:.4f}" for step in steps)
            weight = 'Weight="700"' if run.weight == 2 else ""
            x, y = run.left * _MM, (page.height - run.base) * _MM
            sheet.text(x, y, run.text, size=run.size * _MM, deltas=deltas or "0", attributes=weight)
        for rule in page.rules:
            left, top = rule.left * _MM, (page.height - rule.top) * _MM
            sheet.rule(left, top, rule.right * _MM, (page.height - rule.bottom) * _MM)
        made.append(sheet)
    return make_ofd(made)
