import { type FormEvent, useState } from 'react';
import { useSpeech } from '../../i18n';
import { type Filter, NO_FILTER } from '../../live/lines';
import { Icon } from '../../patterns/icons';
import { useMe } from '../../shell/me';
import styles from './list.module.css';

export interface SavedView {
  name: string;
  filter: Filter;
}

const KEY = 'talia.inbox.views.';
const MOST = 12;

function load(me: string): SavedView[] {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY + me) ?? '[]') as SavedView[];
    return kept.map(({ name, filter }) => ({ name, filter: { ...NO_FILTER, ...filter } }));
  } catch {
    return [];
  }
}

/** Filters under a name: one's own, in this browser. */
export function useSavedViews(): [readonly SavedView[], (views: readonly SavedView[]) => void] {
  const me = useMe().uuid;
  const [views, set] = useState<readonly SavedView[]>(() => load(me));
  return [
    views,
    (next) => {
      localStorage.setItem(KEY + me, JSON.stringify(next));
      set(next);
    },
  ];
}

export const sameFilter = (a: Filter, b: Filter): boolean =>
  (Object.keys(NO_FILTER) as (keyof Filter)[]).every((name) => a[name] === b[name]);

/** Keeps the filter that is in force, or forgets the view that it is. */
export function ViewKeeper(props: {
  filter: Filter;
  views: readonly SavedView[];
  onChange: (views: readonly SavedView[]) => void;
}) {
  const { filter, views, onChange } = props;
  const { t } = useSpeech();
  const [naming, startNaming] = useState(false);
  const [name, setName] = useState('');
  const here = views.find((view) => sameFilter(view.filter, filter));
  if (here)
    return (
      <button
        type="button"
        className={styles.chip}
        aria-label={t('view_remove', { name: here.name })}
        onClick={() => onChange(views.filter((view) => view !== here))}
      >
        <Icon name="trash" size={13} />
        {here.name}
      </button>
    );
  if (!naming)
    return (
      <button
        type="button"
        className={styles.chip}
        disabled={views.length >= MOST}
        onClick={() => startNaming(true)}
      >
        <Icon name="plus" size={13} />
        {t('view_save')}
      </button>
    );
  const save = (event: FormEvent): void => {
    event.preventDefault();
    if (name.trim()) onChange([...views, { name: name.trim(), filter }]);
    startNaming(false);
    setName('');
  };
  return (
    <form onSubmit={save} onBlur={() => !name && startNaming(false)}>
      <input
        className={styles.naming}
        autoFocus
        maxLength={40}
        value={name}
        aria-label={t('view_name')}
        placeholder={t('view_name')}
        onChange={(e) => setName(e.currentTarget.value)}
        onKeyDown={(press) => {
          if (press.key !== 'Escape') return;
          press.stopPropagation();
          startNaming(false);
        }}
      />
    </form>
  );
}
