// The loader: the one script on the host page. It shows the launcher, keeps the visitor's token in the page's own
// storage, and embeds the panel when it is wanted. Everything it changes on the page, `destroy` takes back.

import {
  type Appearance,
  CHANNEL,
  type Envelope,
  type Item,
  type LauncherLook,
  type PageInfo,
  type ToHost,
  type ToPanel,
} from '../shared/protocol';
import { CHAT, CSS, DOWN } from './look';

interface Options extends Appearance {
  siteKey?: string;
  locale?: string;
  item?: Item | null;
  hideLauncher?: boolean;
  /** Seed 003's names, taken as they are. */
  primaryColor?: string;
  tenantId?: string;
}

type Command = (...args: any[]) => unknown;
type Api = ((name: string, ...args: unknown[]) => unknown) &
  Record<string, Command> & { q?: Iterable<unknown>[] };

declare global {
  interface Window {
    talia?: Api;
    CallCenterChat?: { init: Command };
    navigation?: EventTarget;
  }
}

function start(script: HTMLScriptElement | null): void {
  // The server puts the site's own appearance here when the script's address names the site.
  const SITE: Appearance & { origins?: string[] } = JSON.parse('__TALIA_SITE__');
  const address = new URL(script?.src ?? location.href);
  const base = address.origin;
  const data = script?.dataset ?? {};
  const handlers = new Map<string, Set<(detail: unknown) => void>>();
  const waiting: ToPanel[] = [];
  const stop = new AbortController();
  const listening = { signal: stop.signal };
  let options: Options = {};
  let made: ReturnType<typeof build> | null = null;
  // Another page than the site's would get a frame that stays grey.
  let barred = base !== location.origin && SITE.origins?.includes(location.origin) === false;

  // Nothing is lost that is said while the page is still being read.
  const api = ((name: string, ...args: unknown[]) =>
    ready(() => {
      if (Object.hasOwn(commands, name)) commands[name]!(...args);
      else console.error('talia: no command ' + name);
    })) as Api;

  const commands: Record<string, Command> = {
    init: (more?: Options) => {
      const { primaryColor, tenantId, ...rest } = more ?? {};
      Object.assign(
        options,
        tenantId && { siteKey: tenantId },
        primaryColor && { accent: primaryColor },
        rest,
      );
      if (made) made.refresh();
      else if (!options.siteKey) console.error('talia: no site key');
      else if (barred) bar();
      else made = build();
    },
    update: (more: Options) => commands.init!(more),
    open: (more?: { message?: string; item?: Item }) => {
      if (more?.item) commands.update!({ item: more.item });
      made?.show(true);
      if (more?.message) call('prefill', [more.message]);
    },
    close: () => made?.show(false),
    toggle: () => made?.show(),
    show: () => commands.update!({ hideLauncher: false }),
    hide: () => commands.update!({ hideLauncher: true }),
    setLocale: (locale: string) => commands.update!({ locale }),
    track: (event: string, more?: Options) => {
      if (event !== 'page') return call('track', [event, more]);
      if (more && 'item' in more) options.item = more.item ?? null;
      made?.moved();
    },
    reset: () => made?.forget(),
    on: (name: string, handler: (detail: unknown) => void) => {
      handlers.set(name, (handlers.get(name) ?? new Set()).add(handler));
    },
    off: (name: string, handler?: (detail: unknown) => void) => {
      if (handler) handlers.get(name)?.delete(handler);
      else handlers.delete(name);
    },
    destroy: () => {
      leave();
      stop.abort();
      handlers.clear();
      if (window.talia === api) delete window.talia;
      if (window.CallCenterChat === legacy) delete window.CallCenterChat;
    },
  };
  for (const name of ['identify', 'setAttributes', 'send', 'prefill', 'setConsent']) {
    commands[name] = (...args) => call(name, args);
  }

  function leave(): void {
    made?.remove();
    made = null;
  }

  function bar(): void {
    barred = true;
    leave();
    console.error('talia: no chat; does the site list ' + location.origin);
  }

  function call(name: string, args: unknown[]): void {
    made?.say({ type: 'call', name, args });
  }

  function emit(name: string, detail: unknown): void {
    handlers.get(name)?.forEach((handler) => handler(detail));
    dispatchEvent(new CustomEvent('talia:' + name, { detail }));
  }

  function build() {
    const key = options.siteKey!;
    const kept = 'talia:' + key;
    const look: Partial<LauncherLook> = read(kept + ':look') ?? {};
    const host = document.createElement('div');
    const root = host.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(CSS);
    root.adoptedStyleSheets = [sheet];
    const section = document.createElement('section');
    const button = document.createElement('button');
    const badge = document.createElement('b');
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    svg.setAttribute('viewBox', '0 0 24 24');
    svg.ariaHidden = badge.ariaHidden = 'true';
    const path = svg.appendChild(document.createElementNS(svg.namespaceURI, 'path'));
    button.append(svg, badge);
    section.ariaLabel = 'Chat';
    section.append(button);
    root.append(section);
    // Beside the body, not in it: pages that swap their body keep the chat.
    document.documentElement.append(host);

    const small = matchMedia('(max-width:520px),(max-height:440px)');
    let frame: HTMLIFrameElement | null = null;
    let box: HTMLElement | null = null;
    let connected = false;
    let open = false;
    let unread = 0;
    let opener: HTMLElement | null = null;
    let covering = false;

    // Through JSON, so that a function among the options does not break the channel.
    const appearance = (): Appearance => parse(JSON.stringify(options));
    const locales = (): string[] =>
      [options.locale!, document.documentElement.lang, ...navigator.languages].filter(Boolean);
    const item = (): Item | null => options.item ?? null;

    const page = (): PageInfo => {
      const here = {
        url: location.href.slice(0, 2000),
        title: plainTitle().slice(0, 200),
        referrer: document.referrer.slice(0, 2000) || undefined,
      };
      const landing = read(kept + ':landing', 'sessionStorage') ?? here;
      write(kept + ':landing', landing, 'sessionStorage');
      return { ...here, landing };
    };

    function paint(): void {
      const shown = { ...look, ...SITE, ...appearance() } as LauncherLook & Appearance;
      const colour = (made && look.accent) || hex(shown.accent) || look.accent || '#1d4ed8';
      host.style.setProperty('--a', colour);
      host.style.setProperty('--b', look.dark ? '#1b1e27' : '#fff');
      host.style.setProperty(
        '--t',
        (colour === look.accent && look.text) || hex(shown.accentText) || readable(colour),
      );
      section.className = shown.position === 'bottom-left' ? 'left' : '';
      host.hidden = !!options.hideLauncher && !open;
      path.setAttribute('d', open ? DOWN : CHAT);
      badge.textContent = String(unread > 99 ? '99+' : unread || '');
      // "Chat" is the word in all our languages; the panel knows a better one.
      button.ariaLabel = (look.label || 'Chat') + (look.unreadLabel ? ', ' + look.unreadLabel : '');
      button.ariaExpanded = String(open);
      if (box) {
        // On a phone the panel has the only way out once it is there; until then the launcher is.
        box.className = 'frame' + (small.matches ? ' full' : '') + (open ? (connected ? ' up' : '') : ' off');
      }
    }

    function embed(): void {
      if (frame) return;
      box = document.createElement('div');
      frame = document.createElement('iframe');
      frame.title = 'Chat';
      // The panel speaks before it has loaded; a browser that keeps it out says nothing.
      frame.onload = () => setTimeout(() => connected || bar(), 6000);
      frame.src = `${base}/widget/panel?key=${encodeURIComponent(key)}#${encodeURIComponent(location.origin)}`;
      box.append(frame);
      section.prepend(box);
      fit();
      paint();
    }

    function say(message: ToPanel): void {
      embed();
      if (!connected) {
        waiting.push(message);
        return;
      }
      const envelope: Envelope<ToPanel> = { channel: CHANNEL, to: 'panel', message };
      frame!.contentWindow!.postMessage(envelope, base);
    }

    function show(wanted = !open): void {
      if (wanted === open) return;
      open = wanted;
      if (open) {
        opener = document.activeElement as HTMLElement;
        embed();
      }
      moved();
      turned();
      if (open) frame!.focus();
      emit(open ? 'open' : 'close', {});
    }

    /** On a phone the panel covers the page, which is out of reach meanwhile; and it follows the keyboard. */
    function fit(): void {
      const full = open && small.matches;
      if (full !== covering) document.body.inert = covering = full;
      const view = full && visualViewport?.scale === 1 && visualViewport;
      box?.style.setProperty('height', view ? view.height + 'px' : '');
      box?.style.setProperty('top', view ? view.offsetTop + 'px' : '');
    }

    function turned(): void {
      fit();
      paint();
      if (connected) say({ type: 'open', open, full: small.matches });
    }

    function close(focus: boolean): void {
      show(false);
      if (focus)
        (opener?.isConnected && opener !== document.body && opener !== host ? opener : button).focus();
    }

    function setTitle(): void {
      const title = (unread && !open ? `(${unread}) ` : '') + plainTitle();
      if (document.title !== title) document.title = title;
    }

    function hear({ origin, source, data: envelope }: MessageEvent<Envelope<ToHost>>): void {
      if (origin !== base || !frame || source !== frame.contentWindow) return;
      if (envelope?.channel !== CHANNEL || envelope.to !== 'host') return;
      const { message } = envelope;
      switch (message.type) {
        case 'ready':
          connected = true;
          paint();
          say({
            type: 'boot',
            session: read(kept),
            locales: locales(),
            appearance: appearance(),
            page: page(),
            item: item(),
            open,
            full: small.matches,
          });
          waiting.splice(0).forEach(say);
          break;
        case 'session':
        case 'wake':
          if (message.type === 'session') write(kept, message.session);
          tellSession();
          break;
        case 'look':
          Object.assign(look, message.look);
          write(kept + ':look', { ...message.look, unreadLabel: '' });
          paint();
          break;
        case 'unread':
          unread = message.count;
          setTitle();
          paint();
          break;
        case 'close':
          close(message.focus);
          break;
        case 'event':
          emit(message.name, message.detail);
      }
    }

    const tellSession = (): void => say({ type: 'session', session: read(kept) });
    const moved = (): void => void (connected && say({ type: 'page', page: page(), item: item() }));

    button.addEventListener('click', () => show());
    button.addEventListener('pointerenter', embed);
    button.addEventListener('focus', embed);
    section.addEventListener('keydown', (event) => open && event.key === 'Escape' && close(true));
    addEventListener('message', hear, listening);
    addEventListener('storage', (event) => event.key === kept && connected && tellSession(), listening);
    addEventListener('popstate', moved, listening);
    document.addEventListener('click', press, listening);
    small.addEventListener('change', turned, listening);
    visualViewport?.addEventListener('resize', fit, listening);
    visualViewport?.addEventListener('scroll', fit, listening);
    // Single-page applications: the address changed, and the title follows a moment later.
    window.navigation?.addEventListener('currententrychange', () => setTimeout(moved, 50), listening);

    /** `data-talia-open` on any element opens the chat: pages whose policy allows no script of their own need none. */
    function press(event: MouseEvent): void {
      const element = (event.target as Element | null)?.closest?.<HTMLElement>('[data-talia-open]');
      if (!element) return;
      event.preventDefault();
      const { taliaItem, taliaMessage } = element.dataset;
      commands.open!({ item: parse(taliaItem ?? ''), message: taliaMessage });
    }

    page();
    paint();
    // Whoever was here before may have something to read.
    if (read(kept)) embed();

    return {
      say,
      show,
      moved,
      refresh: () => {
        if (options.accent || options.accentText) look.accent = undefined;
        paint();
        if (connected) {
          say({ type: 'appearance', appearance: appearance(), locales: locales() });
          moved();
        }
      },
      forget: () => {
        write(kept, null);
        if (connected) tellSession();
      },
      remove: () => {
        show(false);
        unread = 0;
        setTitle();
        host.remove();
        write(kept + ':look', null);
        write(kept + ':landing', null, 'sessionStorage');
      },
    };
  }

  const legacy = { init: (more: Options) => api('init', more) };
  const queued = window.talia?.q ?? [];
  for (const name in commands) api[name] = (...args) => api(name, ...args);
  window.talia = api;
  window.CallCenterChat = legacy;

  // data-site-key, data-accent-text and the like have the names of the options.
  Object.assign(options, data, { item: parse(data.item ?? ''), hideLauncher: 'hideLauncher' in data });
  options.siteKey ??= address.searchParams.get('site') ?? undefined;
  if (options.siteKey) api('init');
  for (const args of queued) api(...(args as [string]));
}

