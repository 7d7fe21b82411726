// Faults of accessibility on the page as it is now: controls without a name, pictures without words,
// ids met twice, text too pale for its ground.
const faults = [];
const seen = (e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && e.getClientRects().length;
const nameOf = (e) => (e.getAttribute("aria-label") || [...(e.labels ?? [])].map((l) => l.textContent).join(" ") || e.textContent || e.getAttribute("title") || "").trim();
for (const e of document.querySelectorAll("button, a[href], input, select, textarea, [role=button]")) {
  if (seen(e) && !nameOf(e)) faults.push(`no name: ${e.outerHTML.slice(0, 90)}`);
}
for (const e of document.querySelectorAll("img")) if (seen(e) && !e.alt) faults.push(`no words for ${e.src}`);
for (const e of document.querySelectorAll("section, dialog")) {
  if (seen(e) && e.classList.contains("phone") && !e.getAttribute("aria-label")) faults.push("a phone without a name");
}
const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) faults.push(`id twice: ${id}`);
for (const landmark of ["main", "nav", "aside", "body > header"]) {
  if (document.querySelectorAll(landmark).length !== 1) faults.push(`not one ${landmark}`);
}
const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", { willReadFrequently: true });
const pixel = (grounds, colour) => {
  canvas.clearRect(0, 0, 1, 1);
  for (const paint of [...grounds, colour].filter(Boolean)) { canvas.fillStyle = paint; canvas.fillRect(0, 0, 1, 1); }
  return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
};
const light = (rgb) => rgb.map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)).reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
  const e = walker.currentNode.parentElement;
  if (!walker.currentNode.textContent.trim() || !seen(e) || e.closest("script, template, option, select, tg-spoiler:not(.shown), .folded, .unseen")) continue;
  const grounds = [];
  for (let up = e; up; up = up.parentElement) grounds.unshift(getComputedStyle(up).backgroundColor);
  const [over, under] = [light(pixel(grounds, getComputedStyle(e).color)), light(pixel(grounds))].sort((a, b) => b - a);
  const contrast = (over + 0.05) / (under + 0.05);
  if (contrast < 4.5) faults.push(`contrast ${contrast.toFixed(2)}: ${e.className || e.tagName} "${e.textContent.slice(0, 30)}"`);
}
return faults;
