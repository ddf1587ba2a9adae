"use strict";
(() => {
  const all = (where, what) => [...where.querySelectorAll(what)];
  const told = document.getElementById("told");
  const pages = all(document, "main > section");
  const boxes = all(document, ".filters input[value]");
  const unsure = document.getElementById("unsure");
  const zone = document.getElementById("zone");
  const tools = document.getElementById("correct");
  let page = pages[0];

  // One page is shown at a time; without this script all of them are.
  const turn = () => {
    const id = location.hash.slice(1);
    page = pages.find((one) => one.id === id) || pages[0];
    document.body.classList.toggle("on-index", page.id === "index");
    for (const one of pages) one.hidden = one !== page;
    tools.hidden = !page.dataset.sha256;
    choose(null);
    scrollTo(0, 0);
    reach();
  };

  // Tab reaches one line of a page, the arrows the others.
  const reach = (line) => {
    const lines = all(page, ".line").filter((one) => !one.hidden);
    for (const one of all(page, ".line[tabindex='0']")) one.tabIndex = -1;
    const to = line && !line.hidden ? line : lines[0];
    if (to) to.tabIndex = 0;
  };

  const ranges = (part) => part.dataset.lines.split(" ").map((range) => range.split("-").map(Number));
  const meet = (line, part) =>
    ranges(part).some(([first, last]) => Number(line.dataset.from) <= last && Number(line.dataset.to) >= first);

  const choose = (what) => {
    for (const old of all(document, ".chosen")) old.classList.remove("chosen");
    zone.disabled = true;
    if (!what) { told.textContent = "Choose a line."; return; }
    what.classList.add("chosen");
    const isLine = what.matches(".line");
    const others = isLine
      ? all(page, ".part[data-lines]").filter((part) => meet(what, part))
      : all(page, ".line").filter((line) => meet(line, what));
    for (const other of others) {
      other.classList.add("chosen");
      const fold = other.closest("details");
      if (fold) fold.open = true;
    }
    if (others[0]) others[0].scrollIntoView({ block: "nearest" });
    const line = isLine ? what : others[0];
    told.textContent = line ? `Line ${line.dataset.from}: ${line.dataset.told}` : "";
    zone.disabled = !line;
    if (line) zone.value = line.dataset.zone;
    what.focus({ preventScroll: true });
    what.scrollIntoView({ block: "nearest" });
    if (isLine) reach(what);
  };

  // Corrections stand in the page itself; a file of zones is read off it.
  const correct = () => {
    const lines = all(page, ".line.chosen");
    for (const line of lines) {
      line.classList.replace(`z-${line.dataset.zone}`, `z-${zone.value}`);
      line.classList.add("corrected");
      line.dataset.zone = zone.value;
      line.querySelector(".zone").textContent = zone.value;
    }
    told.textContent = `Line ${lines[0].dataset.from}: ${zone.value}, corrected`;
  };
  const textOf = (line) => [...line.querySelector(".text").lastChild.data].slice(0, tools.dataset.kept).join("");
  const zonesFile = () => {
    const { path = null, sha256, format, url } = page.dataset;
    const head = JSON.stringify({ schema: tools.dataset.schema, path, sha256, format, url });
    const rows = all(page, ".line").map(
      (line) => "  " + JSON.stringify([Number(line.dataset.from), Number(line.dataset.to), line.dataset.zone, textOf(line)]),
    );
    return `${head.slice(0, -1)},\n "lines": [\n${rows.join(",\n")}\n]}\n`;
  };
  const save = () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([zonesFile()], { type: "application/json" }));
    link.download = (page.dataset.path || "page").split(/[\\/]/).pop() + tools.dataset.suffix;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    told.textContent = `${link.download}: put it into a folder, for articlecli evaluate --gold`;
  };
  const copy = () => {
    const done = (text) => { told.textContent = text; };
    const refused = () => done("This browser does not let a file copy; save the zones.");
    if (!navigator.clipboard) return refused();
    navigator.clipboard.writeText(zonesFile()).then(() => done("The zones are copied."), refused);
  };

  const filter = () => {
    const shown = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    for (const line of all(document, ".line")) {
      line.hidden = !shown.has(line.dataset.zone) || (unsure.checked && !line.classList.contains("unsure"));
    }
    reach();
  };

  const step = (by) => {
    const lines = all(page, ".line").filter((line) => !line.hidden);
    const focus = lines.indexOf(document.activeElement);
    const at = focus < 0 ? lines.findIndex((line) => line.classList.contains("chosen")) : focus;
    if (lines.length) choose(lines[at < 0 ? 0 : Math.min(Math.max(at + by, 0), lines.length - 1)]);
  };
  const leaf = (by) => {
    const at = pages.indexOf(page) + by;
    if (pages[at]) location.hash = pages[at].id;
  };
  const keys = {
    j: () => step(1), k: () => step(-1), n: () => leaf(1), p: () => leaf(-1),
    i: () => { location.hash = pages[0].id; },
    u: () => { unsure.checked = !unsure.checked; filter(); },
    z: () => { if (!zone.disabled) zone.focus(); },
  };
  const letters = document.getElementById("keys");
  const arrows = { ArrowDown: () => step(1), ArrowUp: () => step(-1), Enter: () => step(0), " ": () => step(0) };

  const sort = (button) => {
    const head = button.closest("th");
    const up = head.getAttribute("aria-sort") !== "ascending";
    for (const other of all(head.parentElement, "th")) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", up ? "ascending" : "descending");
    const body = head.closest("table").tBodies[0];
    const value = (row) => {
      const cell = row.cells[head.cellIndex];
      return button.dataset.kind === "number" ? Number(cell.dataset.value) : cell.textContent;
    };
    const order = (a, b) => (typeof a === "number" ? a - b : a.localeCompare(b));
    body.append(...[...body.rows].sort((a, b) => (up ? 1 : -1) * order(value(a), value(b))));
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("th button");
    if (button) return sort(button);
    if (event.target.id === "save") return save();
    if (event.target.id === "copy") return copy();
    const what = event.target.closest(".line, .part[data-lines]");
    if (what && !getSelection().toString()) choose(what);
  });
  document.addEventListener("change", (event) => (event.target === zone ? correct() : filter()));
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("select, textarea")) return;
    const onLine = event.target.matches(".line");
    const act = event.key === "Escape" ? () => choose(null)
      : (onLine && arrows[event.key]) || (letters.checked && keys[event.key]);
    if (act) { event.preventDefault(); act(); }
  });
  addEventListener("hashchange", turn);
  if (matchMedia("(max-width: 50rem)").matches) document.querySelector(".filters").open = false;
  turn();
})();