const plainTitle = (): string => document.title.replace(/^\(\d+\) /, '');

const ready = (work: () => void): void => {
  if (document.body) work();
  else document.addEventListener('DOMContentLoaded', work, { once: true });
};

/** Storage can be forbidden altogether; the chat then lives as long as the page. */
const spare = new Map<string, string>();

function store(name: 'localStorage' | 'sessionStorage'): Storage | null {
  try {
    return window[name];
  } catch {
    return null;
  }
}

const read = (key: string, name: 'localStorage' | 'sessionStorage' = 'localStorage'): any =>
  parse(spare.get(key) ?? store(name)?.getItem(key) ?? '');

function write(key: string, value: unknown, name: 'localStorage' | 'sessionStorage' = 'localStorage'): void {
  const text = JSON.stringify(value);
  try {
    store(name)!.setItem(key, text);
    if (value === null) store(name)!.removeItem(key);
    spare.delete(key);
  } catch {
    spare.set(key, text);
  }
}

function parse(text: string): any {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const hex = (value: unknown): string | undefined =>
  /^#([\da-f]{3}){1,2}$/i.test(String(value)) ? String(value) : undefined;

/** Black or white, whichever can be read; the panel computes the exact ratio and reports what fails. */
function readable(colour: string): string {
  const digits = colour.slice(1).replace(/^(.)(.)(.)$/, '$1$1$2$2$3$3');
  const light = [0.2126, 0.7152, 0.0722].map(
    (share, i) => share * (parseInt(digits.substr(i * 2, 2), 16) / 255) ** 2.2,
  );
  return light[0]! + light[1]! + light[2]! > 0.18 ? '#000' : '#fff';
}

if (typeof window !== 'undefined' && !Object.hasOwn(window.talia ?? {}, 'destroy')) {
  start(document.currentScript as HTMLScriptElement | null);
}
