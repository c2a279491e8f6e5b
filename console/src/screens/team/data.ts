// What the team's screen asks the server.

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, read } from '../../api/client';
import type { CannedReply, Colleague, Role } from '../../api/types';
import { useSpeech } from '../../i18n';
import { COLLEAGUES } from '../../live/colleagues';
import { refusal } from '../../patterns/page';
import { tell } from '../../patterns/problems';
import { ME, useMe } from '../../shell/me';
import type { BusinessHours } from './hours-form';
import { useWords } from './words';

export interface TeamHours {
  hours: BusinessHours;
  time_zone: string;
  team: { open: boolean; online: number; back_at: string | null };
}

/** `token` is null when it went out by mail. */
export interface StaffLink {
  token: string | null;
  email: string;
  expires_at: string;
}

/** Somebody who was asked and has not joined. */
export interface Invitation {
  id: string;
  email: string;
  name: string | null;
  role: Role;
  expires_at: string;
  expired: boolean;
  invited_by: string | null;
}

const INVITATIONS = ['invitations'] as const;
const HOURS = ['team-hours'] as const;
const CANNED = ['canned'] as const;

/** For whoever was invited, by the site's slug: its key may be another one by then. What follows the # is sent to nobody. */
export const linkOf = (token: string, slug: string): string =>
  `${location.origin}/console/accept?site=${encodeURIComponent(slug)}#${token}`;

/** Everybody of the site, in the cache that the stream keeps current. */
export function usePeople() {
  return useQuery({
    queryKey: COLLEAGUES,
    queryFn: async () => (await read<{ data: Colleague[] }>(api.GET('/api/v1/staff'))).data,
    staleTime: 5 * 60_000,
  });
}

/** Who was asked and has not joined yet. Nobody tells that one joined: so it is asked for whenever the screen opens. */
export function useInvitations() {
  return useQuery({
    queryKey: INVITATIONS,
    queryFn: async () => (await read<{ data: Invitation[] }>(api.GET('/api/v1/staff/invitations'))).data,
  });
}

function useRefused(): (error: unknown) => void {
  const speech = useSpeech();
  const w = useWords();
  return (error) =>
    refusal(
      speech,
      {
        'staff.exists': w('problem_exists'),
        'staff.last_admin': w('problem_last_admin'),
        'staff.invitation_not_found': w('problem_invitation_gone'),
        'staff.shared_account': w('problem_shared_account'),
        'canned.shortcut_taken': w('problem_shortcut_taken'),
      },
      error,
    );
}

export interface StaffChange {
  uuid: string;
  role?: Role;
  disabled?: boolean;
  capacity?: number;
}

export function usePeopleActs() {
  const cache = useQueryClient();
  const { t } = useSpeech();
  const w = useWords();
  const onError = useRefused();
  const invite = useMutation({
    mutationFn: (body: { email: string; role: Role; name?: string }) =>
      read<StaffLink>(api.POST('/api/v1/staff/invitations', { body })),
    onSuccess: () => cache.invalidateQueries({ queryKey: INVITATIONS }),
    onError,
  });
  const withdraw = useMutation({
    mutationFn: (id: string) =>
      read(
        api.DELETE('/api/v1/staff/invitations/{invitation_id}', { params: { path: { invitation_id: id } } }),
      ),
    onSuccess: () => tell(w('withdrawn')),
    onError,
    // Also when it was used meanwhile.
    onSettled: () => cache.invalidateQueries({ queryKey: INVITATIONS }),
  });
  const reset = useMutation({
    mutationFn: (uuid: string) =>
      read<StaffLink>(
        api.POST('/api/v1/staff/{staff_id}/reset-link', { params: { path: { staff_id: uuid } } }),
      ),
    onError,
  });
  const change = useMutation({
    mutationFn: ({ uuid, ...body }: StaffChange) =>
      read<Colleague>(api.PATCH('/api/v1/staff/{staff_id}', { params: { path: { staff_id: uuid } }, body })),
    onSuccess: (changed) => {
      cache.setQueryData<Colleague[]>(COLLEAGUES, (old) =>
        old?.map((one) => (one.uuid === changed.uuid ? { ...one, ...changed } : one)),
      );
      tell(t('saved'));
    },
    onError,
  });
  return { invite, withdraw, reset, change };
}

export function useHours() {
  return useQuery({
    queryKey: HOURS,
    queryFn: () => read<TeamHours>(api.GET('/api/v1/chat/hours')),
  });
}

/** Hours, and the zone if it is another one, which is the site's. */
export function useSaveHours() {
  const cache = useQueryClient();
  const { t } = useSpeech();
  const me = useMe();
  return useMutation({
    async mutationFn({ hours, zone }: { hours: BusinessHours; zone: string }) {
      if (zone !== cache.getQueryData<TeamHours>(HOURS)?.time_zone) {
        await read(api.PATCH('/api/v1/site', { body: { time_zone: zone } }));
        cache.setQueryData<typeof me>(ME, (old) => old && { ...old, site: { ...old.site, time_zone: zone } });
      }
      // Always open has no intervals: the field is left out then, as the server's schema has it.
      await read(api.PUT('/api/v1/chat/hours', { body: hours as never }));
    },
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: HOURS });
      await cache.invalidateQueries({ queryKey: ['site'] });
      tell(t('saved'));
    },
    onError: useRefused(),
  });
}

export function useReplies() {
  return useQuery({
    queryKey: CANNED,
    queryFn: async () => (await read<{ data: CannedReply[] }>(api.GET('/api/v1/chat/canned-replies'))).data,
    staleTime: 5 * 60_000,
  });
}

export interface Draft {
  id: string | null;
  shortcut: string;
  texts: Record<string, string>;
  shared: boolean;
}

export function useReplyActs() {
  const cache = useQueryClient();
  const { t } = useSpeech();
  const onError = useRefused();
  const settled = {
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: CANNED });
      tell(t('saved'));
    },
    onError,
  };
  const save = useMutation({
    mutationFn: ({ id, ...body }: Draft) =>
      read<CannedReply>(
        id === null
          ? api.POST('/api/v1/chat/canned-replies', { body })
          : api.PUT('/api/v1/chat/canned-replies/{canned_id}', { params: { path: { canned_id: id } }, body }),
      ),
    ...settled,
  });
  const remove = useMutation({
    mutationFn: (id: string) =>
      read(api.DELETE('/api/v1/chat/canned-replies/{canned_id}', { params: { path: { canned_id: id } } })),
    ...settled,
  });
  return { save, remove };
}
