// What the screens of administration have in common: a heading with tabs, sections, and every state of what is asked for.

import type { UseQueryResult } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef } from 'react';
import { Link, useLocation } from 'wouter';
import { ApiProblem } from '../api/problem';
import { type Speech, useSpeech } from '../i18n';
import { Loading, Quiet, Refused } from './failure';
import { Icon } from './icons';
import { notice } from './notices';
import styles from './page.module.css';
import { tell, tellProblem } from './problems';

export interface TabLink {
  to: string;
  name: string;
}

export function Page(props: {
  title: string;
  tabs?: readonly TabLink[];
  label?: string;
  children: ReactNode;
}) {
  const { title, tabs, label, children } = props;
  const [location] = useLocation();
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    // On a phone not all of them fit.
    nav.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [location]);
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <h1>{title}</h1>
        {tabs && tabs.length > 1 && (
          <nav ref={nav} className={styles.tabs} aria-label={label}>
            {tabs.map(({ to, name }, i) => {
              const here = location === to || (i === 0 && !tabs.some((tab) => tab.to === location));
              return (
                <Link key={to} href={to} aria-current={here ? 'page' : undefined}>
                  {name}
                </Link>
              );
            })}
          </nav>
        )}
      </header>
      {/* Reachable by keyboard: not every part of a screen has something to focus. */}
      <div className={styles.scroll} tabIndex={0} role="region" aria-label={title}>
        {children}
      </div>
    </div>
  );
}

export function Section(props: { title: string; why?: string; wide?: boolean; children: ReactNode }) {
  return (
    <section className={styles.section} data-wide={props.wide} aria-label={props.title}>
      <h2>{props.title}</h2>
      {props.why && <p className={styles.why}>{props.why}</p>}
      {props.children}
    </section>
  );
}

/** What may be read here but not changed, and by whom it is. */
export function ReadOnly({ text }: { text: string }) {
  return (
    <p className={styles.readOnly} role="note">
      <Icon name="eye" size={16} />
      {text}
    </p>
  );
}

/** An answer once it is there; until then, and when there is none, what is going on. */
export function Loaded<T>(props: { query: UseQueryResult<T>; children: (data: T) => ReactNode }) {
  const { query, children } = props;
  const { t } = useSpeech();
  if (query.data !== undefined) return children(query.data);
  if (query.isError) return <Refused error={query.error} retry={() => void query.refetch()} />;
  if (query.fetchStatus === 'paused') return <Quiet icon="offline" title={t('problem_network')} />;
  return <Loading />;
}

export interface Picked {
  label: string;
  value: string;
  options: readonly (readonly [string, string])[];
  onPick: (value: string) => void;
  disabled?: boolean;
  hidden?: boolean;
}

export function Pick({ label, value, options, onPick, disabled, hidden }: Picked) {
  return (
    <label className={styles.field}>
      <span className={hidden ? 'sr-only' : undefined}>{label}</span>
      <select value={value} disabled={disabled} onChange={(e) => onPick(e.currentTarget.value)}>
        {options.map(([code, name]) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

/** A text to take elsewhere, whole. */
export function CopyText(props: { text: string; label: string; button: string; copied: string }) {
  const copy = (): void => {
    void navigator.clipboard.writeText(props.text).then(() => tell(props.copied));
  };
  return (
    <div className={styles.copy}>
      <pre tabIndex={0} role="group" aria-label={props.label}>
        {props.text}
      </pre>
      <button type="button" onClick={copy}>
        <Icon name="copy" size={16} />
        {props.button}
      </button>
    </div>
  );
}

/** Refusals that a screen has words of its own for, by code; all others as everywhere. */
export function refusal(speech: Speech, known: Readonly<Record<string, string>>, error: unknown): void {
  const text = error instanceof ApiProblem ? known[error.code] : undefined;
  if (text) notice(text, 'bad');
  else tellProblem(speech, error);
}

export { styles as page };
