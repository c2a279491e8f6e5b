import { useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useEffect, useRef } from 'react';
import { useSpeech } from '../../i18n';
import type { Filter } from '../../live/lines';
import { Loading, Quiet, Refused } from '../../patterns/failure';
import { useMinute } from '../../patterns/minute';
import { useMe } from '../../shell/me';
import type { useLines } from './data';
import { ListHead } from './list-head';
import styles from './list.module.css';
import { Row, ROW_HEIGHT } from './row';

export interface ListProps {
  filter: Filter;
  onFilter: (filter: Filter) => void;
  list: ReturnType<typeof useLines>;
  opened: string | null;
  search: RefObject<HTMLInputElement | null>;
}

export function ListPane({ filter, onFilter, list, opened, search }: ListProps) {
  const { t } = useSpeech();
  return (
    <section className={styles.pane} aria-label={t('conversations')}>
      <ListHead filter={filter} onFilter={onFilter} search={search} />
      {list.isPending ? (
        <Loading />
      ) : list.isError && !list.data ? (
        <Refused error={list.error} retry={() => void list.refetch()} />
      ) : list.lines.length ? (
        <Rows list={list} opened={opened} />
      ) : (
        <Nothing filter={filter} />
      )}
    </section>
  );
}

function Nothing({ filter }: { filter: Filter }) {
  const { t } = useSpeech();
  if (filter.text || filter.state || filter.quality || filter.tag || filter.outcome)
    return <Quiet icon="search" title={t('nothing_found')} text={t('nothing_found_text')} />;
  return <Quiet icon="check" title={t(`nothing_${filter.view}`)} text={t('nothing_text')} />;
}

function Rows({ list, opened }: Pick<ListProps, 'list' | 'opened'>) {
  const { t } = useSpeech();
  const me = useMe().uuid;
  const minute = useMinute();
  const box = useRef<HTMLDivElement>(null);
  const { lines } = list;
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => lines[index]!.uuid,
    overscan: 6,
  });
  const shown = rows.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  const { more } = list;
  useEffect(() => {
    if (last >= lines.length - 10) void more();
  }, [last, lines.length, more]);
  const at = opened === null ? -1 : lines.findIndex((line) => line.uuid === opened);
  useEffect(() => {
    if (at >= 0) rows.scrollToIndex(at, { align: 'auto' });
    // Only when another one is opened: a list that reorders by itself must not jump.
  }, [opened]);
  return (
    <div ref={box} className={styles.scroll} tabIndex={-1}>
      <ul className={styles.rows} style={{ height: rows.getTotalSize() }} aria-label={t('conversations')}>
        {shown.map((item) => {
          const line = lines[item.index]!;
          return (
            <li
              key={item.key}
              className={styles.item}
              style={{ transform: `translateY(${item.start}px)` }}
              aria-setsize={list.data!.next === null ? lines.length : -1}
              aria-posinset={item.index + 1}
            >
              <Row line={line} opened={line.uuid === opened} me={me} minute={minute} />
            </li>
          );
        })}
      </ul>
    </div>
  );
}
