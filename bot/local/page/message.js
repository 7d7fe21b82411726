// Draws one message: its bubble, and everything in it that can be pressed.

const make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name.startsWith("aria-") && value != null) element.setAttribute(name, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child != null));
  return element;
};

const sizeOf = (bytes) => (bytes < 1024 ? `${bytes} B` : `${(bytes / 1024).toFixed(bytes < 10240 ? 1 : 0)} kB`);

// A message as a DOM node. `phone` says who looks: {person, zone, act, reply, edit, menu, show}.
function draw(message, phone) {
  if (message.service) {
    return make("article", { class: "service", "data-key": keyOf(message) }, make("p", {}, message.service));
  }
  const own = message.sender === phone.person;
  const bubble = make("div", { class: isTight(message) ? "bubble tight" : "bubble" });
  if (!own && phone.inGroup) bubble.append(make("p", { class: "name", "data-hue": message.sender % 6 }, message.name));
  if (message.reply) bubble.append(replied(message.reply, phone));
  if (message.file) bubble.append(file(message, phone));
  if (message.location) bubble.append(make("p", { class: "place" }, `📍 ${message.location.join(", ")}`));
  if (message.html) bubble.append(words(message, phone));
  if (message.poll) bubble.append(poll(message, phone));
  bubble.append(reactions(message, phone), meta(message, phone));
  const article = make("article", { class: own ? "message own" : "message", "data-key": keyOf(message) }, bubble);
  article.setAttribute("aria-label", own ? "You" : message.name);
  if (message.buttons.length) article.append(buttons(message, phone));
  return article;
}

const keyOf = (message) => `${message.home}:${message.id}`;

function words(message, phone) {
  const text = make("div", { class: "text" });
  text.innerHTML = message.html.replaceAll("</pre>\n", "</pre>"); // a block ends its line; made by the server from escaped text: Telegram's tags and no others
  for (const spoiler of text.querySelectorAll("tg-spoiler")) hide(spoiler);
  for (const quote of text.querySelectorAll("blockquote[expandable]")) fold(quote);
  for (const link of text.querySelectorAll("a")) link.onclick = (event) => { event.preventDefault(); phone.follow(link.href); };
  for (const command of text.querySelectorAll("button.command")) command.onclick = () => phone.say(command.textContent);
  if (isTight(message)) text.append(roomFor(message));
  return text;
}

// Where text comes last, the time stands at the end of its last line: a gap as wide keeps it free.
const isTight = (message) => message.html && !message.poll && !Object.keys(message.reactions).length;

function roomFor(message) {
  const gap = make("span", { class: "room", "aria-hidden": "true" });
  gap.style.width = `${76 + (message.edited ? 44 : 0) + (message.pinned ? 22 : 0) + (message.silent ? 22 : 0)}px`;
  return gap;
}

function hide(spoiler) {
  const reveal = (event) => {
    if (event.type === "keydown" && !["Enter", " "].includes(event.key)) return;
    event.preventDefault();
    const shown = spoiler.classList.toggle("shown");
    spoiler.setAttribute("aria-label", shown ? spoiler.textContent : "Hidden text: press to show");
    spoiler.setAttribute("aria-expanded", shown);
  };
  for (const [name, value] of [["role", "button"], ["tabindex", 0], ["aria-expanded", false], ["aria-label", "Hidden text: press to show"]]) spoiler.setAttribute(name, value);
  spoiler.onclick = spoiler.onkeydown = reveal;
}

function fold(quote) {
  quote.classList.add("folded");
  const more = make("button", { type: "button", class: "unfold", "aria-expanded": "false" }, "Show all");
  more.onclick = () => {
    const folded = quote.classList.toggle("folded");
    more.textContent = folded ? "Show all" : "Show less";
    more.setAttribute("aria-expanded", !folded);
  };
  quote.after(more);
}

// A quote that is short enough needs no folding; known once it is drawn.
function unfoldShort(node) {
  for (const quote of node.querySelectorAll(".folded")) {
    if (quote.scrollHeight > quote.clientHeight + 2) continue;
    quote.classList.remove("folded");
    quote.nextElementSibling.remove();
  }
}

function replied(reply, phone) {
  return make("button", { type: "button", class: "reply", onclick: () => phone.goTo(reply.id) }, make("b", {}, reply.name), make("span", {}, reply.text));
}

