import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useMemo, useState } from 'react';
import { api, read } from '../../api/client';
import type { SavedView } from '../../api/types';
import { useSpeech } from '../../i18n';
import { type Filter, NO_FILTER } from '../../live/lines';
import { Icon } from '../../patterns/icons';
import { tellProblem } from '../../patterns/problems';
import { useMe } from '../../shell/me';
import styles from './list.module.css';

const VIEWS = ['views'] as const;
const MOST = 12;

export interface SavedViews {
  views: readonly { id: string; name: string; shared: boolean; filter: Filter }[];
  save: (name: string, filter: Filter) => void;
  remove: (id: string) => void;
}

/** Filters under a name: one's own, and those that an admin made for everybody. */
export function useSavedViews(): SavedViews {
  const cache = useQueryClient();
  const speech = useSpeech();
  const { data } = useQuery({
    queryKey: VIEWS,
    queryFn: async () => (await read<{ data: SavedView[] }>(api.GET('/api/v1/chat/views'))).data,
    staleTime: Infinity,
  });
  const views = useMemo(
    () => (data ?? []).map(({ filter, ...view }) => ({ ...view, filter: filterOf(filter) })),
    [data],
  );
  const settled = {
    onSettled: () => cache.invalidateQueries({ queryKey: VIEWS }),
    onError: (error: unknown) => tellProblem(speech, error),
  };
  const saving = useMutation({
    mutationFn: (body: { name: string; filter: SavedView['filter'] }) =>
      read(api.POST('/api/v1/chat/views', { body })),
    ...settled,
  });
  const removing = useMutation({
    mutationFn: (id: string) =>
      read(api.DELETE('/api/v1/chat/views/{view_id}', { params: { path: { view_id: id } } })),
    ...settled,
  });
  return {
    views,
    save: (name, filter) => saving.mutate({ name, filter: bodyOf(filter) }),
    remove: (id) => removing.mutate(id),
  };
}

function filterOf({ q, ...body }: SavedView['filter']): Filter {
  const { view, state, quality, outcome, tag, overdue, sort } = body;
  return {
    view: view ?? 'all',
    state: state ?? null,
    quality: quality ?? null,
    outcome: outcome ?? null,
    tag: tag ?? null,
    text: q ?? '',
    overdue: overdue ?? false,
    sort: sort ?? 'newest',
  };
}

function bodyOf({ text, overdue, ...filter }: Filter): SavedView['filter'] {
  return { ...filter, q: text || null, overdue: overdue || null };
}

export const sameFilter = (a: Filter, b: Filter): boolean =>
  (Object.keys(NO_FILTER) as (keyof Filter)[]).every((name) => a[name] === b[name]);

/** Keeps the filter that is in force, or forgets the view that it is. */
export function ViewKeeper({ filter, saved }: { filter: Filter; saved: SavedViews }) {
  const { views, save, remove } = saved;
  const { role } = useMe();
  const { t } = useSpeech();
  const [naming, startNaming] = useState(false);
  const [name, setName] = useState('');
  const here = views.find((view) => sameFilter(view.filter, filter));
  if (here?.shared && role !== 'admin') return null;
  if (here)
    return (
      <button
        type="button"
        className={styles.chip}
        aria-label={t('view_remove', { name: here.name })}
        onClick={() => remove(here.id)}
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
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (name.trim()) save(name.trim(), filter);
    startNaming(false);
    setName('');
  };
  return (
    <form onSubmit={submit} onBlur={() => !name && startNaming(false)}>
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
