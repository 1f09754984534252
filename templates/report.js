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

  // The same figure in other years, the newest first.
  const others = (row, fact) =>
    all(`#sources tr[data-concept="${CSS.escape(fact.concept)}"]`)
      .filter((other) => other !== row)
      .map(trace)
      .filter((other) => other.dimensions === fact.dimensions && other.period !== fact.period && other.label === fact.label)
      .map((other) => `${other.period}: ${other.shown}`)
      .reverse();

  const card = one("#card");
  const pattern = one("#trace");
  let opener = null;
  const describe = (anchor) => {
    const row = document.getElementById(anchor);
    const fact = trace(row);
    fact.years = others(row, fact).join("\n");
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

  // Download: all figures, or one table; text that a spreadsheet would run is made plain text.
  const facts = () => all("#sources tbody tr").map(trace);
  const language = document.documentElement.lang;
  const decimal = language === "en" ? "." : ",";
  const safe = (text) => (/^[=+\-@\t\r]/.test(text) && !/^[+-]?[\d.,\s]+/.test(text) ? "'" + text : text);
  const quoted = (text) => `"${safe(text).replaceAll('"', '""')}"`;
  const lines = (rows, separator) => "\ufeff" + rows.map((row) => row.map(quoted).join(separator) + "\r\n").join("");
  const factsCsv = () => {
    const rows = facts();
    return lines([Object.keys(rows[0] || {}), ...rows.map(Object.values)], ",");
  };
  const json = () => JSON.stringify({ report: document.title, language, facts: facts() }, null, 1);
  const save = (content, name, type) => {
    const link = make("a");
    link.href = URL.createObjectURL(new Blob(content, { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };

  // A workbook is a ZIP of XML: stored, not packed, which needs nothing but a checksum.
  const sums = Uint32Array.from({ length: 256 }, (_, n) => {
    for (let bit = 0; bit < 8; bit += 1) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
    return n;
  });
  const checksum = (bytes) => ~bytes.reduce((sum, byte) => sums[(sum ^ byte) & 255] ^ (sum >>> 8), -1) >>> 0;
  const header = (signature, fields) => {
    const view = new DataView(new ArrayBuffer(4 + fields.reduce((size, [width]) => size + width, 0)));
    view.setUint32(0, signature, true);
    let at = 4;
    for (const [width, value] of fields) {
      if (width === 4) view.setUint32(at, value, true);
      else view.setUint16(at, value, true);
      at += width;
    }
    return new Uint8Array(view.buffer);
  };
  const zip = (files) => {
    const parts = [];
    const index = [];
    let at = 0;
    for (const [name, text] of Object.entries(files)) {
      const [title, body] = [name, text].map((each) => new TextEncoder().encode(each));
      // version, UTF-8 names, stored, the first day a ZIP knows, checksum, sizes, length of the name
      const about = [[2, 20], [2, 0x800], [2, 0], [2, 0], [2, 33], [4, checksum(body)], [4, body.length], [4, body.length], [2, title.length], [2, 0]];
      const head = header(0x04034b50, about);
      index.push(header(0x02014b50, [[2, 20], ...about, [2, 0], [2, 0], [2, 0], [4, 0], [4, at]]), title);
      parts.push(head, title, body);
      at += head.length + title.length + body.length;
    }
    const size = index.reduce((sum, part) => sum + part.length, 0);
    const count = index.length / 2;
    return [...parts, ...index, header(0x06054b50, [[2, 0], [2, 0], [2, count], [2, count], [4, size], [4, at], [2, 0]])];
  };
  const escaped = (text) =>
    text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "").replace(/[&<>]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[sign]);
  const cell = (value, bold) =>
    typeof value === "number" ? `<c><v>${value}</v></c>` : `<c t="inlineStr"${bold ? ' s="1"' : ""}><is><t xml:space="preserve">${escaped(value)}</t></is></c>`;
  const xml = (body) => `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${body}`;
  const office = "http://schemas.openxmlformats.org";
  const related = (relations) =>
    xml(`<Relationships xmlns="${office}/package/2006/relationships">${relations.map(([type, target], n) => `<Relationship Id="r${n + 1}" Type="${office}/officeDocument/2006/relationships/${type}" Target="${target}"/>`).join("")}</Relationships>`);
  const workbook = (title, rows, widths) => {
    const main = `xmlns="${office}/spreadsheetml/2006/main"`;
    const type = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    const columns = widths.map((width, n) => `<col min="${n + 1}" max="${n + 1}" width="${width}" customWidth="1"/>`).join("");
    const body = rows.map((row, n) => `<row>${row.map((value) => cell(value, n === 0)).join("")}</row>`).join("");
    return zip({
      "[Content_Types].xml": xml(`<Types xmlns="${office}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${type}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${type}.styles+xml"/></Types>`),
      "_rels/.rels": related([["officeDocument", "xl/workbook.xml"]]),
      "xl/workbook.xml": xml(`<workbook ${main} xmlns:r="${office}/officeDocument/2006/relationships"><sheets><sheet name="${escaped(title).replace(/[\\/?*[\]:"']/g, " ").slice(0, 31)}" sheetId="1" r:id="r1"/></sheets></workbook>`),
      "xl/_rels/workbook.xml.rels": related([["worksheet", "worksheets/sheet1.xml"], ["styles", "styles.xml"]]),
      "xl/styles.xml": xml(`<styleSheet ${main}><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/><xf fontId="1" applyFont="1"/></cellXfs></styleSheet>`),
      "xl/worksheets/sheet1.xml": xml(`<worksheet ${main}><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${columns}</cols><sheetData>${body}</sheetData></worksheet>`),
    });
  };
  const xlsx = () => {
    const named = (key) => one(`[data-k="${key}"] dt`, pattern.content).textContent;
    const heads = [card.dataset.what, named("dimensions"), named("period"), card.dataset.value, card.dataset.unit];
    const keys = ["concept", "paragraph", "file", "sheet", "cell", "name", "formula"];
    const rows = facts().map((fact) => {
      const amount = fact.unit ? Number(fact.exact.split(" ")[0]) : NaN;
      const value = Number.isFinite(amount) ? amount : fact.exact;
      return [fact.label, fact.dimensions, fact.period, value, fact.unit.replace(/^[^:]*:/, ""), ...keys.map((key) => fact[key])];
    });
    const widths = [48, 30, 28, 18, 10, 40, 14, 28, 28, 10, 30, 40];
    return workbook(one("#sources-title").textContent, [[...heads, ...keys.map(named)], ...rows], widths);
  };
  const types = {
    csv: "text/csv;charset=utf-8",
    json: "application/json",
    xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  };
  const kinds = { csv: () => [factsCsv()], json: () => [json()], xlsx };
  for (const button of all("[data-save]")) {
    button.addEventListener("click", () => {
      const kind = button.dataset.save;
      save(kinds[kind](), `facts.${kind}`, types[kind]);
    });
  }

  // Tables: sorted by a column, and saved one by one.
  const amount = (text) => {
    const bare = text.replace(/[\s\u00a0\u202f’]/g, "").replace("−", "-");
    const found = /^-?[\d.,]*\d/.exec(bare);
    if (!found) return NaN;
    return Number(decimal === "." ? found[0].replaceAll(",", "") : found[0].replaceAll(".", "").replace(",", "."));
  };
  const shown = (box) => {
    const copy = box.cloneNode(true);
    for (const extra of all("sup, small.remark-of, a.cell", copy)) extra.remove();
    return copy.textContent.replace(/\s+/g, " ").trim();
  };
  // The header cells as they lie over the columns, those over one column alone in the end.
  const grid = (table) => {
    const rows = [...table.tHead.rows];
    const lie = rows.map(() => []);
    rows.forEach((row, y) => {
      let x = 0;
      for (const box of row.cells) {
        while (lie[y][x]) x += 1;
        for (let down = 0; down < box.rowSpan; down += 1)
          for (let across = 0; across < box.colSpan; across += 1) lie[y + down][x + across] = box;
        x += box.colSpan;
      }
    });
    return lie;
  };
  const said = one("#said");
  const tell = (message, values) => {
    said.textContent = message.replace(/%\((\w+)\)s/g, (_, name) => values[name]);
  };
  const makeSortable = (table) => {
    const body = table.tBodies[0];
    const before = [...body.rows];
    const rows = before.filter((row) => !row.classList.contains("total"));
    const totals = before.filter((row) => row.classList.contains("total"));
    if (rows.length < 3 || before.some((row) => [...row.cells].some((box) => box.rowSpan > 1 || box.colSpan > 1))) return;
    const heads = grid(table).at(-1);
    const sort = (head, x) => {
      const order = { none: "ascending", ascending: "descending", descending: "none" }[head.getAttribute("aria-sort") || "none"];
      for (const other of heads) other.removeAttribute("aria-sort");
      if (order !== "none") head.setAttribute("aria-sort", order);
      const numeric = head.classList.contains("n");
      const keyed = rows.map((row) => {
        const text = shown(row.cells[x]);
        return { row, key: numeric ? amount(text) : text, empty: numeric ? Number.isNaN(amount(text)) : !text || text === "–" };
      });
      const sign = order === "descending" ? -1 : 1;
      const compare = (one, two) => {
        if (one.empty || two.empty) return one.empty - two.empty;
        return sign * (numeric ? one.key - two.key : one.key.localeCompare(two.key, language, { numeric: true }));
      };
      const sorted = order === "none" ? before : [...keyed.sort(compare).map(({ row }) => row), ...totals];
      body.append(...sorted);
      tell(said.dataset[order], { column: shown(head) });
    };
    heads.forEach((head, x) => {
      if (head.tagName !== "TH" || heads.indexOf(head) !== x || one("button", head)) return;
      const button = make("button", "", "sort");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => sort(head, x));
    });
  };
  const tableRows = (table) => {
    const lie = grid(table);
    const heads = lie.at(-1).map((head, x) => [...new Set(lie.map((row) => row[x]))].map(shown).filter(Boolean).join(" – "));
    const numeric = lie.at(-1).map((head) => head.classList.contains("n"));
    const value = (box, x) => {
      const text = shown(box);
      const number = numeric[x] && box.tagName === "TD" ? amount(text) : NaN;
      return Number.isNaN(number) ? text : number;
    };
    return [heads, ...[...table.tBodies[0].rows].map((row) => [...row.cells].map(value))];
  };
  for (const table of all("main .scroll > table")) {
    makeSortable(table);
    if (table.closest(".values")) continue;
    const scroll = table.parentElement;
    const title = table.caption ? shown(table.caption) : one("h2, h3", table.closest("section")).textContent.trim();
    const name = title.normalize("NFC").replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "").slice(0, 60).toLowerCase() || "table";
    const asCsv = () => {
      const rows = tableRows(table).map((row) => row.map((value) => (typeof value === "number" ? String(value).replace(".", decimal) : value)));
      return [lines(rows, decimal === "." ? "," : ";")];
    };
    const asXlsx = () => {
      const rows = tableRows(table);
      return workbook(title, rows, rows[0].map((_, x) => (x ? 20 : 48)));
    };
    const group = make("div", "", table.caption ? "get over" : "get");
    for (const [kind, made] of [["csv", asCsv], ["xlsx", asXlsx]]) {
      const button = make("button", kind.toUpperCase());
      button.type = "button";
      button.append(make("span", ` – ${title}`, "vh"));
      button.addEventListener("click", () => save(made(), `${name}.${kind}`, types[kind]));
      group.append(button);
    }
    scroll.before(group);
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

  // On paper nothing can be pressed: links are none of the keyboard's stops there.
  const paper = matchMedia("print");
  const onPaper = () => {
    for (const link of all("a[href], button")) {
      if (paper.matches) link.tabIndex = -1;
      else link.removeAttribute("tabindex");
    }
  };
  paper.addEventListener("change", onPaper);
  if (paper.matches) onPaper();

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
