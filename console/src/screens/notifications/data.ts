// What the notifications' screen asks the server.

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, read } from '../../api/client';
import { useSpeech } from '../../i18n';
import { notice } from '../../patterns/notices';
import { refusal } from '../../patterns/page';
import { tell } from '../../patterns/problems';
import { useMe } from '../../shell/me';
import { leave, mine, subscribe, type Subscribed } from './push';
import { useWords } from './words';

export const EVENTS = ['waiting', 'assigned', 'message'] as const;
export type NotificationEvent = (typeof EVENTS)[number];
export type Channel = 'push' | 'email';

export interface NotificationSettings {
  push: NotificationEvent[];
  email: NotificationEvent[];
  quiet_from: string | null;
  quiet_to: string | null;
  time_zone: string | null;
  channels: Channel[];
}

/** Something that did not get away. `kind` of an event that could not be read is none of those that are delivered. */
export interface Letter {
  id: string;
  channel: Channel | null;
  kind: 'inbox' | 'staff_link' | 'visitor_unread' | 'event';
  attempts: number;
  failure: string | null;
  staff_id: string | null;
  created_at: string;
}

const LETTERS = ['dead-letters'] as const;
const SETTINGS = ['notification-settings'] as const;
const BROWSERS = ['notification-browsers'] as const;

export function useLetters() {
  return useQuery({
    queryKey: LETTERS,
    async queryFn() {
      type Told = Omit<Letter, 'kind'> & { kind: string; step: 'delivery' | 'event' };
      const { data } = await read<{ data: Told[] }>(api.GET('/api/v1/notifications/dead-letters'));
      return data.map((one) => ({ ...one, kind: one.step === 'event' ? 'event' : one.kind }) as Letter);
    },
  });
}

export function useReplay() {
  const cache = useQueryClient();
  const w = useWords();
  return useMutation({
    mutationFn: (id: string) =>
      read(
        api.POST('/api/v1/notifications/dead-letters/{letter_id}/replay', {
          params: { path: { letter_id: id } },
        }),
      ),
    onSuccess: () => tell(w('replayed')),
    onError: useRefused(),
    onSettled: () => cache.invalidateQueries({ queryKey: LETTERS }),
  });
}

export function useSettings() {
  return useQuery({
    queryKey: SETTINGS,
    queryFn: () => read<NotificationSettings>(api.GET('/api/v1/notifications/settings')),
  });
}

function useRefused(): (error: unknown) => void {
  const speech = useSpeech();
  const w = useWords();
  return (error) => {
    // What the browser itself refuses: its own push service is away, or forbidden.
    if (error instanceof DOMException) notice(w('problem_service'), 'bad');
    else refusal(speech, { 'push.endpoint_not_allowed': w('problem_endpoint') }, error);
  };
}

export function useSaveSettings() {
  const cache = useQueryClient();
  const { t } = useSpeech();
  return useMutation({
    mutationFn: ({ channels: _, ...body }: NotificationSettings) =>
      read<NotificationSettings>(api.PUT('/api/v1/notifications/settings', { body })),
    onSuccess: (changed) => {
      cache.setQueryData(SETTINGS, changed);
      tell(t('saved'));
    },
    onError: useRefused(),
  });
}

export function useBrowsers() {
  return useQuery({
    queryKey: BROWSERS,
    queryFn: async () =>
      (await read<{ data: Subscribed[] }>(api.GET('/api/v1/notifications/subscriptions'))).data,
  });
}

export function useBrowserActs(onDenied: () => void) {
  const cache = useQueryClient();
  const me = useMe();
  const w = useWords();
  const onError = useRefused();
  const onSuccess = () => cache.invalidateQueries({ queryKey: BROWSERS });
  const add = useMutation({
    mutationFn: () => subscribe(me.uuid),
    async onSuccess(known) {
      if (!known) return onDenied();
      await onSuccess();
      tell(w('subscribed'));
    },
    onError,
  });
  const remove = useMutation({
    async mutationFn(id: string) {
      if (mine()?.id === id) await leave();
      const params = { path: { subscription_id: id } };
      await read(api.DELETE('/api/v1/notifications/subscriptions/{subscription_id}', { params }));
    },
    onSuccess,
    onError,
  });
  return { add, remove };
}
