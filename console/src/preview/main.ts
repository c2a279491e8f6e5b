// A page with the real widget on it, for the screen where its looks are chosen: framed by the console alone, it gets
// every draft by message and hands it to the widget as options.

import './preview.css';

type Command = (name: string, ...args: unknown[]) => void;

/** What the console sends: the widget's own options, whatever they are. */
interface Draft {
  type: 'talia.preview';
  options: Record<string, unknown>;
}

const isDraft = (data: unknown): data is Draft => (data as Partial<Draft> | null)?.type === 'talia.preview';

let started = false;

window.addEventListener('message', ({ origin, source, data }: MessageEvent<unknown>) => {
  if (origin !== location.origin || source !== window.parent || !isDraft(data)) return;
  const { theme, locale } = data.options;
  document.documentElement.dataset['theme'] = String(theme ?? 'auto');
  document.documentElement.lang = String(locale ?? 'es');
  if (started) return command('update', data.options);
  started = true;
  // Without a key in its address the widget begins with nothing but what it is told here.
  const script = document.createElement('script');
  script.src = '/widget.js';
  script.onload = () => {
    command('init', data.options);
    command('open');
  };
  document.body.append(script);
});

function command(name: string, ...args: unknown[]): void {
  (window as unknown as { talia?: Command }).talia?.(name, ...args);
}

if (window.parent !== window) window.parent.postMessage({ type: 'talia.preview.ready' }, location.origin);
