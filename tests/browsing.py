"""Debian's Chromium, driven by Playwright, for the tests of the pages and for the picture of the README."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
WIDE, NARROW = ViewportSize(width=1366, height=820), ViewportSize(width=390, height=820)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        try:
            yield browser
        finally:
            browser.close()


class Watched:
    """A page, and what went wrong on it: errors of its scripts and of its policy, failed answers, requests to other hosts."""

    def __init__(self, page: Page, base: str) -> None:
        self.page, self.faults = page, list[str]()
        host = urlsplit(base).netloc
        page.on("console", lambda told: self.faults.append(f"console: {told.text}") if told.type == "error" else None)
        page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        page.on("request", lambda asked: self._asked(asked.url, host))
        page.on("response", lambda given: self.faults.append(f"{given.status} {given.url}") if given.status >= 400 else None)

    def _asked(self, url: str, host: str) -> None:
        if urlsplit(url).scheme not in ("data", "blob") and urlsplit(url).netloc != host:
            self.faults.append(f"asks {url}")


@contextmanager
def opened(browser: Browser, base: str, *, strict: bool = True, **options: Any) -> Iterator[Page]:
    """A new page of a server; what went wrong on it fails the test, unless it is not to be `strict`."""
    given: dict[str, Any] = {"viewport": WIDE, "locale": "zh-CN", "color_scheme": "light"} | options
    context = browser.new_context(base_url=base, **given)
    context.set_default_timeout(10_000)
    watched = Watched(context.new_page(), base)
    try:
        yield watched.page
        assert not strict or watched.faults == []
    finally:
        context.close()
