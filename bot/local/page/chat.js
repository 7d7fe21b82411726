// One open chat, as one person sees it.

import { attachMenu, chatMenu, commandMenu, messageMenu } from "./menus.js";
import { draw, keyOf, make, plain, unfoldShort } from "./message.js";

export class Phone {
  constructor(world, person, chat, { act, close, open }) {
    Object.assign(this, { world, person, chat, open, answering: null, editing: null, topic: null });
    this.do = act;
    this.element = document.getElementById("phone").content.firstElementChild.cloneNode(true);
    this.log = this.find(".log");
    this.field = this.find("textarea");
    this.find(".shut").onclick = () => close(this);
    this.find(".composer").onsubmit = (event) => { event.preventDefault(); this.send(); };
    this.find(".commands").onclick = (event) => commandMenu(this, event.currentTarget);
    this.find(".attach").onclick = (event) => attachMenu(this, event.currentTarget);
    this.find(".more").onclick = (event) => chatMenu(this, event.currentTarget);
    this.find(".replying button").onclick = () => { this.lay(null); this.focus(); };
    this.find(".begin").onclick = () => this.begin();
    this.find("input[type=file]").onchange = (event) => this.upload(event.target.files[0]);
    this.field.oninput = () => this.grow();
    this.log.onscroll = () => { this.atEnd = this.isNear(); };
    this.log.addEventListener("load", () => this.stay(), true);
    new ResizeObserver(() => this.stay()).observe(this.log);
    this.field.onkeydown = (event) => this.key(event);
  }

  find(selector) { return this.element.querySelector(selector); }
  get about() { return this.world.chats.get(this.chat); }
  get inGroup() { return this.about.kind !== "private"; }
  get zone() { return this.world.zone; }
  get messages() { return [...(this.world.messages.get(this.chat)?.values() ?? [])].filter((one) => !this.about.forum || this.topic == null || one.topic === this.topic); }
  nameOf(id) { return this.world.people.find((one) => one.id === id)?.name ?? ""; }
  focus() { (this.find(".begin").hidden ? this.field : this.find(".begin")).focus({ preventScroll: true }); this.element.scrollIntoView({ inline: "nearest", block: "nearest" }); }

  // Who reads the latest goes on reading it: a picture that comes late, or a keyboard, moves nothing.
  isNear() { return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 120; }
  stay() { if (this.atEnd) this.log.scrollTop = this.log.scrollHeight; }

  redraw() {
    const title = this.inGroup ? this.about.title : this.world.bot.name;
    this.element.setAttribute("aria-label", `${title}, as ${this.nameOf(this.person)}`);
    this.find("h2").textContent = title;
    this.find(".face").textContent = title.slice(0, 1);
    this.find(".face").dataset.hue = Math.abs(this.chat) % 6;
    this.subtitle();
    this.drawTopics();
    this.log.replaceChildren();
    for (const message of this.messages) this.place(message);
    if (!this.messages.length) this.log.append(make("div", { class: "empty" }, make("p", {}, this.world.about || "Nothing here yet.")));
    this.settle();
    const last = this.messages.at(-1);
    if (last?.bot) this.mayForceReply(last);
    this.atEnd = true;
    this.stay();
  }

  subtitle(action) {
    const others = this.about.members.map((id) => this.nameOf(id)).join(", ");
    this.find(".sub").textContent = action ? `${action}…` : `as ${this.nameOf(this.person)}${this.inGroup ? ` · ${others}` : ""}`;
    this.find(".typing").hidden = !action;
  }

  // A new node at its place, or the old one exchanged.
  place(message) {
    const known = this.log.querySelector(`[data-key="${keyOf(message)}"]`);
    const node = draw(message, this);
    if (known) { known.replaceWith(node); return unfoldShort(node); }
    this.log.querySelector(".empty")?.remove();
    const day = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long", timeZone: this.zone }).format(new Date(message.time));
    if (this.log.dataset.day !== day || !this.log.querySelector(".day")) this.log.append(make("h3", { class: "day" }, day));
    this.log.dataset.day = day;
    this.log.append(node);
    unfoldShort(node);
  }

  hear(change) {
    if (change.kind === "action") return this.type(change.action);
    if (change.kind === "toast") return change.user === this.person || this.settle();
    if (change.kind === "delete") this.log.querySelector(`[data-key="${this.chat}:${change.id}"]`)?.remove();
    if (change.message && this.messages.includes(change.message)) this.place(change.message);
    if (change.kind === "message" && change.message.bot) { this.type(null); this.mayForceReply(change.message); }
    this.settle();
    if (change.kind === "message" && change.message.sender === this.person) this.atEnd = true;
    this.stay();
  }

  type(action) {
    clearTimeout(this.typing);
    this.subtitle(action?.replaceAll("_", " "));
    if (action) this.typing = setTimeout(() => this.subtitle(), 5000);
  }

  mayForceReply(message) {
    if (message.force_reply && [null, this.person].includes(message.only_for)) { this.lay({ reply: message }); this.field.placeholder = message.hint || "Message"; }
  }

  // Everything around the messages: pins, keyboard, who may write.
  settle() {
    const pinned = this.messages.filter((one) => one.pinned).at(-1);
    const bar = this.find(".pinned");
    bar.hidden = !pinned;
    if (pinned) {
      bar.replaceChildren(make("b", {}, "📌 Pinned"), make("span", {}, plain(pinned)));
      bar.onclick = () => this.goTo(pinned.id);
    }
    const begun = this.messages.length || this.inGroup;
    const begin = this.find(".begin");
    begin.hidden = Boolean(begun) && !this.about.blocked;
    begin.textContent = this.about.blocked ? "Unblock" : "Start";
    this.find(".composer").hidden = !begin.hidden;
    this.drawKeyboard();
  }

