"use strict";
(() => {
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const make = (tag, text, name) => {
    const element = document.createElement(tag);
    if (text) element.textContent = text;
    if (name) element.className = name;
    return element;
  };

  // Where a figure comes from: read from the table of sources, the only place that holds it.
  const trace = (row) => {
    const table = row.closest("table");
    const [place, label, exact, paragraph] = [...row.cells].map((cell) => cell.cloneNode(true));
    const taken = (name) => {
      const part = one(name, label);
      if (part) part.remove();
      return part ? part.textContent.trim() : "";
    };
    const dimensions = taken(".dimensions");
    const period = taken(".period") || one("#sources").dataset.period;
    const computed = table.classList.contains("computed");
    return {
      label: label.textContent.trim(),
      dimensions,
      shown: row.dataset.shown,
      exact: row.dataset.exact || exact.textContent.trim(),
      unit: row.dataset.unit,
      period,
      concept: row.dataset.concept,
      paragraph: paragraph.textContent.trim(),
      file: table.dataset.file,
      sheet: table.dataset.sheet,
      cell: computed ? "" : place.textContent.trim(),
      name: row.dataset.name,
      formula: !computed ? "" : place.textContent.replace(/\s+/g, " ").trim(),
    };
  };

  const card = one("#card");
  const pattern = one("#trace");
  let opener = null;
  const describe = (anchor) => {
    const row = document.getElementById(anchor);
    const fact = trace(row);
    const shown = pattern.content.cloneNode(true);
    one(".label", shown).textContent = fact.label;
    one(".exact", shown).textContent = fact.exact;
    one(".exact", shown).classList.toggle("text", fact.exact.length > 40);
    for (const line of all("[data-k]", shown)) {
      if (fact[line.dataset.k]) one("dd", line).textContent = fact[line.dataset.k];
      else line.remove();
    }
    one(".row a", shown).href = "#" + anchor;
    return shown;
  };
  const place = (link) => {
    const box = link.getBoundingClientRect();
    const left = Math.max(16, Math.min(box.left, innerWidth - card.offsetWidth - 16));
    const below = box.bottom + 8;
    const fits = below + card.offsetHeight < innerHeight - 8;
    const top = fits ? below : Math.max(8, box.top - card.offsetHeight - 8);
    card.style.left = `${left}px`;
    card.style.top = `${top}px`;
  };
  if (card.showPopover) {
    card.hidden = false;
    card.addEventListener("toggle", (event) => {
      if (event.newState === "closed" && opener) {
        opener.setAttribute("aria-expanded", "false");
        if (card.contains(document.activeElement) || document.activeElement === document.body) opener.focus();
        opener = null;
      }
    });
    one(".close", card).addEventListener("click", () => card.hidePopover());
    for (const link of all("a.f")) {
      link.setAttribute("aria-haspopup", "dialog");
      link.setAttribute("aria-expanded", "false");
      link.setAttribute("role", "button");
      const open = (event) => {
        event.preventDefault();
        one(".traces", card).replaceChildren(...link.dataset.f.split(" ").map(describe));
        card.showPopover();
        opener = link;
        link.setAttribute("aria-expanded", "true");
        place(link);
        one(".close", card).focus({ preventScroll: true });
      };
      link.addEventListener("click", open);
      link.addEventListener("keydown", (event) => {
        if (event.key === " ") open(event);
      });
    }
    card.addEventListener("click", (event) => {
      if (event.target.closest("a")) {
        opener = null;
        card.hidePopover();
      }
    });
  }

  // Download.
  const facts = () => all("#sources tbody tr").map(trace);
  const quoted = (text) => {
    const safe = /^[=+\-@\t\r]/.test(text) && !/^[+-]?[\d.,\s]+/.test(text) ? "'" + text : text;
    return `"${safe.replaceAll('"', '""')}"`;
  };
  const csv = () => {
    const rows = facts();
    const lines = rows.map((fact) => Object.values(fact).map(quoted).join(","));
    return "\ufeff" + [Object.keys(rows[0] || {}).join(","), ...lines].join("\r\n") + "\r\n";
  };
  const json = () => JSON.stringify({ report: document.title, language: document.documentElement.lang, facts: facts() }, null, 1);
  for (const button of all("[data-save]")) {
    button.addEventListener("click", () => {
      const kind = button.dataset.save;
      const type = kind === "csv" ? "text/csv;charset=utf-8" : "application/json";
      const link = make("a");
      link.href = URL.createObjectURL(new Blob([kind === "csv" ? csv() : json()], { type }));
      link.download = `facts.${kind}`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    });
  }

  // Light and dark.
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const themeSwitch = one("[data-theme-switch]");
  const isDark = () => (document.documentElement.dataset.theme || (dark.matches ? "dark" : "light")) === "dark";
  const sayTheme = () => themeSwitch.setAttribute("aria-pressed", String(isDark()));
  themeSwitch.addEventListener("click", () => {
    document.documentElement.dataset.theme = isDark() ? "light" : "dark";
    sayTheme();
  });
  dark.addEventListener("change", sayTheme);
  sayTheme();

  // Search: what stands in the report, one place a line.
  const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  const query = one("#query");
  const hits = one("#hits");
  let places = null;
  const index = () =>
    all("main h2, main h3, main h4, main caption, main figcaption b, main tbody tr, .answers > div, .narrative p, .remark, .keyfigures li, .footnotes li")
      .filter((node) => !node.closest(".values"))
      .map((node) => {
        const text = node.textContent.replace(/\s+/g, " ").trim();
        return { node, text, key: plain(text) };
      });
  const titleOf = (node) => {
    const section = node.closest("section");
    const title = section && one("h3, h2", section);
    return title ? title.textContent.replace(/\s+/g, " ").trim() : "";
  };
  const go = (node) => {
    hits.hidden = true;
    node.tabIndex = -1;
    node.scrollIntoView({ block: "center" });
    node.focus({ preventScroll: true });
    if (window.Highlight && CSS.highlights) {
      const range = new Range();
      range.selectNodeContents(node);
      CSS.highlights.set("found", new Highlight(range));
      setTimeout(() => CSS.highlights.delete("found"), 2500);
    }
  };
  const hit = ({ node, text, key }, wanted) => {
    const at = key.length === text.length ? Math.max(key.indexOf(wanted), 0) : 0;
    const from = Math.max(0, at - 40);
    const item = make("li");
    const link = make("a");
    link.href = "#" + (node.closest("[id]") || {}).id;
    link.append(make("b", titleOf(node)), (from ? "…" : "") + text.slice(from, at));
    link.append(make("mark", text.slice(at, at + wanted.length)), text.slice(at + wanted.length, at + 90));
    link.addEventListener("click", (event) => {
      event.preventDefault();
      go(node);
    });
    item.append(link);
    return item;
  };
  const search = () => {
    const wanted = plain(query.value.trim());
    hits.hidden = wanted.length < 2;
    if (hits.hidden) return;
    places = places || index();
    const found = places.filter(({ key }) => key.includes(wanted));
    one("p", hits).textContent = found.length ? hits.dataset.some.replace("%(count)s", found.length) : hits.dataset.none;
    one("ol", hits).replaceChildren(...found.slice(0, 40).map((entry) => hit(entry, wanted)));
  };
  query.addEventListener("input", search);
  query.addEventListener("focus", search);
  query.addEventListener("keydown", (event) => {
    const first = one("#hits a");
    if (event.key === "Enter" && first && !hits.hidden) first.click();
    if (event.key === "ArrowDown" && first && !hits.hidden) {
      event.preventDefault();
      first.focus();
    }
  });
  hits.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const links = all("a", hits);
    (links[links.indexOf(document.activeElement) + step] || query).focus();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !hits.hidden) {
      hits.hidden = true;
      query.focus();
    }
    if (event.key === "/" && !event.target.closest("input") && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      query.focus();
    }
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest(".find")) hits.hidden = true;
  });

  // The contents say where the reader is.
  const contents = one("#contents");
  const links = new Map(all("a", contents).map((link) => [link.hash.slice(1), link]));
  const spy = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        for (const link of links.values()) link.removeAttribute("aria-current");
        links.get(target.id).setAttribute("aria-current", "true");
      }
    },
    { rootMargin: "-20% 0px -75% 0px" },
  );
  for (const id of links.keys()) {
    const target = document.getElementById(id);
    if (target) spy.observe(target);
  }
  contents.addEventListener("click", (event) => {
    if (event.target.closest("a") && contents.matches(":popover-open")) contents.hidePopover();
  });

  // A table that fits is no stop for the keyboard.
  const stops = () => {
    for (const box of all(".scroll")) {
      if (box.scrollWidth > box.clientWidth + 1) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    }
  };
  stops();
  addEventListener("resize", stops);

  for (const control of all(".find, .tools, .save")) control.hidden = false;
})();
