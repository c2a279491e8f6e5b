import { useCallback, useEffect, useRef, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { useSpeech } from '../../i18n';
import { useConnection } from '../../live/connection';
import { type Filter, NO_FILTER } from '../../live/lines';
import { Quiet } from '../../patterns/failure';
import { useShortcuts } from '../../shell/keys';
import { ConversationPane } from './conversation';
import { useCounts, useLines } from './data';
import styles from './inbox.module.css';
import { ListPane } from './list';
import { retryAll } from './outbox';
import { useSelection } from './selection';

const FILTER = 'talia.inbox.filter';

/** The list, the conversation, and who one talks to. */
export function Inbox({ opened }: { opened: string | null }) {
  const { t } = useSpeech();
  const [, go] = useLocation();
  const cache = useQueryClient();
  const [filter, setFilter] = useFilter();
  useFirstView(filter, setFilter);
  const list = useLines(filter);
  const search = useRef<HTMLInputElement>(null);
  const { lines } = list;
  const selection = useSelection(lines);
  const { toggle, clear } = selection;
  useEffect(clear, [clear, filter]);

  const step = useCallback(
    (by: 1 | -1) => {
      if (!lines.length) return;
      const at = lines.findIndex((line) => line.uuid === opened);
      const next = lines[at < 0 ? 0 : Math.min(lines.length - 1, Math.max(0, at + by))];
      if (next) go(`/messages/${next.uuid}`);
    },
    [go, lines, opened],
  );
  useShortcuts('keys_list', [
    { keys: 'j', label: 'keys_next', run: () => step(1) },
    { keys: 'k', label: 'keys_previous', run: () => step(-1) },
    {
      keys: 'x',
      label: 'keys_choose',
      run(press) {
        const uuid = pointedAt() ?? opened;
        if (uuid !== null) toggle(uuid, press.shiftKey);
      },
    },
    { keys: 'mod+k', label: 'keys_search', run: () => search.current?.select(), inFields: true },
    { keys: 'Escape', label: 'keys_back', run: () => go('/messages') },
  ]);
  const connection = useConnection();
  const line = useRef<'new' | 'live' | 'cut'>('new');
  useEffect(() => {
    if (connection === 'live') {
      // What failed while there was no line; what a reload interrupted is for its writer to decide.
      if (line.current === 'cut') retryAll(cache);
      line.current = 'live';
    } else if (line.current === 'live') line.current = 'cut';
  }, [cache, connection]);

  return (
    <div className={styles.inbox} data-opened={opened !== null}>
      <h1 className="sr-only">{t('nav_inbox')}</h1>
      <ListPane
        filter={filter}
        onFilter={setFilter}
        list={list}
        opened={opened}
        search={search}
        selection={selection}
        onUnread={() => go('/messages')}
      />
      {opened === null ? (
        <section className={styles.nothing} aria-label={t('conversation')}>
          <Quiet icon="inbox" title={t('choose_conversation')} text={t('choose_conversation_text')} />
        </section>
      ) : (
        <ConversationPane key={opened} uuid={opened} onNext={() => step(1)} />
      )}
    </div>
  );
}

/** The conversation whose line has the focus. */
function pointedAt(): string | null {
  const line = document.activeElement?.closest('li')?.querySelector<HTMLElement>('[data-conversation]');
  return line?.dataset['conversation'] ?? null;
}

/** Whoever has nothing of their own yet begins with those who wait. */
function useFirstView(filter: Filter, setFilter: (filter: Filter) => void): void {
  const counts = useCounts().data;
  const decided = useRef(sessionStorage.getItem(FILTER) !== null);
  useEffect(() => {
    if (!counts || decided.current) return;
    decided.current = true;
    if (filter.view === 'mine' && !counts.mine && counts.unassigned)
      setFilter({ ...filter, view: 'unassigned' });
  }, [counts, filter, setFilter]);
}

function useFilter(): [Filter, (filter: Filter) => void] {
  const [filter, set] = useState<Filter>(() => {
    try {
      return {
        ...NO_FILTER,
        ...(JSON.parse(sessionStorage.getItem(FILTER) ?? '{}') as Partial<Filter>),
        text: '',
      };
    } catch {
      return NO_FILTER;
    }
  });
  return [
    filter,
    (next) => {
      sessionStorage.setItem(FILTER, JSON.stringify(next));
      set(next);
    },
  ];
}
