import { Button } from '@mantine/core';
import { type RefObject, useEffect, useRef, useState } from 'react';
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
  const [tried, tryIt] = useState(false);
  useFocusKept(frame, !tried);
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
    <section className={styles.preview} aria-label={w('preview')} onPointerEnter={() => tryIt(true)}>
      <h2>{w('preview')}</h2>
      <p>
        {w('preview_why')}{' '}
        {!tried && (
          <Button size="compact-xs" variant="subtle" onClick={() => tryIt(true)}>
            {w('try_it')}
          </Button>
        )}
      </p>
      <iframe ref={frame} src="/console/preview" title={w('preview')} tabIndex={tried ? 0 : -1} />
    </section>
  );
}

/** An opening chat takes the focus; whoever is filling in the form beside it gets it back. */
function useFocusKept(frame: RefObject<HTMLIFrameElement | null>, kept: boolean): void {
  useEffect(() => {
    if (!kept) return;
    let last: HTMLElement | null = null;
    const remember = ({ target }: FocusEvent): void => {
      if (target instanceof HTMLElement && target !== frame.current) last = target;
    };
    const giveBack = (): void => {
      if (document.activeElement !== frame.current) return;
      frame.current?.blur();
      window.focus();
      last?.focus({ preventScroll: true });
    };
    if (document.activeElement instanceof HTMLElement) last = document.activeElement;
    document.addEventListener('focusin', remember);
    window.addEventListener('blur', giveBack);
    return () => {
      document.removeEventListener('focusin', remember);
      window.removeEventListener('blur', giveBack);
    };
  }, [frame, kept]);
}
