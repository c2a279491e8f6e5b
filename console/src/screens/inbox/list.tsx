import { Button } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { lazy, type RefObject, Suspense, useEffect, useMemo, useRef } from 'react';
import { useSpeech } from '../../i18n';
import type { Filter } from '../../live/lines';
import { Loading, Quiet, Refused } from '../../patterns/failure';
import { Icon } from '../../patterns/icons';
import { useMinute } from '../../patterns/minute';
import { useMe } from '../../shell/me';
import { useCounts, type useLines } from './data';
import { ListHead } from './list-head';
import styles from './list.module.css';
import { Row, ROW_HEIGHT } from './row';
import type { Selection } from './selection';

export interface ListProps {
  filter: Filter;
  onFilter: (filter: Filter) => void;
  list: ReturnType<typeof useLines>;
  opened: string | null;
  search: RefObject<HTMLInputElement | null>;
  selection: Selection;
  onUnread: () => void;
}

const Bulk = lazy(() => import('./bulk'));

export function ListPane(props: ListProps) {
  const { filter, onFilter, list, opened, search, selection, onUnread } = props;
  const { t } = useSpeech();
  return (
    <section className={styles.pane} aria-label={t('conversations')}>
      <ListHead
        filter={filter}
        onFilter={onFilter}
        search={search}
        choosing={selection.choosing}
        onChoosing={selection.choosing ? selection.clear : selection.begin}
      />
      {list.isPending ? (
        <Loading />
      ) : list.isError && !list.data ? (
        <Refused error={list.error} retry={() => void list.refetch()} />
      ) : list.lines.length ? (
        <Rows list={list} opened={opened} selection={selection} />
      ) : (
        <Nothing filter={filter} onFilter={onFilter} />
      )}
      {list.asleep > 0 && (
        <button
          type="button"
          className={styles.asleep}
          onClick={() => onFilter({ ...filter, state: 'snoozed' })}
        >
          <Icon name="clock" size={16} />
          {t('snoozed_here')}
          <span className={styles.count}>{list.asleep}</span>
        </button>
      )}
      {selection.choosing && (
        <Suspense>
          <Bulk selection={selection} onUnread={onUnread} />
        </Suspense>
      )}
    </section>
  );
}

function Nothing({ filter, onFilter }: Pick<ListProps, 'filter' | 'onFilter'>) {
  const { t } = useSpeech();
  const counts = useCounts().data;
  if (filter.text || filter.state || filter.quality || filter.tag || filter.outcome)
    return <Quiet icon="search" title={t('nothing_found')} text={t('nothing_found_text')} />;
  // What waited may have been given to this very person a moment ago: an empty list must not look like no work.
  const other = filter.view === 'mine' ? 'unassigned' : 'mine';
  const count = counts?.[other] ?? 0;
  return (
    <Quiet icon="check" title={t(`nothing_${filter.view}`)} text={t('nothing_text')}>
      {count > 0 && (
        <Button variant="default" onClick={() => onFilter({ ...filter, view: other })}>
          {t(`elsewhere_${other}`, { count })}
        </Button>
      )}
    </Quiet>
  );
}

function Rows({ list, opened, selection }: Pick<ListProps, 'list' | 'opened' | 'selection'>) {
  const { t } = useSpeech();
  const me = useMe().uuid;
  const minute = useMinute();
  const box = useRef<HTMLDivElement>(null);
  const { lines } = list;
  const { chosen, choosing, toggle } = selection;
  const picked = useMemo(() => new Set(chosen.map((line) => line.uuid)), [chosen]);
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
              <Row
                line={line}
                opened={line.uuid === opened}
                me={me}
                minute={minute}
                chosen={picked.has(line.uuid)}
                choosing={choosing}
                onChoose={toggle}
              />
            </li>
          );
        })}
      </ul>
    </div>
  );
}