function file({ file: one, html, name }, phone) {
  const plain = make("div");
  plain.innerHTML = html;
  if (one.kind === "photo") {
    const alt = plain.textContent || `Picture from ${name}`;
    const image = make("img", { src: one.url, alt, width: one.width, height: one.height, loading: "lazy" });
    return make("button", { type: "button", class: "photo", "aria-label": `Enlarge: ${alt}`, onclick: () => phone.show(one.url, alt) }, image);
  }
  if (one.kind === "sticker") return make("p", { class: "sticker", role: "img", "aria-label": `Sticker ${one.name}` }, one.name);
  if (one.kind === "voice") return make("p", { class: "document" }, "🎤 Voice message, 0:03");
  return make("a", { class: "document", href: one.url, download: one.name }, make("span", { class: "sheet", "aria-hidden": "true" }, "📄"), make("span", {}, make("b", {}, one.name), make("small", {}, sizeOf(one.bytes))));
}

function poll(message, phone) {
  const one = message.poll;
  const mine = one.votes[phone.person];
  const total = Object.keys(one.votes).length;
  const box = make("div", { class: "poll", role: "group", "aria-label": `Poll: ${one.question}` }, make("p", { class: "question" }, one.question));
  box.append(make("small", {}, [one.closed ? "Final results" : one.anonymous ? "Anonymous" : "Public", one.quiz ? "quiz" : "poll"].join(" ")));
  const picked = new Set();
  one.options.forEach((option, index) => {
    const seen = one.counts && (mine || one.closed);
    const share = seen && total ? Math.round((100 * one.counts[index]) / total) : 0;
    const mark = mine?.includes(index) ? (one.quiz && (one.closed || one.counts) ? (one.right.includes(index) ? "✓" : "✗") : "●") : one.quiz && seen && one.right.includes(index) ? "✓" : "○";
    const choose = (event) => {
      if (!one.several) return phone.act("vote", message, { options: [index] });
      picked.has(index) ? picked.delete(index) : picked.add(index);
      event.currentTarget.setAttribute("aria-pressed", picked.has(index));
    };
    const bar = make("span", { class: "bar" });
    bar.style.width = `${share}%`;
    box.append(make("button", { type: "button", class: "option", disabled: one.closed || Boolean(mine), "aria-pressed": Boolean(mine?.includes(index)), onclick: choose }, make("span", { "aria-hidden": "true" }, mark), make("span", { class: "label" }, option), seen ? make("b", {}, `${share}%`) : null, bar));
  });
  if (one.several && !mine && !one.closed) box.append(make("button", { type: "button", class: "vote", onclick: () => phone.act("vote", message, { options: [...picked] }) }, "Vote"));
  if (one.explanation && mine) box.append(make("p", { class: "explanation" }, one.explanation));
  box.append(make("small", {}, total === 1 ? "1 vote" : `${total} votes`));
  return box;
}

function reactions(message, phone) {
  const row = make("div", { class: "reactions" });
  for (const [emoji, count] of Object.entries(message.reactions)) {
    row.append(make("button", { type: "button", "aria-label": `${emoji} ${count}`, onclick: () => phone.act("react", message, { emojis: [emoji] }) }, count > 1 ? `${emoji} ${count}` : emoji));
  }
  return row;
}

function meta(message, phone) {
  const time = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: phone.zone }).format(new Date(message.time));
  const signs = [message.pinned && ["📌", "pinned"], message.silent && ["🔕", "silent"]].filter(Boolean).map(([sign, name]) => make("span", { role: "img", "aria-label": name }, sign));
  const dots = make("button", { type: "button", class: "dots", "aria-label": "Reply, react or edit", "aria-haspopup": "menu", onclick: (event) => phone.menu(event.currentTarget, message) }, "⋯");
  return make("p", { class: "meta" }, dots, ...signs, message.edited ? "edited " : null, make("time", { datetime: message.time }, time));
}

function buttons(message, phone) {
  const rows = make("div", { class: "buttons" });
  let index = 0;
  for (const row of message.buttons) {
    const line = make("div", { class: "row" });
    for (const button of row) {
      const which = index++;
      line.append(make("button", { type: "button", onclick: (event) => phone.tap(event.currentTarget, message, which) }, button.url ? `${button.label} ↗` : button.label));
    }
    rows.append(line);
  }
  return rows;
}

const KINDS = { photo: "🖼 Photo", document: "📄 File", voice: "🎤 Voice", sticker: "Sticker" };

// A message in a few words, for a line that points at it.
const plain = (message) => new DOMParser().parseFromString(message.html, "text/html").body.textContent || KINDS[message.file?.kind] || (message.poll && `📊 ${message.poll.question}`) || (message.location && "📍 Place") || message.service || "message";

export { draw, keyOf, make, plain, unfoldShort };
