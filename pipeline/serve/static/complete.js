// Completion of names: a combobox with a list (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/).

const WAIT = 120; // milliseconds after the last key
let count = 0;

/** Let an input offer the names that begin with, or hold, what is written. `data-complete` is "go" (to the thing) or "fill". */
export function complete(input) {
  const list = document.createElement("ul");
  list.className = "suggestions";
  list.id = `suggestions-${++count}`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.dataset.label);
  list.hidden = true;
  input.after(list);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id })) {
    input.setAttribute(name, value);
  }
  let timer = 0;
  let asked = 0;
  let found = [];
  let at = -1;

  const close = () => {
    list.hidden = true;
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const choose = (place) => {
    const thing = found[place];
    if (input.dataset.complete === "go") {
      location.href = thing.href;
    } else {
      input.value = thing.label;
    }
    close();
  };

  const select = (place) => {
    at = place;
    [...list.children].forEach((item, number) => item.setAttribute("aria-selected", String(number === at)));
    if (at < 0) {
      input.removeAttribute("aria-activedescendant");
    } else {
      input.setAttribute("aria-activedescendant", list.children[at].id);
      list.children[at].scrollIntoView({ block: "nearest" });
    }
  };

  const show = (things) => {
    found = things;
    list.replaceChildren(...things.map(item));
    list.hidden = things.length === 0;
    at = -1;
    input.setAttribute("aria-expanded", String(!list.hidden));
  };

  const item = (thing, number) => {
    const entry = document.createElement("li");
    entry.id = `${list.id}-${number}`;
    entry.setAttribute("role", "option");
    entry.setAttribute("aria-selected", "false");
    const texts = [[thing.label, "bdi", ""], [thing.name === thing.label ? "" : thing.name, "bdi", "key"], [thing.kind, "span", "key"], [thing.facts, "span", "number"]];
    for (const [text, tag, name] of texts) {
      if (text === "") continue;
      const part = document.createElement(tag);
      part.className = name;
      part.textContent = text;
      entry.append(part);
    }
    entry.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      choose(number);
    });
    return entry;
  };

  const ask = async () => {
    const text = input.value.trim();
    const own = ++asked;
    if (!text) return show([]);
    try {
      const answer = await fetch(`/complete?q=${encodeURIComponent(text)}`);
      if (answer.ok && own === asked) show(await answer.json());
    } catch {
      close();
    }
  };

  input.addEventListener("input", (event) => {
    if (event.isComposing) return;
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("compositionend", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || list.hidden) return;
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps) {
      event.preventDefault();
      const next = at + steps[event.key];
      select(next >= found.length ? -1 : next < -1 ? found.length - 1 : next);
    } else if (event.key === "Enter" && at >= 0) {
      event.preventDefault();
      choose(at);
    } else if (event.key === "Escape") {
      close();
    }
  });
  input.addEventListener("blur", close);
}
