// What the leads' screen asks the server.

import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, read, staffHeaders } from '../../api/client';
import { problemOf } from '../../api/problem';
import type { Lead, Outcome, Quality } from '../../api/types';
import type { components } from '../../generated/api';
import { useSpeech } from '../../i18n';
import { tellProblem } from '../../patterns/problems';

export type LeadRow = Omit<Lead, 'facts'>;
export type ExportRequest = components['schemas']['ExportRequest'];
export type Consent = 'granted' | 'refused' | 'none';

/** Days are those of the reader's calendar, `2026-11-20`; what is empty does not narrow. */
export interface LeadFilter {
  from: string;
  to: string;
  quality: Quality | '';
  outcome: Outcome | '';
  consent: Consent | '';
  campaign: string;
  item: string;
  text: string;
}

export const NO_FILTER: LeadFilter = {
  from: '',
  to: '',
  quality: '',
  outcome: '',
  consent: '',
  campaign: '',
  item: '',
  text: '',
};

export interface LeadCounts {
  total: number;
  quality: Record<Quality, number>;
  captured: number;
  gaps: number;
}

export interface LeadExport {
  id: string;
  state: 'running' | 'done' | 'failed' | 'cancelled' | 'interrupted' | 'removed' | 'expired' | 'outdated';
  scanned: number;
  total: number | null;
  rows: number | null;
  created_at: string;
  expires_at: string | null;
  request: { profile: string; format: string; unit: string };
  manifest: { file: { name: string } } | null;
}

interface Page {
  data: LeadRow[];
  next_cursor: string | null;
}

const PAGE = 50;
const WATCH_MS = 1000;
/** Marketing has no stream: whoever looks at the list sees what is new so late at most. */
const AGAIN_MS = 15_000;
const CURRENT = { refetchInterval: AGAIN_MS, staleTime: AGAIN_MS / 2 };
const LEADS = 'leads';
const EXPORTS = ['lead-exports'] as const;

function queryOf(filter: LeadFilter) {
  const moment = (day: string, days = 0): string => {
    const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
    return new Date(year, month - 1, date + days).toISOString();
  };
  const { from, to, quality, outcome, consent, campaign, item, text } = filter;
  return {
    ...(from && { from: moment(from) }),
    ...(to && { to: moment(to, 1) }),
    ...(quality && { quality }),
    ...(outcome && { outcome }),
    ...(consent && { consent }),
    ...(campaign && { campaign }),
    ...(item && { item }),
    ...(text && { q: text }),
  };
}

export function useLeads(filter: LeadFilter, gaps: boolean) {
  return useInfiniteQuery({
    ...CURRENT,
    queryKey: [LEADS, gaps, filter],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) => {
      const query = { ...queryOf(filter), limit: PAGE, ...(pageParam && { cursor: pageParam }) };
      return read<Page>(
        gaps
          ? api.GET('/api/v1/leads/gaps', { params: { query } })
          : api.GET('/api/v1/leads', { params: { query } }),
      );
    },
    getNextPageParam: (page) => page.next_cursor,
  });
}

export function useLeadCounts(filter: LeadFilter) {
  return useQuery({
    ...CURRENT,
    queryKey: [LEADS, 'counts', filter],
    queryFn: () => read<LeadCounts>(api.GET('/api/v1/leads/counts', { params: { query: queryOf(filter) } })),
  });
}

/** What one changes about a lead from here; the lists follow. */
export function useLeadChanges(uuid: string) {
  const cache = useQueryClient();
  const speech = useSpeech();
  const params = { path: { uuid } };
  const settled = {
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['lead', uuid] });
      await cache.invalidateQueries({ queryKey: [LEADS] });
    },
    onError: (error: unknown) => tellProblem(speech, error),
  };
  const outcome = useMutation({
    mutationFn: (value: Outcome) =>
      read<Lead>(api.PUT('/api/v1/leads/{uuid}/outcome', { params, body: { outcome: value } })),
    ...settled,
  });
  const dismiss = useMutation({
    mutationFn: () => read<Lead>(api.POST('/api/v1/leads/{uuid}/gap/dismiss', { params })),
    ...settled,
  });
  return { outcome, dismiss };
}

/** The newest exports of the site; while one is being made, again every second. */
export function useExports() {
  return useQuery({
    queryKey: EXPORTS,
    queryFn: async () => (await read<{ data: LeadExport[] }>(api.GET('/api/v1/leads/exports'))).data,
    refetchInterval: (query) => (query.state.data?.some((one) => one.state === 'running') ? WATCH_MS : false),
  });
}

export function useExportActs() {
  const cache = useQueryClient();
  const speech = useSpeech();
  const settled = {
    onSuccess: () => cache.invalidateQueries({ queryKey: EXPORTS }),
    onError: (error: unknown) => tellProblem(speech, error),
  };
  const start = useMutation({
    mutationFn: (body: ExportRequest) => read<LeadExport>(api.POST('/api/v1/leads/exports', { body })),
    ...settled,
  });
  const end = useMutation({
    mutationFn: (id: string) =>
      read(api.DELETE('/api/v1/leads/exports/{export_id}', { params: { path: { export_id: id } } })),
    ...settled,
  });
  return { start, end };
}

/** Saves a file of the staff's plane: its token goes in a header, so that a link alone would open nothing. */
export async function download(path: string, name: string): Promise<void> {
  const response = await fetch(path, { headers: staffHeaders(), credentials: 'omit', cache: 'no-store' });
  if (!response.ok) throw await problemOf(response);
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
