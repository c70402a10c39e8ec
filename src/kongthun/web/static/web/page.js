// Comforts only: every page works without this file.
"use strict";

// A menu closes when one presses beside it, or Escape.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// Which files were chosen, and how many.
document.addEventListener("change", (event) => {
  const drop = event.target.closest("[data-drop]");
  if (!drop || event.target.type !== "file") return;
  const lines = [...event.target.files].map((file) => {
    const line = document.createElement("li");
    line.textContent = `${file.name} · ${Math.max(1, Math.round(file.size / 1024)).toLocaleString("th-TH")} kB`;
    return line;
  });
  if (lines.length > 1) {
    const count = document.createElement("li");
    count.textContent = `เลือกแล้ว ${lines.length} ไฟล์`;
    lines.unshift(count);
  }
  drop.querySelector("[data-drop-chosen]").replaceChildren(...lines);
});
for (const [name, over] of [["dragover", true], ["dragleave", false], ["drop", false]]) {
  document.addEventListener(name, (event) => {
    const drop = event.target.closest?.("[data-drop]");
    if (drop) drop.classList.toggle("drop--over", over);
  });
}

// A form on its way says so. It may still be pressed again: the same form is never booked twice.
document.addEventListener("submit", (event) => event.target.setAttribute("aria-busy", "true"));
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[aria-busy]")) form.removeAttribute("aria-busy");
});

// No signal, or a part that did not come.
const connection = document.getElementById("connection");
if (connection) {
  const say = (words) => {
    connection.querySelector("[data-words]").textContent = words;
    connection.hidden = false;
  };
  const noSignal = () => say(connection.dataset.noSignal);
  window.addEventListener("offline", noSignal);
  window.addEventListener("online", () => (connection.hidden = true));
  document.addEventListener("htmx:sendError", noSignal);
  document.addEventListener("htmx:timeout", noSignal);
  document.addEventListener("htmx:responseError", () => say(connection.dataset.notLoaded));
  document.addEventListener("htmx:afterOnLoad", () => (connection.hidden = true));
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
