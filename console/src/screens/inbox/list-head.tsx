import { ActionIcon, Menu, TextInput } from '@mantine/core';
import { type ReactNode, type RefObject, useEffect, useState } from 'react';
import type { State, View } from '../../api/types';
import { type Key, useSpeech } from '../../i18n';
import { useConnection } from '../../live/connection';
import { type Filter, NO_FILTER } from '../../live/lines';
import { Icon } from '../../patterns/icons';
import { useCounts } from './data';
import styles from './list.module.css';
import { QUALITIES } from './quality';
import { sameFilter, useSavedViews, ViewKeeper } from './saved-views';

const VIEWS: readonly { view: Exclude<View, 'participant'>; label: Key }[] = [
  { view: 'mine', label: 'view_mine' },
  { view: 'unassigned', label: 'view_unassigned' },
  { view: 'bot', label: 'view_bot' },
  { view: 'all', label: 'view_all' },
];
const STATES: readonly State[] = ['open', 'waiting', 'bot', 'snoozed', 'closed', 'blocked'];
/** Typing settles before the server is asked. */
const SETTLE_MS = 250;

export interface HeadProps {
  filter: Filter;
  onFilter: (filter: Filter) => void;
  search: RefObject<HTMLInputElement | null>;
}

interface ChoosingProps {
  choosing: boolean;
  onChoosing: () => void;
}

/** What the list shows: view, search, filters, order. */
export function ListHead({ filter, onFilter, search, choosing, onChoosing }: HeadProps & ChoosingProps) {
  const { t } = useSpeech();
  const counts = useCounts().data;
  const saved = useSavedViews();
  return (
    <header className={styles.head}>
      <div className={styles.title}>
        <h2>{t('nav_inbox')}</h2>
        <LiveMark />
      </div>
      <div className={styles.searchRow}>
        <Search filter={filter} onFilter={onFilter} search={search} />
        <FilterMenu filter={filter} onFilter={onFilter} />
        <ActionIcon
          variant={choosing ? 'light' : 'default'}
          size="lg"
          aria-label={t('choose_several')}
          title={`${t('choose_several')} · X`}
          aria-pressed={choosing}
          onClick={onChoosing}
        >
          <Icon name="checklist" />
        </ActionIcon>
      </div>
      <div className={styles.views} role="group" aria-label={t('views')}>
        {VIEWS.map(({ view, label }) => (
          <button
            key={view}
            type="button"
            className={styles.view}
            aria-pressed={
              filter.view === view && !saved.views.some((other) => sameFilter(other.filter, filter))
            }
            onClick={() => onFilter({ ...filter, view })}
          >
            {t(label)}
            {counts !== undefined && counts[view] > 0 && <span className={styles.count}>{counts[view]}</span>}
          </button>
        ))}
        {saved.views.map((view) => (
          <button
            key={view.id}
            type="button"
            className={styles.view}
            aria-pressed={sameFilter(view.filter, filter)}
            onClick={() => onFilter(view.filter)}
          >
            {view.name}
          </button>
        ))}
      </div>
      <Chips filter={filter} onFilter={onFilter}>
        <ViewKeeper filter={filter} saved={saved} />
      </Chips>
    </header>
  );
}

function LiveMark() {
  const { t } = useSpeech();
  const live = useConnection() === 'live';
  return (
    <span className={styles.live} data-live={live}>
      {t(live ? 'live' : 'not_live')}
    </span>
  );
}

function Search({ filter, onFilter, search }: HeadProps) {
  const { t } = useSpeech();
  const [text, setText] = useState(filter.text);
  useEffect(() => {
    if (text.trim() === filter.text) return;
    // What is looked for may be with anybody, or closed.
    const timer = setTimeout(
      () => onFilter({ ...filter, text: text.trim(), ...(text.trim() && !filter.text && { view: 'all' }) }),
      SETTLE_MS,
    );
    return () => clearTimeout(timer);
  }, [text, filter, onFilter]);
  return (
    <TextInput
      ref={search}
      type="search"
      size="sm"
      value={text}
      onChange={(change) => setText(change.currentTarget.value)}
      placeholder={t('search')}
      aria-label={t('search')}
      leftSection={<Icon name="search" size={16} />}
      maxLength={200}
      onKeyDown={(press) => {
        if (press.key !== 'Escape') return;
        press.stopPropagation();
        setText('');
        press.currentTarget.blur();
      }}
    />
  );
}

function FilterMenu({ filter, onFilter }: Omit<HeadProps, 'search'>) {
  const { t } = useSpeech();
  const radio = (label: string, on: boolean, next: Partial<Filter>) => (
    <Menu.RadioItem
      key={label}
      value={label}
      checked={on}
      checkIcon={<Icon name="check" size={16} />}
      closeMenuOnClick
      onChange={() => onFilter({ ...filter, ...next })}
    >
      {label}
    </Menu.RadioItem>
  );
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <ActionIcon variant="default" size="lg" aria-label={t('filters')}>
          <Icon name="settings" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown mah="70vh" style={{ overflowY: 'auto' }}>
        <Menu.Label>{t('sort')}</Menu.Label>
        {radio(t('sort_newest'), filter.sort === 'newest', { sort: 'newest' })}
        {radio(t('sort_waiting'), filter.sort === 'waiting', { sort: 'waiting' })}
        <Menu.Label>{t('state')}</Menu.Label>
        {radio(t('any'), filter.state === null, { state: null })}
        {STATES.map((state) => radio(t(`state_${state}`), filter.state === state, { state, view: 'all' }))}
        {radio(t('only_overdue'), filter.overdue, { overdue: !filter.overdue, view: 'all' })}
        <Menu.Label>{t('quality')}</Menu.Label>
        {radio(t('any_quality'), filter.quality === null, { quality: null })}
        {QUALITIES.map((quality) => radio(t(`quality_${quality}`), filter.quality === quality, { quality }))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** What narrows the list, each to be taken off. */
function Chips({ filter, onFilter, children }: Omit<HeadProps, 'search'> & { children: ReactNode }) {
  const { t } = useSpeech();
  const chips: { label: string; off: Partial<Filter> }[] = [];
  if (filter.sort !== NO_FILTER.sort) chips.push({ label: t('sort_waiting'), off: { sort: 'newest' } });
  if (filter.state) chips.push({ label: t(`state_${filter.state}`), off: { state: null } });
  if (filter.overdue) chips.push({ label: t('only_overdue'), off: { overdue: false } });
  if (filter.quality) chips.push({ label: t(`quality_${filter.quality}`), off: { quality: null } });
  if (filter.outcome) chips.push({ label: t(`outcome_${filter.outcome}`), off: { outcome: null } });
  if (filter.tag) chips.push({ label: `#${filter.tag}`, off: { tag: null } });
  if (!chips.length) return null;
  return (
    <div className={styles.chips}>
      {chips.map(({ label, off }) => (
        <button
          key={label}
          type="button"
          className={styles.chip}
          aria-label={t('remove_filter', { name: label })}
          onClick={() => onFilter({ ...filter, ...off })}
        >
          {label}
          <Icon name="close" size={12} />
        </button>
      ))}
      {children}
    </div>
  );
}