  drawKeyboard() {
    const last = this.messages.filter((one) => (one.keyboard.length || one.unkeyed) && [null, this.person].includes(one.only_for)).at(-1);
    const used = last?.once && this.messages.slice(this.messages.indexOf(last)).some((one) => one.sender === this.person);
    const box = this.find(".keyboard");
    box.hidden = !last?.keyboard.length || used;
    if (box.hidden) return;
    let index = 0;
    box.replaceChildren(...last.keyboard.map((row) => make("div", { class: "row" }, ...row.map((key) => {
      const which = index++;
      return make("button", { type: "button", onclick: () => this.act("press", last, { button: which }) }, key.label);
    }))));
  }

  drawTopics() {
    const topics = Object.entries(this.about.topics);
    const box = this.find(".topics");
    box.hidden = !topics.length;
    box.replaceChildren(...[[null, "All"], ...topics].map(([id, name]) => {
      const number = id == null ? null : Number(id);
      return make("button", { type: "button", role: "tab", "aria-selected": this.topic === number, onclick: () => { this.topic = number; this.redraw(); } }, name);
    }));
  }

  async say(text) {
    await this.try("type", { text, chat: this.chat, topic: this.topic, reply_to: this.answering?.id ?? null });
    this.lay(null);
  }

  async send() {
    const text = this.field.value.trim();
    if (!text) return;
    this.field.value = "";
    this.grow();
    if (this.editing) { await this.try("edit", { id: this.editing.id, text, chat: this.chat }); this.lay(null); }
    else await this.say(text);
  }

  async try(what, body) {
    try { return await this.do(what, { person: this.person, ...body }); }
    catch (error) { this.toast(error.message); return null; }
  }

  act(what, message, body) { return this.try(what, { home: message.home, id: message.id, ...body }); }

  async tap(button, message, which) {
    button.setAttribute("aria-busy", "true");
    const toast = await this.act("tap", message, { button: which });
    button.removeAttribute("aria-busy");
    if (!toast) return;
    if (toast.url) await this.follow(toast.url);
    if (toast.alert) this.alert(toast.text);
    else if (toast.text) this.toast(toast.text);
  }

  // A link of the bot's own starts it with a payload; any other opens beside the page.
  async follow(url) {
    if (await this.try("follow", { url })) this.open(this.person, this.person);
    else if (/^https?:/.test(url)) window.open(url, "_blank", "noreferrer");
  }

  toast(text) {
    const box = this.find(".toast");
    box.textContent = text;
    clearTimeout(this.fading);
    this.fading = setTimeout(() => { box.textContent = ""; }, 4000);
  }

  alert(text) {
    const dialog = document.getElementById("alert");
    dialog.querySelector("p").textContent = text;
    dialog.showModal();
  }

  show(url, alt) {
    const dialog = document.getElementById("viewer");
    const image = dialog.querySelector("img");
    Object.assign(image, { src: url, alt });
    const stage = dialog.querySelector(".stage");
    stage.classList.remove("close-up");
    stage.onclick = () => stage.classList.toggle("close-up");
    stage.onkeydown = (event) => { if (["Enter", " ", "+", "-"].includes(event.key)) { event.preventDefault(); stage.click(); } };
    dialog.querySelector(".close").onclick = () => dialog.close();
    dialog.showModal();
  }

  goTo(id) {
    const node = this.log.querySelector(`[data-key$=":${id}"]`);
    node?.scrollIntoView({ block: "center" });
    node?.classList.add("found");
    setTimeout(() => node?.classList.remove("found"), 1500);
  }

  // What the next text is: an answer to a message, or a message said anew.
  lay(what) {
    this.answering = what?.reply ?? null;
    this.editing = what?.edit ?? null;
    const bar = this.find(".replying");
    bar.hidden = !what;
    this.field.placeholder = "Message";
    if (this.editing) { this.field.value = plain(this.editing); this.grow(); }
    if (what) bar.querySelector("p").replaceChildren(make("b", {}, this.editing ? "Edit" : `Reply to ${this.answering.name}`), make("span", {}, plain(this.editing ?? this.answering)));
  }

  key(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); this.send(); }
    if (event.key === "Escape") this.lay(null);
    if (event.key === "ArrowUp" && !this.field.value) {
      const mine = this.messages.filter((one) => one.sender === this.person && one.html && !one.service).at(-1);
      if (mine) { event.preventDefault(); this.lay({ edit: mine }); }
    }
  }

  grow() {
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight + 2, 140)}px`;
  }

  begin() { return this.about.blocked ? this.try("bar", { blocked: false }) : this.say("/start").then(() => this.focus()); }

  menu(button, message) { messageMenu(this, button, message); }

  async upload(file) {
    if (!file) return;
    const bytes = new Uint8Array(await file.arrayBuffer());
    let binary = "";
    for (let at = 0; at < bytes.length; at += 32768) binary += String.fromCharCode(...bytes.subarray(at, at + 32768));
    await this.try("send", { what: this.find("input[type=file]").accept ? "photo" : "document", name: file.name, content: btoa(binary), chat: this.chat });
    this.find("input[type=file]").value = "";
  }
}
