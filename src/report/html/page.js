"use strict";
(() => {
  const find = (selector, from = document) => Array.from(from.querySelectorAll(selector));
  const cards = find("article.card");

  // What is hidden without a script.
  find(".tools,.review,.copy").forEach((element) => { element.hidden = false; });

  // Marks live in the reader's browser, where it lets a page keep anything.
  const key = "rederive:marks:" + (document.body.dataset.key || location.pathname);
  let marks = {};
  try { marks = JSON.parse(localStorage.getItem(key)) || {}; } catch { marks = {}; }
  const keep = () => { try { localStorage.setItem(key, JSON.stringify(marks)); } catch { /* not allowed here */ } };
  const count = () => {
    const status = document.getElementById("marked");
    const marked = cards.filter((card) => (marks[card.dataset.fingerprint] || {}).mark).length;
    if (status) status.textContent = marked + " of " + cards.length + (cards.length === 1 ? " finding" : " findings") + " marked";
  };
  const set = (card, change) => {
    const print = card.dataset.fingerprint;
    marks[print] = Object.assign({}, marks[print], change);
    keep();
    count();
  };
  cards.forEach((card) => {
    const own = marks[card.dataset.fingerprint] || {};
    const remark = card.querySelector(".remark input");
    find(".review input[type=radio]", card).forEach((radio) => {
      radio.checked = radio.value === own.mark;
      radio.addEventListener("change", () => set(card, { mark: radio.value }));
    });
    remark.value = own.note || "";
    remark.addEventListener("change", () => set(card, { note: remark.value }));
  });
  count();

  const save = document.getElementById("export");
  if (save) save.addEventListener("click", () => {
    const list = cards.map((card) => Object.assign({ fingerprint: card.dataset.fingerprint }, marks[card.dataset.fingerprint]))
      .filter((entry) => entry.mark || entry.note);
    const text = JSON.stringify({ paper: document.body.dataset.key || null, marks: list }, null, 2) + "\n";
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    link.download = "marks.json";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  });

  // Copying: the clipboard where it is allowed, else the selection.
  find(".copy").forEach((button) => button.addEventListener("click", async () => {
    const source = document.getElementById(button.dataset.copy);
    let copied = false;
    try { await navigator.clipboard.writeText(source.textContent); copied = true; } catch {
      getSelection().selectAllChildren(source);
      try { copied = document.execCommand("copy"); } catch { copied = false; }
    }
    button.textContent = copied ? "Copied" : "Selected";
    setTimeout(() => { button.textContent = "Copy"; }, 1500);
  }));

  // A link to a folded part opens it.
  const open = () => {
    const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    if (target && target.tagName === "DETAILS") target.open = true;
  };
  addEventListener("hashchange", open);
  open();

  // Everything is printed.
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = find("details:not([open])");
    closed.forEach((fold) => { fold.open = true; });
  });
  addEventListener("afterprint", () => closed.forEach((fold) => { fold.open = false; }));

  let at = -1;
  const go = (step) => {
    if (!cards.length) return;
    if (at >= 0) cards[at].classList.remove("current");
    at = Math.max(0, Math.min(cards.length - 1, at + step));
    cards[at].focus({ preventScroll: true });
    cards[at].classList.add("current");
    cards[at].scrollIntoView({ block: "start" });
  };
  cards.forEach((card, index) => card.addEventListener("focusin", () => {
    if (at >= 0) cards[at].classList.remove("current");
    at = index;
  }));
  addEventListener("keydown", (event) => {
    const switched = document.getElementById("keys-on");
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (switched && !switched.checked) return;
    if (event.target.matches && event.target.matches("input[type=text],textarea,select")) return;
    if (event.key === "j") go(1);
    else if (event.key === "k") go(at < 0 ? 1 : -1);
    else if (event.key === "o") {
      const folds = find("main > details, .others details");
      const some = folds.some((fold) => !fold.open);
      folds.forEach((fold) => { fold.open = some; });
    } else if (event.key >= "1" && event.key <= "4" && at >= 0) {
      const radio = find(".review input[type=radio]", cards[at])[Number(event.key) - 1];
      radio.checked = true;
      set(cards[at], { mark: radio.value });
    } else if (event.key === "?") {
      const keys = document.getElementById("keys");
      if (keys) { keys.open = !keys.open; keys.querySelector("summary").focus(); }
    } else return;
    event.preventDefault();
  });
})();
