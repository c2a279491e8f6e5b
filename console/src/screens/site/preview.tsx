import { useEffect, useRef, useState } from 'react';
import { useSpeech } from '../../i18n';
import type { AdminSite, Appearance } from './data';
import styles from './site.module.css';
import { useWords } from './words';

const SETTLE_MS = 150;

/** The widget as visitors get it, on a page of its own, with the draft as its options. */
export function Preview({
  site,
  name,
  appearance,
}: {
  site: AdminSite;
  name: string;
  appearance: Appearance;
}) {
  const { locale } = useSpeech();
  const w = useWords();
  const frame = useRef<HTMLIFrameElement>(null);
  const [ready, setReady] = useState(false);
  useEffect(() => {
    const hear = ({ origin, source, data }: MessageEvent<unknown>): void => {
      if (origin !== location.origin || source !== frame.current?.contentWindow) return;
      if ((data as { type?: unknown } | null)?.type === 'talia.preview.ready') setReady(true);
    };
    window.addEventListener('message', hear);
    return () => window.removeEventListener('message', hear);
  }, []);
  const options = JSON.stringify({
    siteKey: site.public_key,
    locale,
    ...appearance,
    // What is not chosen must be said too: what is stored would count otherwise.
    accent: appearance.accent ?? '#1d4ed8',
    position: appearance.position ?? 'bottom-right',
    theme: appearance.theme ?? 'auto',
    title: appearance.title ?? name,
    subtitle: appearance.subtitle ?? '\u00a0',
    accentText: appearance.accentText ?? null,
  });
  useEffect(() => {
    if (!ready) return;
    const timer = setTimeout(() => {
      const message = { type: 'talia.preview', options: JSON.parse(options) as unknown };
      frame.current?.contentWindow?.postMessage(message, location.origin);
    }, SETTLE_MS);
    return () => clearTimeout(timer);
  }, [ready, options]);
  return (
    <section className={styles.preview} aria-label={w('preview')}>
      <h2>{w('preview')}</h2>
      <p>{w('preview_why')}</p>
      <iframe ref={frame} src="/console/preview" title={w('preview')} />
    </section>
  );
}
