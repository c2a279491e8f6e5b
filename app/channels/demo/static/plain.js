import { readEvents } from "./stream.js";

const API = "/api/webchat";
const KEY = document.querySelector('meta[name="talia-site-key"]').content;
const STORE = `talia.demo.${KEY}`;
const TEXTS = {
  es: {
    live: "Asistente de IA · en línea", connecting: "Conectando…", offline: "Sin conexión. Tus mensajes se enviarán al volver.",
    person: "Hablar con una persona", erase: "Borrar mis datos", send: "Enviar", write: "Escribe un mensaje",
    you: "Tú", failed: "No se envió.", retry: "Reintentar", language: "Idioma", suggestions: "Respuestas sugeridas",
    eraseSure: "¿Borrar esta conversación y todos tus datos?", "handoff.requested": "Avisamos a una persona del equipo.",
    error: "No se pudo abrir el chat. Reintentamos en unos segundos.",
  },
  en: {
    live: "AI assistant · online", connecting: "Connecting…", offline: "You are offline. Your messages will be sent when you are back.",
    person: "Talk to a person", erase: "Erase my data", send: "Send", write: "Write a message",
    you: "You", failed: "Not sent.", retry: "Try again", language: "Language", suggestions: "Suggested replies",
    eraseSure: "Erase this conversation and all your data?", "handoff.requested": "We have told someone on the team.",
    error: "The chat could not be opened. We try again in a few seconds.",
  },
  pt: {
    live: "Assistente de IA · on-line", connecting: "Conectando…", offline: "Sem conexão. Suas mensagens serão enviadas na volta.",
    person: "Falar com uma pessoa", erase: "Apagar meus dados", send: "Enviar", write: "Escreva uma mensagem",
    you: "Você", failed: "Não enviada.", retry: "Tentar de novo", language: "Idioma", suggestions: "Respostas sugeridas",
    eraseSure: "Apagar esta conversa e todos os seus dados?", "handoff.requested": "Avisamos uma pessoa da equipe.",
    error: "Não foi possível abrir o chat. Tentamos de novo em alguns segundos.",
  },
};

const $ = (id) => document.getElementById(id);
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
let saved = JSON.parse(localStorage.getItem(STORE) ?? "null");
let site = null;
let cursor = null;
let locale = saved?.locale ?? (["es", "en", "pt"].find((l) => navigator.language.startsWith(l)) ?? "es");
const rows = new Map(); // by message id, client id or turn id
let running = null; // { turn, row, text }

const t = (key) => TEXTS[locale][key];

function translate() {
  document.documentElement.lang = locale;
  $("language").value = locale;
  $("language-label").textContent = t("language");
  $("person").textContent = t("person");
  $("erase").textContent = t("erase");
  $("send").textContent = t("send");
  $("text").placeholder = t("write");
  $("text-label").textContent = t("write");
  $("suggestions").setAttribute("aria-label", t("suggestions"));
}

async function call(method, path, body, headers = {}) {
  const response = await fetch(API + path, {
    method,
    headers: {
      "X-PUBLIC-KEY": KEY,
      ...(body ? { "Content-Type": "application/json" } : {}),
      ...(saved ? { Authorization: `Bearer ${saved.token}` } : {}),
      ...headers,
    },
    body: body ? JSON.stringify(body) : undefined,
  });
  if (!response.ok) throw Object.assign(new Error(`HTTP ${response.status}`), { status: response.status });
  return response;
}

function addRow(key, author, text) {
  const log = $("log");
  const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 80;
  const row = document.createElement("div");
  row.className = `row ${author}`;
  const bubble = document.createElement("div");
  bubble.className = "bubble";
  bubble.textContent = text;
  const meta = document.createElement("div");
  meta.className = "meta";
  row.append(bubble, meta);
  log.append(row);
  if (key) rows.set(key, row);
  if (atEnd || author === "visitor") log.scrollTop = log.scrollHeight;
  return row;
}

function setText(row, text) {
  const log = $("log");
  const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 80;
  row.firstChild.textContent = text;
  if (atEnd) log.scrollTop = log.scrollHeight;
}

function stamp(row, message) {
  const time = new Date(message.timestamps.created_at).toLocaleTimeString(locale, { hour: "2-digit", minute: "2-digit" });
  row.lastChild.textContent = message.author === "visitor" ? time : `${message.sender.name} · ${time}`;
}

function show(message) {
  if (rows.has(message.message_id)) return;
  const own = message.client_message_id && rows.get(message.client_message_id);
  const text = message.author === "system" ? (t(message.context.text) ?? message.context.text) : message.context.text;
  const row = own || addRow(null, message.author, text);
  row.classList.remove("failed");
  rows.set(message.message_id, row);
  if (message.author !== "system") stamp(row, message);
}

function suggest(replies) {
  const box = $("suggestions");
  box.replaceChildren(
    ...replies.map(({ label, value }) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = label;
      button.addEventListener("click", () => send(value));
      return button;
    }),
  );
}

function endRunning(keep) {
  if (!running) return;
  running.row.firstChild.classList.remove("typing");
  if (!keep) running.row.remove();
  running = null;
}

