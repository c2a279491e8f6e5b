// What waits for this member of the staff, where they see it without looking at the console: the tab's title, a sound.

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { api, read } from '../api/client';
import type { Line } from '../api/types';
import { useSpeech } from '../i18n';
import { useMe } from '../shell/me';
import { preferences, usePreferences } from '../shell/preferences';
import { LINES, onArrival, UNREAD } from './inbox';
import type { LineList } from './lines';
import { chime } from './sound';

interface Unread {
  unread_count: number;
  conversations: number;
}

/** Messages of visitors that this member of the staff has not read. */
export function useUnreadCount(): number {
  const { data } = useQuery({
    queryKey: UNREAD,
    queryFn: () => read<Unread>(api.GET('/api/v1/chat/unread-count')),
  });
  return data?.unread_count ?? 0;
}

export function useUnread(): void {
  const { t } = useSpeech();
  const me = useMe();
  const cache = useQueryClient();
  const { titleCount } = usePreferences();
  const unread = useUnreadCount();
  const count = titleCount ? unread : 0;
  useEffect(() => {
    const title = `${t('nav_inbox')} · ${me.site.name}`;
    document.title = count ? `(${count > 99 ? '99+' : count}) ${title}` : title;
  }, [count, me.site.name, t]);
  useEffect(
    () =>
      onArrival((arrival) => {
        if (!preferences.get().sound || me.away) return;
        if (arrival.kind === 'handoff') return chime('handoff');
        const { message } = arrival;
        const looking = document.hasFocus() && location.pathname.endsWith(message.conversation_uuid);
        if (message.author !== 'visitor' || looking) return;
        if (mine(cache.getQueriesData<LineList>({ queryKey: [LINES] }), message.conversation_uuid, me.uuid))
          chime('message');
      }),
    [cache, me.away, me.uuid],
  );
}

function mine(
  lists: readonly (readonly [unknown, LineList | undefined])[],
  uuid: string,
  me: string,
): boolean {
  const found: Line | undefined = lists
    .flatMap(([, list]) => list?.lines ?? [])
    .find((line) => line.uuid === uuid);
  return found?.assignee?.uuid === me;
}
