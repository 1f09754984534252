"use strict";
(() => {
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const answers = all(".answer");

  // Filters: what is chosen in each list must be what the question has, and every word typed must stand in it.
  const filters = one("#filters");
  const texts = new Map(answers.map((answer) => [answer, answer.textContent.toLocaleLowerCase()]));
  const filter = () => {
    const chosen = new FormData(filters);
    const words = chosen.get("words").toLocaleLowerCase().split(/\s+/).filter(Boolean);
    chosen.delete("words");
    const wanted = [...chosen].filter(([, value]) => value);
    for (const answer of answers) {
      const fits = wanted.every(([name, value]) => answer.dataset[name] === value);
      answer.hidden = !(fits && words.every((word) => texts.get(answer).includes(word)));
    }
    one("#showing").textContent = answers.filter((answer) => !answer.hidden).length;
  };
  filters.addEventListener("input", filter);
  filters.addEventListener("submit", (event) => event.preventDefault());

  // Decisions: one for each question, kept in the page until they are downloaded.
  const decision = (answer) => {
    const picked = one("input[type=radio]:checked", answer);
    if (!picked) return null;
    if (picked.value === "accept") return { accept: Number(picked.dataset.number), target: picked.dataset.target };
    if (picked.value === "value") {
      const typed = one(".typed", answer);
      const chosen = typed.multiple ? [...typed.selectedOptions].map((option) => option.value).filter(Boolean) : typed.value.trim();
      return chosen.length ? { value: chosen } : null;
    }
    return { [picked.value]: one(".reason", answer).value.trim() || true };
  };
  const decisions = () => {
    const found = {};
    for (const answer of answers) {
      const made = decision(answer);
      answer.classList.toggle("chosen", Boolean(made));
      if (made) found[answer.dataset.id] = made;
    }
    return found;
  };
  const save = one("#save");
  const tell = () => {
    const count = Object.keys(decisions()).length;
    one("#decided").textContent = count;
    save.disabled = count === 0;
  };
  for (const answer of answers) {
    one(".typed", answer).addEventListener("input", () => {
      one("input[value=value]", answer).checked = true;
      tell();
    });
    answer.addEventListener("change", tell);
    answer.addEventListener("input", tell);
  }
  save.addEventListener("click", () => {
    const content = JSON.stringify({ questionnaire: document.body.dataset.questionnaire, decisions: decisions() }, null, 1);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([content], { type: "application/json" }));
    link.download = "decisions.json";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  });
})();
