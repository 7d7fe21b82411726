// The page: what the server told so far, and the chats that are open side by side.

import { Phone } from "./chat.js";
import { make, plain } from "./message.js";
import { setUpTools } from "./tools.js";

const $ = (id) => document.getElementById(id);
const world = { people: [], chats: new Map(), messages: new Map(), now: new Date(), ahead: 0, zone: Intl.DateTimeFormat().resolvedOptions().timeZone, unread: new Map(), can: {} };
const phones = [];
const tools = setUpTools(world, { post, current: () => phones.find((phone) => phone.element.contains(document.activeElement)) ?? phones.at(-1), redraw: () => phones.forEach((phone) => phone.redraw()) });

async function post(path, body) {
  const answer = await fetch(`/page/${path}`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(told.impossible ?? `The server said ${answer.status}.`);
  return told;
}

const act = async (what, body) => (await post(`act/${what}`, body)).done;

async function load() {
  const state = await (await fetch("/page/state")).json();
  Object.assign(world, { people: state.people, bot: state.bot, about: state.about, can: state.can });
  world.chats = new Map(state.chats.map((chat) => [chat.id, chat]));
  world.messages = new Map();
  for (const message of state.messages) keep(message);
  tools.setNow(state.now);
  tools.setFault(state.fault);
  document.title = `${state.bot.name} on a local phone`;
}

function keep(message) {
  if (!world.messages.has(message.chat)) world.messages.set(message.chat, new Map());
  world.messages.get(message.chat).set(`${message.home}:${message.id}`, message);
}

function open(person, chat, focus = true) {
  let phone = phones.find((one) => one.person === person && one.chat === chat);
  if (!phone) {
    phone = new Phone(world, person, chat, { act, close, open });
    const narrow = matchMedia("(max-width: 759px)").matches;
    while (phones.length >= (narrow ? 1 : 4)) close(phones[0], false);
    phones.push(phone);
    $("phones").append(phone.element);
    phone.redraw();
  }
  $("chats").classList.remove("open");
  if (focus) phone.focus();
  remember();
  tools.inspect();
}

function close(phone, redraw = true) {
  phone.element.remove();
  phones.splice(phones.indexOf(phone), 1);
  if (redraw) remember();
}

function remember() {
  localStorage.setItem("open", JSON.stringify(phones.map(({ person, chat }) => [person, chat])));
  drawChats();
}

function drawChats() {
  const list = $("chat-list");
  const held = document.activeElement?.dataset.open;
  list.replaceChildren(...world.people.map(entriesOf));
  if (held) list.querySelector(`[data-open="${held}"]`)?.focus();
}

function entriesOf(person) {
  const chats = [...world.chats.values()].filter((chat) => chat.members.includes(person.id));
  chats.sort((one, other) => (one.kind === "private" ? -1 : other.kind === "private" ? 1 : 0));
  const items = chats.map((chat) => {
    const last = [...(world.messages.get(chat.id)?.values() ?? [])].at(-1);
    const shown = phones.some((phone) => phone.person === person.id && phone.chat === chat.id);
    const unread = world.unread.get(chat.id) ?? 0;
    const title = chat.kind === "private" ? world.bot.name : chat.title;
    return make("li", {}, make("button", { type: "button", "aria-current": shown, "data-open": `${person.id}/${chat.id}`, onclick: () => open(person.id, chat.id) }, make("span", { class: "title" }, title), unread && !shown ? make("b", { class: "unread", "aria-label": `${unread} new` }, unread) : null, make("small", {}, last ? plain(last).slice(0, 60) : "nothing yet")));
  });
  return make("section", {}, make("h2", { id: `of-${person.id}` }, make("span", { class: "face", "data-hue": person.id % 6, "aria-hidden": "true" }, person.name.slice(0, 1)), person.name), make("ul", { "aria-labelledby": `of-${person.id}` }, ...items));
}

async function hear(change) {
  tools.setNow(change.now);
  if (change.kind === "fault") tools.setFault(change.fault);
  if (["people", "commands"].includes(change.kind) || (change.message && !world.chats.has(change.message.chat))) {
    await load();
    for (const phone of [...phones]) world.chats.has(phone.chat) ? phone.redraw() : await follow(phone);
    return drawChats();
  }
  const where = change.message?.chat ?? change.chat;
  if (change.message) keep(change.message);
  if (change.kind === "delete") world.messages.get(where)?.delete(`${where}:${change.id}`);
  if (change.kind === "message" && change.message.bot) {
    const seen = phones.some((phone) => phone.chat === where);
    world.unread.set(where, seen ? 0 : (world.unread.get(where) ?? 0) + 1);
  }
  for (const phone of phones.filter((one) => one.chat === where)) phone.hear(change);
  drawChats();
  tools.inspectSoon();
}

async function follow(phone) {
  const moved = [...world.chats.values()].find((chat) => [...(world.messages.get(chat.id)?.values() ?? [])].some((message) => message.home === phone.chat));
  close(phone);
  if (moved) open(phone.person, moved.id, false);
}

function listen() {
  const stream = new EventSource("/page/events");
  let lost = false;
  stream.onopen = async () => {
    tools.setFault($("fault").value);
    if (lost) { await load(); phones.forEach((phone) => phone.redraw()); drawChats(); }
    lost = false;
  };
  stream.onerror = () => { lost = true; $("net").textContent = "The server does not answer…"; };
  let turn = Promise.resolve();
  stream.onmessage = (event) => { turn = turn.then(() => hear(JSON.parse(event.data))); };
}

function drawer(button, side) {
  const set = (on) => { $(side).classList.toggle("open", on); $(button).setAttribute("aria-expanded", on); };
  $(button).onclick = () => { const on = !$(side).classList.contains("open"); set(on); if (on) $(side).querySelector("button, input, select")?.focus(); };
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && $(side).classList.contains("open")) { set(false); $(button).focus(); } });
  document.addEventListener("pointerdown", (event) => { if (!$(side).contains(event.target) && !$(button).contains(event.target)) set(false); });
}

// Sends a form of the list; what cannot be is told under it.
function onAdd(form, what, then) {
  form.onsubmit = async (event) => {
    event.preventDefault();
    form.querySelector(".wrong")?.remove();
    try { then(await what(form)); }
    catch (error) { form.append(make("p", { class: "wrong", role: "alert" }, error.message)); }
  };
}

const opened = (form) => async (person, chat) => { form.reset(); await load(); open(person ?? world.people[0].id, chat); };

onAdd($("meet"), (form) => act("meet", { name: form.elements.name.value, language: navigator.language.slice(0, 2) }), (person) => opened($("meet"))(person, person));
onAdd($("gather"), (form) => act("gather", { title: form.elements.title.value, forum: form.elements.forum.checked, people: world.people.map((person) => person.id) }), (chat) => opened($("gather"))(null, chat));

drawer("open-chats", "chats");
drawer("open-tools", "tools");
await load();
listen();
const wanted = JSON.parse(localStorage.getItem("open") ?? "[]").filter(([person, chat]) => world.chats.get(chat)?.members.includes(person));
for (const [person, chat] of wanted) open(person, chat, false);
if (!phones.length && world.people.length) open(world.people[0].id, world.people[0].id, matchMedia("(min-width: 760px)").matches);
drawChats();
