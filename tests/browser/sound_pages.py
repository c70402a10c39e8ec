"""What every page has to be: for those who do not see it, for those who see it small."""

from __future__ import annotations

from typing import Any

# What is wrong with a page for those who do not see it, or see it badly. Answers with sentences.
CHECKS = """() => {
  const wrong = [];
  const shown = (e) => !!(e.offsetWidth || e.offsetHeight || e.getClientRects().length);
  const words = (e) => (e.innerText || e.textContent || "").trim();
  const named = (e) => e.getAttribute("aria-label") || words(e) || e.getAttribute("title")
    || (e.getAttribute("aria-labelledby") || "").split(" ").filter(Boolean)
        .map((id) => document.getElementById(id)).filter(Boolean).map(words).join(" ");
  if (document.documentElement.lang !== "th") wrong.push("the page does not say it is Thai");
  if (!document.title.trim()) wrong.push("the page has no title");
  if (document.querySelectorAll("main").length !== 1) wrong.push("not one main part");
  for (const input of document.querySelectorAll("input, select, textarea")) {
    if (input.type === "hidden") continue;
    const label = input.labels && [...input.labels].map(words).join("").trim();
    if (!label && !named(input)) wrong.push(`nothing says what ${input.name || input.type} asks`);
  }
  for (const img of document.querySelectorAll("img")) {
    if (!img.hasAttribute("alt")) wrong.push(`a picture without words: ${img.src}`);
  }
  for (const svg of document.querySelectorAll("svg")) {
    const silent = svg.closest("[aria-hidden=true]") || svg.getAttribute("role") === "presentation";
    const said = named(svg) || svg.querySelector("title");
    if (shown(svg) && !silent && !said) {
      wrong.push(`a drawing without words: ${svg.outerHTML.slice(0, 80)}`);
    }
  }
  for (const button of document.querySelectorAll("button, a[href], summary")) {
    if (shown(button) && !named(button)) {
      wrong.push(`nothing says where this leads: ${button.outerHTML.slice(0, 80)}`);
    }
  }
  let level = 0;
  for (const head of document.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
    const now = Number(head.tagName[1]);
    if (now > level + 1) wrong.push(`a heading skips a step: ${words(head)}`);
    level = now;
  }
  if (document.querySelectorAll("h1").length !== 1) wrong.push("not one first heading");
  const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
  const twice = new Set(ids.filter((id, at) => ids.indexOf(id) !== at));
  for (const id of twice) wrong.push(`id twice: ${id}`);
  for (const cell of document.querySelectorAll("table th")) {
    if (!cell.hasAttribute("scope") && words(cell)) wrong.push(`a head of nothing: ${words(cell)}`);
  }
  return wrong;
}"""

SIDEWAYS = """() => {
  const page = document.documentElement;
  if (page.scrollWidth <= page.clientWidth) return [];
  return [...document.querySelectorAll("body *")]
    .filter((e) => e.getBoundingClientRect().right > page.clientWidth + 1)
    .map((e) => `${e.tagName}.${e.className} ${Math.round(e.getBoundingClientRect().right)}`)
    .slice(0, 5).concat(`${page.scrollWidth} > ${page.clientWidth}`);
}"""


def faults_of(page: Any) -> list[str]:  # noqa: ANN401
    """What is wrong with the page as it stands now, in sentences; nothing of a sound page."""
    page.evaluate("document.fonts.ready")  # in letters of another width much fits that does not
    return [*page.evaluate(SIDEWAYS), *page.evaluate(CHECKS)]
