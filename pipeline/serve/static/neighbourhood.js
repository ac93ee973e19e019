// Draws what lies around a thing into each <div data-neighbourhood="IRI">, from /neighbourhood, with Cytoscape.js.
// data-limit: most neighbours. data-listed="no": the page lists them itself. The same answer always gives the same picture.
"use strict";
(() => {
  const WORDS = {
    zh: {
      graph: (name, n) => `${name}的关系图：${n} 个相邻事物。方向键逐个选取，回车打开。`,
      list: (n) => `相邻事物（${n}）`, claims: (n) => `${n} 条`, planned: "计划中", partly: (n) => `其中 ${n} 条为计划`,
      said: "已说明", restricts: "限制", legend: "图例", larger: "放大", smaller: "缩小", whole: "全图", center: "以它为中心",
      open: "打开", wait: "正在读取…", failed: "读不到关系图。", none: "没有与之相连的事物。", more: (n) => `另有 ${n} 个未显示`,
    },
    en: {
      graph: (name, n) => `What lies around ${name}: ${n} neighbours. Arrow keys select one after the other, Enter opens.`,
      list: (n) => `Neighbours (${n})`, claims: (n) => `${n} ${n === 1 ? "claim" : "claims"}`, planned: "planned",
      partly: (n) => `${n} of them planned`, said: "told as it is", restricts: "restricts", legend: "Legend", larger: "Larger",
      smaller: "Smaller", whole: "Whole", center: "Put it in the middle", open: "Open", wait: "Loading …",
      failed: "The graph could not be loaded.", none: "Nothing is linked to it.", more: (n) => `${n} more are not shown`,
    },
  };
  const LANGUAGE = document.documentElement.lang.startsWith("en") ? "en" : "zh";
  const words = WORDS[LANGUAGE];
  // Shapes tell classes apart where colours do not; the colours are --kind-NAME of neighbourhood.css.
  const SHAPES = {
    Industry: "round-rectangle", Policy: "hexagon", Event: "diamond", Place: "triangle", Person: "star", Body: "pentagon",
    JointBody: "pentagon", Technology: "octagon", View: "round-diamond", Document: "rectangle", CitedWork: "rectangle",
    Indicator: "vee", Observation: "vee",
  };
  const LINE = 26, SIGN = 13; // pixels, of a label
  // In a window that is higher than wide there is less between the middle and the columns, and less of each name: pixels, characters.
  const measures = (shape) => (shape < 1 ? { gap: 50, longest: 8, arc: 24 } : { gap: 110, longest: 11, arc: 36 });
  const LEAST_ZOOM = 0.55; // at which labels can be read
  const local = (iri) => iri.replace(/^.*[#/]/, "");

  function element(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  }

  function button(text, label, act) {
    const made = element("button", { type: "button", "aria-label": label, title: label }, text);
    made.addEventListener("click", act);
    return made;
  }

  let library;
  function cytoscapeLoaded() {
    // Cytoscape would put a <style> into the page, which the policy forbids; it does not where there is an element of this id.
    if (!document.getElementById("__________cytoscape_stylesheet")) {
      document.head.append(element("template", { id: "__________cytoscape_stylesheet" }));
    }
    library ??= window.cytoscape ? Promise.resolve() : new Promise((done, failed) => {
      const script = element("script", { src: "/static/vendor/cytoscape.min.js" });
      script.addEventListener("load", done);
      script.addEventListener("error", failed);
      document.head.append(script);
    });
    return library;
  }

  const called = (found, term) => {
    const names = found.names[term] ?? {};
    return names[LANGUAGE] ?? Object.values(names)[0] ?? local(term);
  };

  // The neighbours by what joins them to the middle and in which direction, the largest group first.
  function groups(found) {
    const middle = found.nodes[0].id, byKey = new Map();
    for (const node of found.nodes.slice(1)) {
      const edge = found.edges.find((one) => (one.source === middle && one.target === node.id) || (one.target === middle && one.source === node.id));
      const outward = edge.source === middle, key = `${edge.relation} ${outward}`;
      if (!byKey.has(key)) byKey.set(key, { key, relation: edge.relation, outward, nodes: [] });
      byKey.get(key).nodes.push(node);
    }
    return [...byKey.values()].sort((a, b) => b.nodes.length - a.nodes.length || (a.key < b.key ? -1 : 1));
  }

  // The lines of both sides, as many on each; a group that lies on both has its heading twice.
  function halves(all) {
    const half = all.reduce((sum, group) => sum + group.nodes.length + 1, 0) / 2, sides = [[], []];
    for (const group of all) {
      const room = Math.round(half - sides[0].length) - 1;
      const first = room >= group.nodes.length - 1 ? group.nodes.length : room < 3 ? 0 : room;
      [group.nodes.slice(0, first), group.nodes.slice(first)].forEach((nodes, side) => {
        if (nodes.length) sides[side].push({ heading: group, side }, ...nodes.map((node) => ({ node })));
      });
    }
    return sides;
  }

  // Where everything stands: the middle at 0, 0; at both sides columns of lines, a heading before each group.
  function placed(found, shape) {
    const { gap, longest: most, arc } = measures(shape), sides = halves(groups(found));
    const longest = Math.max(sides[0].length, sides[1].length);
    const column = 50 + SIGN * Math.max(4, ...found.nodes.slice(1).map((node) => [...cut(node.label, most)].length));
    let rows = Math.min(longest, 6);
    while (rows < longest && (2 * (gap + column * Math.ceil(longest / rows))) / (rows * LINE) > shape) rows += 1;
    const at = [];
    sides.forEach((side, number) => {
      const direction = number === 0 ? 1 : -1, columns = Math.ceil(side.length / rows), even = Math.ceil(side.length / columns);
      side.forEach((item, place) => {
        const number = Math.floor(place / even), row = place % even, inColumn = Math.min(even, side.length - number * even);
        const y = (row - (inColumn - 1) / 2) * LINE, bend = 1 - (y / (rows * LINE / 2 + LINE)) ** 2;
        at.push({ ...item, direction, x: direction * (gap + number * column + arc * bend), y });
      });
    });
    return at;
  }

  const cut = (label, most) => ([...label].length > most ? `${[...label].slice(0, most - 1).join("")}…` : label);

  function elements(found, shape) {
    const [middle] = found.nodes, { longest: most } = measures(shape);
    const drawn = [{ data: { id: middle.id, label: cut(middle.label, 2 * most), kind: local(middle.kind) }, classes: "middle", position: { x: 0, y: 0 } }];
    for (const item of placed(found, shape)) {
      const side = item.direction > 0 ? "right" : "left", position = { x: item.x, y: item.y };
      if (item.heading) {
        const { key, relation, outward, nodes } = item.heading;
        drawn.push({ data: { id: `heading ${item.side} ${key}`, label: `${outward ? "→" : "←"} ${called(found, relation)} (${nodes.length})` }, classes: `heading ${side}`, position, selectable: false });
      } else {
        drawn.push({ data: { id: item.node.id, label: cut(item.node.label, most), kind: local(item.node.kind) }, classes: side, position });
      }
    }
    found.edges.forEach((edge, number) => {
      const toMiddle = edge.source === middle.id || edge.target === middle.id;
      const classes = [toMiddle ? "ray" : "across", edge.planned === edge.claims ? "planned" : "", local(edge.relation)];
      drawn.push({ data: { id: `edge ${number}`, source: edge.source, target: edge.target, label: called(found, edge.relation), width: 1 + Math.log2(edge.claims) }, classes: classes.join(" "), selectable: false });
    });
    return drawn;
  }

  function styles(host) {
    const computed = getComputedStyle(host), colour = (name) => computed.getPropertyValue(name).trim();
    const [text, ground, line, accent] = ["--graph-text", "--graph-ground", "--graph-line", "--graph-accent"].map(colour);
    const kind = (node) => colour(`--kind-${node.data("kind")}`) || colour("--kind-other");
    return [
      { selector: "node", style: {
        "label": "data(label)", "color": text, "font-size": 13, "font-family": computed.fontFamily, "width": 13, "height": 13,
        "background-color": kind, "shape": (node) => SHAPES[node.data("kind")] ?? "ellipse", "text-valign": "center",
        "text-background-color": ground, "text-background-opacity": 0.85, "text-background-padding": 1, "min-zoomed-font-size": 4 } },
      { selector: "node.right", style: { "text-halign": "right", "text-margin-x": 4 } },
      { selector: "node.left", style: { "text-halign": "left", "text-margin-x": -4 } },
      { selector: "node.middle", style: { "width": 26, "height": 26, "font-size": 16, "font-weight": "bold", "text-valign": "bottom", "text-margin-y": 4, "z-index": 10 } },
      { selector: "node.heading", style: { "width": 1, "height": 1, "background-opacity": 0, "font-weight": "bold", "events": "no" } },
      { selector: "node:selected", style: { "border-width": 3, "border-color": accent, "font-weight": "bold", "z-index": 9 } },
      { selector: "edge", style: {
        "width": "data(width)", "line-color": line, "target-arrow-color": line, "target-arrow-shape": "triangle", "arrow-scale": 0.7,
        "curve-style": "straight", "opacity": 0.7, "font-size": 11, "color": text, "text-background-color": ground, "text-background-opacity": 1 } },
      { selector: "edge.across", style: { "curve-style": "unbundled-bezier", "control-point-distances": 40, "control-point-weights": 0.5, "opacity": 0.4 } },
      { selector: "edge.planned", style: { "line-style": "dashed", "line-dash-pattern": [6, 4] } },
      { selector: "edge.restricts", style: { "target-arrow-shape": "tee", "line-color": colour("--graph-against"), "target-arrow-color": colour("--graph-against") } },
      { selector: "edge.chosen", style: { "line-color": accent, "target-arrow-color": accent, "opacity": 1, "label": "data(label)", "z-index": 8 } },
    ];
  }

  function told(found, node) {
    const middle = found.nodes[0].id;
    return found.edges.filter((edge) => [edge.source, edge.target].includes(node.id) && [edge.source, edge.target].includes(middle)).map((edge) => {
      const planned = edge.planned === edge.claims ? words.planned : edge.planned ? words.partly(edge.planned) : "";
      return `${edge.source === middle ? "→" : "←"} ${called(found, edge.relation)}, ${words.claims(edge.claims)}${planned ? `, ${planned}` : ""}`;
    });
  }

  function line(found, node) {
    const kind = node.kind ? element("span", { class: "kind" }, called(found, node.kind)) : "";
    const around = element("a", { class: "around", href: `/graph?iri=${encodeURIComponent(node.id)}`, "aria-label": `${words.center}: ${node.label}` }, words.center);
    const joined = told(found, node).map((text) => element("span", { class: "joined" }, text));
    return [element("a", { href: node.path }, element("bdi", {}, node.label)), " ", kind, " ", ...joined.flatMap((one) => [one, " "]), around];
  }

  function legend(found) {
    const made = element("ul", { class: "legend", "aria-label": words.legend }), kinds = new Set(found.nodes.map((node) => node.kind).filter(Boolean));
    for (const kind of [...kinds].sort()) {
      const mark = element("span", { class: "mark", "aria-hidden": "true" });
      mark.style.backgroundColor = `var(--kind-${local(kind)}, var(--kind-other))`;
      made.append(element("li", {}, mark, called(found, kind)));
    }
    const lines = [["said", words.said]];
    if (found.edges.some((edge) => edge.planned === edge.claims)) lines.push(["planned", words.planned]);
    if (found.edges.some((edge) => local(edge.relation) === "restricts")) lines.push(["restricts", words.restricts]);
    for (const [name, text] of lines) made.append(element("li", {}, element("span", { class: `stroke ${name}`, "aria-hidden": "true" }), text));
    return made;
  }

  function drawn(host, found) {
    const [middle, ...others] = found.nodes;
    const canvas = element("div", { class: "canvas", tabindex: "0", role: "group", "aria-label": words.graph(middle.label, others.length) });
    const panel = element("p", { class: "panel", "aria-live": "polite" });
    const tools = element("div", { class: "tools" });
    host.replaceChildren(canvas, element("div", { class: "below" }, legend(found), tools), panel);
    if (found.left_out) host.append(element("p", { class: "more" }, words.more(found.left_out)));
    if (host.dataset.listed !== "no") {
      const list = element("ul", { class: "neighbours" }, ...others.map((node) => element("li", {}, ...line(found, node))));
      host.append(element("details", {}, element("summary", {}, words.list(others.length)), list));
    }
    const shape = () => canvas.clientWidth / canvas.clientHeight;
    let shaped = shape();
    const graph = window.cytoscape({
      container: canvas, elements: elements(found, shaped), layout: { name: "preset", fit: true, padding: 12 }, style: styles(host),
      autoungrabify: true, boxSelectionEnabled: false, userZoomingEnabled: false, userPanningEnabled: false, minZoom: 0.1, maxZoom: 3,
    });
    opened(graph);
    const byId = new Map(found.nodes.map((node) => [node.id, node]));
    const shown = (id) => {
      graph.elements().removeClass("chosen");
      graph.nodes().unselect();
      const node = graph.getElementById(id);
      node.select();
      node.connectedEdges().addClass("chosen");
      panel.replaceChildren(...line(found, byId.get(id)));
      return node;
    };
    graph.on("tap", "node", (event) => byId.has(event.target.id()) && shown(event.target.id()));
    graph.on("mouseover", "node", (event) => { canvas.title = byId.get(event.target.id())?.label ?? ""; });
    graph.on("mouseout", "node", () => { canvas.title = ""; });
    // The wheel and a finger scroll the page until the graph is what is worked with.
    const hold = (held) => graph.userZoomingEnabled(held).userPanningEnabled(held);
    canvas.addEventListener("focus", () => hold(true));
    canvas.addEventListener("blur", () => hold(false));
    canvas.addEventListener("pointerdown", () => canvas.focus({ preventScroll: true }));
    let place = -1;
    const step = (by) => {
      place = (place + by + others.length) % others.length;
      const node = shown(others[place].id), { x, y } = node.position(), seen = graph.extent();
      if (x < seen.x1 || x > seen.x2 || y < seen.y1 || y > seen.y2) graph.center(node);
    };
    const scale = (by) => graph.zoom({ level: graph.zoom() * by, renderedPosition: { x: canvas.clientWidth / 2, y: canvas.clientHeight / 2 } });
    const keys = {
      ArrowDown: () => step(1), ArrowRight: () => step(1), ArrowUp: () => step(-1), ArrowLeft: () => step(-1),
      "+": () => scale(1.25), "-": () => scale(0.8), 0: () => fitted(graph), Enter: () => place >= 0 && location.assign(others[place].path),
    };
    canvas.addEventListener("keydown", (event) => {
      if (!(event.key in keys) || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      keys[event.key]();
    });
    tools.append(button("+", words.larger, () => scale(1.25)), button("−", words.smaller, () => scale(0.8)), button("⤢", words.whole, () => fitted(graph)));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => graph.style(styles(host)));
    new ResizeObserver(() => {
      graph.resize();
      if (Math.abs(shape() - shaped) > 0.05) {
        shaped = shape();
        graph.json({ elements: elements(found, shaped) });
      }
      opened(graph);
    }).observe(canvas);
    host.neighbourhood = graph;
    host.dataset.drawn = String(others.length);
  }

  function fitted(graph) {
    graph.fit(undefined, 12);
    if (graph.zoom() > 1.2) graph.zoom(1.2).center();
  }

  // All of it where that can be read, else the middle.
  function opened(graph) {
    fitted(graph);
    if (graph.zoom() < LEAST_ZOOM) graph.zoom(LEAST_ZOOM).center(graph.nodes(".middle"));
  }

  async function shownIn(host) {
    host.textContent = words.wait;
    try {
      const asked = new URLSearchParams({ iri: host.dataset.neighbourhood, limit: host.dataset.limit ?? "200" });
      const answer = await fetch(`/neighbourhood?${asked}`, { headers: { accept: "application/json" } });
      if (!answer.ok) throw new Error(await answer.text());
      const found = await answer.json();
      if (found.nodes.length < 2) {
        host.textContent = words.none;
        return;
      }
      await cytoscapeLoaded();
      drawn(host, found);
    } catch (error) {
      host.textContent = words.failed;
      console.warn(error);
    }
  }

  const seen = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      seen.unobserve(target);
      shownIn(target);
    }
  }, { rootMargin: "300px" });
  for (const host of document.querySelectorAll("[data-neighbourhood]")) seen.observe(host);
})();
