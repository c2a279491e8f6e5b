// What the site's screen asks the server.

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, read } from '../../api/client';
import type { Me } from '../../api/types';
import type { components } from '../../generated/api';
import { useSpeech } from '../../i18n';
import { refusal } from '../../patterns/page';
import { tell } from '../../patterns/problems';
import { ME } from '../../shell/me';
import { useWords } from './words';

export type SiteChange = components['schemas']['SiteChange'];
export type Purpose = 'chat' | 'contact' | 'marketing';

/** What is missing is the widget's own choice. */
export interface Appearance {
  accent?: string;
  accentText?: string;
  position?: 'bottom-right' | 'bottom-left';
  theme?: 'auto' | 'light' | 'dark';
  title?: string;
  subtitle?: string;
  logo?: string;
}

export interface AdminSite {
  id: string;
  slug: string;
  public_key: string;
  /** They name the site as well, each until its time. */
  former_keys: { public_key: string; until: string }[];
  name: string;
  locale: 'es' | 'en' | 'pt';
  region: string;
  time_zone: string;
  allowed_origins: string[];
  image_origins: string[];
  appearance: Appearance;
  identity_secret_at: string | null;
  key_is_a_setting: boolean;
  consents: {
    version: string;
    texts: { purpose: Purpose; locale: string; text: string; sha256: string }[];
  };
}

const SITE = ['site'] as const;
const RETENTION = ['retention'] as const;

export function useSite() {
  return useQuery({ queryKey: SITE, queryFn: () => read<AdminSite>(api.GET('/api/v1/site')) });
}

function useRefused(): (error: unknown) => void {
  const speech = useSpeech();
  const w = useWords();
  return (error) => refusal(speech, { 'site.key_is_a_setting': w('key_is_a_setting') }, error);
}

export function useSaveSite() {
  const cache = useQueryClient();
  const { t } = useSpeech();
  return useMutation({
    mutationFn: (body: SiteChange) => read<AdminSite>(api.PATCH('/api/v1/site', { body })),
    onSuccess: (changed) => {
      cache.setQueryData(SITE, changed);
      cache.setQueryData<Me>(
        ME,
        (me) => me && { ...me, site: { ...me.site, name: changed.name, time_zone: changed.time_zone } },
      );
      tell(t('saved'));
    },
    onError: useRefused(),
  });
}

export function useKeyActs() {
  const cache = useQueryClient();
  const onError = useRefused();
  const secret = useMutation({
    mutationFn: () =>
      read<{ secret: string; identity_secret_at: string }>(api.POST('/api/v1/site/identity-secret')),
    onSuccess: ({ identity_secret_at }) =>
      cache.setQueryData<AdminSite>(SITE, (site) => site && { ...site, identity_secret_at }),
    onError,
  });
  const changed = { onSuccess: (site: AdminSite) => cache.setQueryData(SITE, site), onError };
  const key = useMutation({
    mutationFn: (keep_days: number) =>
      read<AdminSite>(api.POST('/api/v1/site/public-key', { body: { keep_days } })),
    ...changed,
  });
  const retire = useMutation({
    mutationFn: (public_key: string) =>
      read<AdminSite>(
        api.DELETE('/api/v1/site/former-keys/{public_key}', { params: { path: { public_key } } }),
      ),
    ...changed,
  });
  return { secret, key, retire };
}

export function useRetention() {
  return useQuery({
    queryKey: RETENTION,
    queryFn: () => read<{ days: number | null }>(api.GET('/api/v1/privacy/retention')),
  });
}

export function useSaveRetention() {
  const cache = useQueryClient();
  const { t } = useSpeech();
  return useMutation({
    mutationFn: (days: number | null) =>
      read<{ days: number | null }>(api.PUT('/api/v1/privacy/retention', { body: { days } })),
    onSuccess: (changed) => {
      cache.setQueryData(RETENTION, changed);
      tell(t('saved'));
    },
    onError: useRefused(),
  });
}
