// The reading view: a mark and its facts point at each other.

/** Open and show the facts of a mark that is clicked, all of them; point at the marks of a fact under the pointer. */
export function read(page) {
  const items = (mark) => {
    const facts = mark.dataset.facts.split(" ");
    return [...mark.closest(".piece").querySelectorAll("[data-fact]")].filter((item) => facts.includes(item.dataset.fact));
  };

  for (const mark of page.querySelectorAll(".m")) {
    mark.addEventListener("click", (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      const own = items(mark);
      if (!own.length) return;
      event.preventDefault();
      for (const near of page.querySelectorAll("li.near")) near.classList.remove("near");
      for (const item of own) {
        item.closest("details")?.setAttribute("open", "");
        item.classList.add("near");
      }
      own[0].scrollIntoView({ block: "nearest" });
      history.replaceState(null, "", mark.getAttribute("href"));
    });
  }

  for (const item of page.querySelectorAll("details.facts li")) {
    const marks = [...page.querySelectorAll(`.m[data-facts~="${CSS.escape(item.dataset.fact)}"]`)];
    const point = (on) => () => marks.forEach((mark) => mark.classList.toggle("near", on));
    item.addEventListener("pointerenter", point(true));
    item.addEventListener("pointerleave", point(false));
  }

  const opened = page.getElementById(location.hash.slice(1))?.closest("details");
  opened?.setAttribute("open", "");
}
