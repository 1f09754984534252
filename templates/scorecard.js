"use strict";
(() => {
  const drills = [...document.querySelectorAll("details.drill")];

  // A deep link opens what it leads to, also in browsers that do not do so themselves.
  const open = (hash) => {
    let name = "";
    try { name = decodeURIComponent(hash.slice(1)); } catch { return; }
    const target = name && document.getElementById(name);
    const drill = target && target.closest("details.drill");
    if (!drill) return;
    drill.open = true;
    target.scrollIntoView({ block: "nearest" });
    drill.querySelector("summary").focus({ preventScroll: true });
  };
  addEventListener("hashchange", () => open(location.hash));
  document.querySelectorAll(".board .label a").forEach((link) => {
    link.addEventListener("click", () => open(link.hash));
  });
  open(location.hash);

  const all = document.querySelector("#open-all");
  all.hidden = false;
  all.addEventListener("click", () => {
    const opening = all.getAttribute("aria-pressed") !== "true";
    for (const drill of drills) drill.open = opening;
    all.setAttribute("aria-pressed", String(opening));
  });
})();
