import { ActionIcon, Menu } from '@mantine/core';
import { useState } from 'react';
import { useSpeech } from '../../i18n';
import type { Filter } from '../../live/lines';
import { NO_FILTER } from '../../live/lines';
import { Icon } from '../../patterns/icons';
import { useMe } from '../../shell/me';
import styles from './list.module.css';

interface SavedView {
  name: string;
  filter: Filter;
}

const KEY = 'talia.inbox.views.';

function load(me: string): SavedView[] {
  try {
    return JSON.parse(localStorage.getItem(KEY + me) ?? '[]') as SavedView[];
  } catch {
    return [];
  }
}

/** Filters under a name, one's own, in this browser. */
export function SavedViews({ filter, onFilter }: { filter: Filter; onFilter: (filter: Filter) => void }) {
  const { t } = useSpeech();
  const me = useMe().uuid;
  const [views, setViews] = useState(() => load(me));
  const keep = (next: SavedView[]): void => {
    localStorage.setItem(KEY + me, JSON.stringify(next));
    setViews(next);
  };
  const save = (): void => {
    const name = prompt(t('view_name'))?.trim().slice(0, 40);
    if (name) keep([...views.filter((view) => view.name !== name), { name, filter }]);
  };
  return (
    <>
      <Menu.Label>{t('views_saved')}</Menu.Label>
      {views.map((view) => (
        <div key={view.name} className={styles.saved}>
          <Menu.Item onClick={() => onFilter({ ...NO_FILTER, ...view.filter })}>{view.name}</Menu.Item>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('view_remove', { name: view.name })}
            onClick={() => keep(views.filter((other) => other !== view))}
          >
            <Icon name="trash" size={16} />
          </ActionIcon>
        </div>
      ))}
      <Menu.Item leftSection={<Icon name="plus" size={16} />} onClick={save}>
        {t('view_save')}
      </Menu.Item>
    </>
  );
}
