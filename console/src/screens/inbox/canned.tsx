import { type KeyboardEvent, useEffect, useId, useMemo, useState } from 'react';
import { api, read } from '../../api/client';
import type { CannedReply } from '../../api/types';
import { useSpeech } from '../../i18n';
import { tellProblem } from '../../patterns/problems';
import styles from './composer.module.css';
import { useCanned } from './data';

const MOST = 8;

export interface CannedChoice {
  open: boolean;
  id: string;
  activeId: string;
  found: readonly CannedReply[];
  active: number;
  choose: (reply: CannedReply) => void;
  /** Whether the key was for the list. */
  onKey: (press: KeyboardEvent) => boolean;
}

/** A text that begins with `/` looks for a prepared one, by its name or its words. */
export function useCannedChoice(
  conversation: string,
  text: string,
  onText: (text: string) => void,
): CannedChoice {
  const speech = useSpeech();
  const id = useId();
  const wanted = /^\/(\S{0,40})$/.exec(text)?.[1]?.toLowerCase() ?? null;
  const { data } = useCanned();
  const [active, setActive] = useState(0);
  const [dismissed, dismiss] = useState<string | null>(null);
  const found = useMemo(() => (wanted === null ? [] : matching(data ?? [], wanted)), [data, wanted]);
  useEffect(() => setActive(0), [wanted]);
  const open = wanted !== null && dismissed !== text;
  const choose = (reply: CannedReply): void => {
    const params = { path: { uuid: conversation, canned_id: reply.id } };
    read<{ text: string }>(api.POST('/api/v1/chat/conversations/{uuid}/canned/{canned_id}', { params })).then(
      (filled) => onText(filled.text),
      (error: unknown) => tellProblem(speech, error),
    );
  };
  const onKey = (press: KeyboardEvent): boolean => {
    if (!open) return false;
    if (press.key === 'Escape') {
      dismiss(text);
      press.stopPropagation();
    } else if (press.key === 'ArrowDown' || press.key === 'ArrowUp') {
      const by = press.key === 'ArrowDown' ? 1 : -1;
      setActive((at) => (at + by + found.length) % Math.max(1, found.length));
    } else if ((press.key === 'Enter' || press.key === 'Tab') && found[active]) choose(found[active]);
    else return false;
    press.preventDefault();
    return true;
  };
  return { open, id, activeId: `${id}-${active}`, found, active, choose, onKey };
}

function matching(all: readonly CannedReply[], wanted: string): CannedReply[] {
  const rank = (reply: CannedReply): number => {
    if (reply.shortcut.startsWith(wanted)) return 0;
    if (reply.shortcut.includes(wanted)) return 1;
    return Object.values(reply.texts).some((text) => text.toLowerCase().includes(wanted)) ? 2 : 3;
  };
  return all
    .map((reply) => ({ reply, rank: rank(reply) }))
    .filter((found) => found.rank < 3)
    .sort((a, b) => a.rank - b.rank || b.reply.usage_count - a.reply.usage_count)
    .slice(0, MOST)
    .map((found) => found.reply);
}

export function CannedList({ open, id, found, active, choose }: CannedChoice) {
  const { t, locale } = useSpeech();
  if (!open) return null;
  if (!found.length)
    return (
      <p className={styles.noCanned} role="status">
        {t('canned_none')}
      </p>
    );
  return (
    <ul className={styles.canned} role="listbox" id={id} aria-label={t('canned')}>
      {found.map((reply, i) => (
        <li
          key={reply.id}
          id={`${id}-${i}`}
          role="option"
          aria-selected={i === active}
          onMouseDown={(press) => {
            // The field keeps the focus.
            press.preventDefault();
            choose(reply);
          }}
        >
          <strong>/{reply.shortcut}</strong>
          <span>{reply.texts[locale] ?? Object.values(reply.texts)[0]}</span>
        </li>
      ))}
    </ul>
  );
}