const HANDLERS = {
  "chat.message.new": ({ message }) => show(message),
  "chat.reply.started": ({ turn_id: turn }) => {
    if (running?.turn === turn) return setText(running.row, (running.text = ""));
    endRunning(false);
    running = { turn, text: "", row: addRow(null, "assistant", "") };
    running.row.firstChild.classList.add("typing");
  },
  "chat.reply.delta": ({ turn_id: turn, text }) => {
    if (running?.turn !== turn) return;
    running.text += text;
    setText(running.row, running.text);
  },
  "chat.reply.restarted": ({ turn_id: turn }) => {
    if (running?.turn === turn) setText(running.row, (running.text = ""));
  },
  "chat.reply.done": ({ turn_id: turn, message }) => {
    if (rows.has(message.message_id)) return endRunning(false);
    const row = running?.turn === turn ? running.row : addRow(null, "assistant", "");
    endRunning(running?.turn === turn);
    setText(row, message.context.text);
    stamp(row, message);
    rows.set(message.message_id, row);
    suggest(message.context.quick_replies ?? []);
    $("announcer").textContent = `${message.sender.name}: ${message.context.text}`;
    call("POST", "/read", { up_to_seq: message.seq }).catch(() => {});
  },
  "chat.reply.failed": () => endRunning(false),
  "chat.sync": () => loadHistory(),
};

async function open() {
  const page = { url: location.href, title: document.title, ...(document.referrer ? { referrer: document.referrer } : {}) };
  let response;
  try {
    response = await call("POST", "/sessions", { locale, page });
  } catch (error) {
    if (error.status !== 401 || !saved) throw error;
    saved = null; // expired or erased: begin anew
    response = await call("POST", "/sessions", { locale, page });
  }
  const session = await response.json();
  site = session.site;
  saved = { token: session.token ?? saved.token, session: session.session_id, locale };
  localStorage.setItem(STORE, JSON.stringify(saved));
  $("name").textContent = `${site.assistant} · ${site.name}`;
}

async function loadHistory() {
  endRunning(false);
  rows.clear();
  $("log").replaceChildren();
  addRow(null, "assistant", site.greeting[locale]);
  let after = 0;
  for (;;) {
    const page = await (await call("GET", `/history/${saved.session}?after=${after}&limit=500`)).json();
    page.data.forEach(show);
    const last = page.data.at(-1);
    if (!page.has_more) {
      cursor = page.cursor;
      suggest(last ? (last.context.quick_replies ?? []) : site.quick_replies[locale].map((label) => ({ label, value: label })));
      return;
    }
    after = last.seq;
  }
}

async function listen() {
  let pause = 500;
  for (;;) {
    try {
      const response = await call("GET", "/events", null, cursor ? { "Last-Event-ID": cursor } : {});
      $("state").textContent = t("live");
      $("banner").hidden = true;
      pause = 500;
      for await (const event of readEvents(response)) {
        if (event.id) cursor = event.id;
        HANDLERS[event.type]?.(event.data);
        if (event.type === "chat.bye") await sleep(event.data.retry_ms);
      }
    } catch (error) {
      if (error.status === 401) return start();
      $("state").textContent = t("connecting");
      if (!navigator.onLine || !error.status) ($("banner").hidden = false), ($("banner").textContent = t("offline"));
      await sleep(pause * (0.5 + Math.random()));
      pause = Math.min(pause * 2, 8000);
    }
  }
}

async function send(text, id = crypto.randomUUID()) {
  const content = text.trim();
  if (!content) return;
  suggest([]);
  const row = rows.get(id) ?? addRow(id, "visitor", content);
  row.classList.remove("failed");
  row.lastChild.textContent = "…";
  try {
    const response = await call(
      "POST", "/messages",
      { session_id: saved.session, content, client_message_id: id, locale },
      { Accept: "text/event-stream" },
    );
    // The open event stream shows the reply; this one only has to say that the message is stored.
    await response.body.cancel();
  } catch {
    row.classList.add("failed");
    const retry = document.createElement("button");
    retry.type = "button";
    retry.textContent = t("retry");
    retry.addEventListener("click", () => send(content, id));
    row.lastChild.replaceChildren(t("failed"), retry);
  }
}

async function start() {
  translate();
  $("state").textContent = t("connecting");
  for (;;) {
    try {
      await open();
      await loadHistory();
      return void listen();
    } catch {
      $("banner").hidden = false;
      $("banner").textContent = t("error");
      await sleep(3000);
    }
  }
}

$("form").addEventListener("submit", (event) => {
  event.preventDefault();
  send($("text").value);
  $("text").value = "";
});
$("text").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    $("form").requestSubmit();
  }
});
$("person").addEventListener("click", () => call("POST", "/handoff", {}).catch(() => {}));
$("erase").addEventListener("click", async () => {
  if (!confirm(t("eraseSure"))) return;
  await call("DELETE", "/session");
  localStorage.removeItem(STORE);
  location.reload();
});
$("language").addEventListener("change", () => {
  locale = $("language").value;
  saved = saved && { ...saved, locale };
  localStorage.setItem(STORE, JSON.stringify(saved));
  translate();
  $("state").textContent = t("live");
  if (site) loadHistory();
});

start();
