// The panel beside the chats: the clock, the network's mood, the inspector.

import { make } from "./message.js";

const $ = (id) => document.getElementById(id);

export function setUpTools(world, { post, current, redraw }) {
  let timer = null;
  const zones = Intl.supportedValuesOf("timeZone");
  if (!zones.includes("UTC")) zones.unshift("UTC");
  world.zone = localStorage.getItem("zone") ?? world.zone;
  $("zone").replaceChildren(...zones.map((zone) => new Option(zone.replaceAll("_", " "), zone, false, zone === world.zone)));

  const written = (options) => new Intl.DateTimeFormat("en-GB", { timeZone: world.zone, ...options }).format(world.now);

  function setNow(now) {
    if (!now) return;
    world.now = new Date(now);
    $("now").textContent = written({ weekday: "short", hour: "2-digit", minute: "2-digit" });
    $("now").dateTime = now;
    $("clock-now").textContent = written({ weekday: "long", day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit" });
    $("next-drop").hidden = !world.can.next_drop;
    $("inspector").hidden = !world.can.inspect;
  }

  function setFault(fault) {
    $("fault").value = fault;
    document.documentElement.toggleAttribute("data-fault", Boolean(fault));
    $("net").textContent = fault ? $("fault").selectedOptions[0].text : "";
  }

  async function inspect() {
    const phone = current();
    if (!world.can.inspect || !phone) return;
    $("inspect-what").textContent = phone.element.getAttribute("aria-label");
    const answer = await fetch(`/page/inspect?chat=${phone.chat}`);
    const known = answer.ok ? await answer.json() : { chat: "Nothing is known of it." };
    const folded = [...$("inspected").querySelectorAll("details:not([open])")].map((one) => one.id);
    $("inspected").replaceChildren(...Object.entries(known).map(([name, value]) => part(name, value, folded)));
  }

  // One thing that is known of the chat; what was folded away stays so.
  function part(name, value, folded) {
    const id = `known-${name.replaceAll(" ", "-")}`;
    const shown = typeof value === "string" ? value : JSON.stringify(value, null, 2);
    return make("details", { id, open: !folded.includes(id) }, make("summary", {}, name), make("pre", {}, shown));
  }

  function inspectSoon() {
    clearTimeout(timer);
    timer = setTimeout(inspect, 250);
  }

  async function move(body) {
    try { await post("clock", { chat: current()?.chat ?? 0, ...body }); }
    catch (error) { $("clock-now").textContent = error.message; }
  }

  for (const button of document.querySelectorAll("[data-to]")) button.onclick = () => move({ to: button.dataset.to });
  $("date-form").onsubmit = (event) => { event.preventDefault(); move({ to: "date", date: $("date").value, zone: world.zone }); };
  $("zone").onchange = () => { world.zone = $("zone").value; localStorage.setItem("zone", world.zone); setNow(world.now.toISOString()); redraw(); };
  $("fault").onchange = () => post("act/strike", { fault: $("fault").value });
  $("look").onclick = inspect;
  return { setNow, setFault, inspect, inspectSoon };
}
