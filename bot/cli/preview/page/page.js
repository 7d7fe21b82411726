// The page stays where it is: a saved file, another seed or lesson only changes what is shown.
const news = () => document.querySelector("#news");

// One after another: what was asked for last is what stays.
let shown = Promise.resolve();
const show = (...asked) => (shown = shown.then(() => put(...asked), () => put(...asked)));

async function put(address = location.href, { remember = false } = {}) {
  const answer = await fetch(address);
  if (!answer.ok) { news().textContent = "This cannot be shown."; return; }
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const held = document.activeElement?.id || document.activeElement?.name;
  const folded = !document.querySelector(".lessons details").open;
  const typed = remember ? [] : tried();
  if (remember) history.pushState({}, "", address);
  document.title = fresh.title;
  for (const part of ["main", "nav", ".seeds"]) document.querySelector(part).replaceWith(fresh.querySelector(part));
  if (folded) document.querySelector(".lessons details").open = false;
  for (const [exercise, answer] of typed) again(exercise, answer);
  if (held) document.querySelector(`#${CSS.escape(held)}, [name="${CSS.escape(held)}"]`)?.focus({ preventScroll: true });
  return fresh.querySelector("#news").textContent;
}

const told = (asked, words) => [`Seed ${asked.get("seed")}`, words].filter(Boolean).join(". ");

// What an author tried stays tried: after a save it is judged again.
const tried = () => [...document.querySelectorAll(".try")].map((form) => [form.dataset.exercise, form.answer.value]).filter(([, answer]) => answer);
function again(exercise, answer) {
  const form = document.querySelector(`.try[data-exercise="${CSS.escape(exercise)}"]`);
  if (form) { form.answer.value = answer; judge(form); }
}

async function judge(form) {
  const said = form.querySelector("output");
  form.setAttribute("aria-busy", "true");
  const answer = await fetch(`${form.action}?${new URLSearchParams(new FormData(form))}`).catch(() => null);
  form.removeAttribute("aria-busy");
  if (answer?.ok) said.innerHTML = await answer.text();
  else said.textContent = "This cannot be judged now.";
}

addEventListener("click", async (event) => {
  const link = event.target.closest("#another, nav a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  const words = await show(link.href, { remember: true });
  if (link.id) { news().textContent = told(new URL(link.href).searchParams, words); return; }
  news().textContent = words ?? "";
  scrollTo(0, 0);
  document.querySelector("main").focus({ preventScroll: true });
  if (narrow.matches) document.querySelector(".lessons details").open = false;
});

addEventListener("submit", async (event) => {
  event.preventDefault();
  if (event.target.matches(".try")) return judge(event.target);
  const asked = new URLSearchParams(new FormData(event.target));
  news().textContent = told(asked, await show(`${event.target.action}?${asked}`, { remember: true }));
});

addEventListener("popstate", () => show());

const narrow = matchMedia("(max-width: 899px)");
if (narrow.matches) document.querySelector(".lessons details").open = false;

let known = null;
const changes = new EventSource("/changes");
changes.onmessage = async ({ data }) => {
  if (data === known) return;
  const first = known === null;
  known = data;
  const words = await show();
  const faults = document.querySelectorAll(".faults li").length;
  const now = new Date().toLocaleTimeString();
  if (words || !first) news().textContent = words || `Read again at ${now}: ${faults ? `${faults} fault${faults > 1 ? "s" : ""}` : "no faults"}`;
};
changes.onerror = () => { news().textContent = "The preview has stopped. Start it again: dropwise lessons preview"; };

document.querySelector("nav [aria-current]")?.scrollIntoView({ block: "nearest" });
