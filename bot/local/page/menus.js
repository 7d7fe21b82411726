// The menus of an open chat: for a message, the commands, what to attach, the chat itself.

import { make } from "./message.js";

const EMOJIS = ["👍", "❤", "🔥", "🎉", "🤔", "😢", "👎"];
const box = document.getElementById("menu");

export function messageMenu(phone, button, message) {
  const mine = message.sender === phone.person;
  const items = [["Reply", () => { phone.lay({ reply: message }); phone.focus(); }]];
  if (mine && message.html && !message.file) items.push(["Edit", () => { phone.lay({ edit: message }); phone.focus(); }]);
  const row = make("div", { class: "emojis" }, ...EMOJIS.map((emoji) => make("button", { type: "button", role: "menuitem", "aria-label": `React with ${emoji}`, onclick: () => { box.hidePopover(); phone.act("react", message, { emojis: [emoji] }); } }, emoji)));
  offer(button, items, row);
}

export function commandMenu(phone, button) {
  const commands = phone.about.commands[phone.person] ?? [];
  offer(button, commands.map((one) => [`/${one.command}`, () => phone.say(`/${one.command}`), one.description]), commands.length ? null : make("p", {}, "The bot has set no commands."));
}

export function attachMenu(phone, button) {
  const file = phone.find("input[type=file]");
  const send = (what, more = {}) => phone.try("send", { what, chat: phone.chat, ...more });
  offer(button, [
    ["📷 Picture…", () => { file.accept = "image/*"; file.click(); }],
    ["🖼 A blank page", () => send("photo")],
    ["📄 File…", () => { file.accept = ""; file.click(); }],
    ["🎤 Voice", () => send("voice")],
    ["👍 Sticker", () => send("sticker")],
    ["📍 Madrid", () => send("location", { latitude: 40.4168, longitude: -3.7038 })],
    ["📍 Tokyo", () => send("location", { latitude: 35.6762, longitude: 139.6503 })],
  ]);
}

export function chatMenu(phone, button) {
  const group = (what, more = {}) => phone.try("regroup", { chat: phone.chat, what, ...more });
  const rest = phone.world.people.filter((one) => !phone.about.members.includes(one.id));
  const items = phone.inGroup ? [
    phone.about.bot ? ["Remove the bot", () => group("remove-bot")] : ["Add the bot", () => group("add-bot")],
    ["Make the bot an administrator", () => group("promote-bot")],
    ...rest.map((one) => [`${one.name} joins`, () => group("join", { person: one.id })]),
    [`${phone.nameOf(phone.person)} leaves`, () => group("leave")],
    ...(phone.about.forum ? [["New topic", () => group("topic", { name: `Topic ${Object.keys(phone.about.topics).length + 1}` })]] : []),
    ...(phone.about.kind === "group" ? [["Become a supergroup", () => group("migrate")]] : []),
  ] : [phone.about.blocked ? ["Unblock the bot", () => phone.try("bar", { blocked: false })] : ["Block the bot", () => phone.try("bar", { blocked: true })]];
  offer(button, items);
}

// A menu beside the button that opened it; arrows walk, Escape leaves.
function offer(button, items, extra = null) {
  const entries = items.map(([label, then, note]) => make("button", { type: "button", role: "menuitem", onclick: () => { box.hidePopover(); then(); } }, label, note ? make("small", {}, note) : null));
  box.replaceChildren(...[extra, ...entries].filter(Boolean));
  box.showPopover();
  const at = button.getBoundingClientRect();
  box.style.left = `${Math.max(8, Math.min(at.left, innerWidth - box.offsetWidth - 8))}px`;
  box.style.top = `${at.bottom + box.offsetHeight + 8 > innerHeight ? Math.max(8, at.top - box.offsetHeight - 4) : at.bottom + 4}px`;
  box.onkeydown = (event) => {
    const all = [...box.querySelectorAll("button")];
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (step) { event.preventDefault(); all[(all.indexOf(document.activeElement) + step + all.length) % all.length].focus(); }
  };
  box.ontoggle = (event) => { if (event.newState === "closed" && box.contains(document.activeElement)) button.focus(); };
  box.querySelector("button")?.focus();
}
