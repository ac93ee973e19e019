"""Makes the picture of the README: python -m tests.screenshot OUT FILE, with the sample built in OUT."""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import ViewportSize

from tests.browsing import chromium, opened
from tests.serving import served

_PAGE = "/vocab/industry/海洋经济"
_SIZE = ViewportSize(width=1100, height=680)
_COLOURS = 48  # enough for a page, and a third of the bytes


def picture(out: Path) -> bytes:
    """A PNG of the page of a thing, as it opens."""
    with (
        served(out) as server,
        chromium() as browser,
        opened(browser, server.url, viewport=_SIZE) as page,
    ):
        page.goto(_PAGE)
        taken = Image.open(BytesIO(page.screenshot())).convert("RGB")
    written = BytesIO()
    taken.quantize(_COLOURS).save(written, "PNG", optimize=True)
    return written.getvalue()


if __name__ == "__main__":
    Path(sys.argv[2]).write_bytes(picture(Path(sys.argv[1])))
