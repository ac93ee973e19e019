// The editor of the query page: Yasgui on our own /sparql and nothing else.
"use strict";
(() => {
  const host = document.getElementById("yasgui"), plain = document.getElementById("plain");
  if (!host || !window.Yasgui) return;
  const prefixes = JSON.parse(host.dataset.prefixes), endpoint = `${location.origin}/sparql`;
  const english = document.documentElement.lang.startsWith("en"), words = (chinese, inEnglish) => (english ? inEnglish : chinese);
  const written = plain.elements.query.value;

  Yasgui.Tab.prototype.getShareableLink = function () {
    return `${location.origin}/query?${new URLSearchParams({ query: this.getQuery() })}`;
  };

  plain.hidden = true;
  host.hidden = false;
  const yasgui = new Yasgui(host, {
    requestConfig: { endpoint, method: "POST", acceptHeaderSelect: "application/sparql-results+json", acceptHeaderGraph: "text/turtle" },
    populateFromUrl: false, // a link may hold a query, but no other endpoint and no headers
    autoAddOnInit: false,
    copyEndpointOnNewTab: false,
    autofocus: false,
    persistenceId: "zhimai",
    tabName: words("查询", "Query"),
    yasqe: { autocompleters: ["prefixes", "variables"], prefixCcApi: "/query/prefixes", value: written },
    yasr: { prefixes, maxPersistentResponseSize: 0, errorPlugins: ["error"] },
  });
  const PLAIN = { settings: { selectedPlugin: "table", pluginsConfig: { table: { compact: true, isEllipsed: false } } } }; // no types of literals, nothing cut
  const tabs = Object.values(yasgui._tabs);
  tabs.forEach((tab) => tab.setEndpoint(endpoint));
  if (host.dataset.run || !tabs.length) {
    const same = tabs.find((tab) => tab.getPersistedJson().yasqe.value === written);
    const tab = same ?? yasgui.addTab(true, { ...Yasgui.Tab.getDefaults(yasgui), name: host.dataset.name || yasgui.createTabName(), yasqe: { value: written }, yasr: PLAIN });
    if (same) yasgui.selectTabId(same.getId());
    if (host.dataset.run) tab.query().catch(() => {});
  }

  // Yasgui speaks English only.
  const CHINESE = {
    "Table": "表格", "Response": "原文", "Boolean": "是否", "Error": "错误", "Simple view": "简明", "Ellipse": "截短", "Page size: ": "每页：",
    "Filter query results": "筛选结果", "Download result": "下载结果", "Run query": "运行查询", "Share query": "分享查询",
    "Set as fullscreen": "全屏", "Quit fullscreen": "退出全屏", "Close tab": "关闭", "Add tab": "新查询",
  };
  const translated = (text) => CHINESE[text] ?? text.replace(/^(\d+) results? in ([\d.]+) seconds?$/, "$1 行，$2 秒")
    .replace(/^Showing (\d+) to (\d+) of ([\d,]+) (entries|entry)/, "第 $1 至 $2 行，共 $3 行");
  const translate = () => {
    const walker = document.createTreeWalker(host, NodeFilter.SHOW_TEXT, (node) =>
      node.parentElement.closest(".CodeMirror, tbody, textarea") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = translated(node.data);
      if (text !== node.data) node.data = text;
    }
    for (const name of ["title", "placeholder", "aria-label"]) {
      for (const one of host.querySelectorAll(`[${name}]`)) {
        const text = translated(one.getAttribute(name));
        if (text !== one.getAttribute(name)) one.setAttribute(name, text);
      }
    }
  };

  // What it leaves without a name, for those who hear the page.
  const NAMES = [
    [".yasqe textarea", "SPARQL"], [".yasr .CodeMirror textarea", words("原文", "Response")], [".tableSizer", words("每页行数", "Rows a page")],
    [".yasr_btn.select_table", words("表格", "Table")], [".yasr_btn.select_response", words("原文", "Response")],
  ];
  const name = () => {
    for (const [selector, text] of NAMES) host.querySelectorAll(selector).forEach((one) => one.setAttribute("aria-label", text));
    host.querySelectorAll(".CodeMirror-scroll").forEach((one) => one.setAttribute("tabindex", "0"));
    for (const add of host.querySelectorAll(".addTab")) {
      add.setAttribute("role", "tab"); // a tab list holds nothing else
      add.setAttribute("aria-selected", "false");
    }
  };

  // What the graph names has a page here; elsewhere it may have none.
  const rewritten = new WeakSet();
  const adapt = () => {
    name();
    if (!english) translate();
    for (const link of host.querySelectorAll("a.iri")) {
      if (rewritten.has(link)) continue;
      rewritten.add(link);
      link.href = `/resource?${new URLSearchParams({ iri: link.getAttribute("href") })}`;
    }
  };
  new MutationObserver(adapt).observe(host, { childList: true, subtree: true });
  adapt();
  window.yasgui = yasgui;
})();
