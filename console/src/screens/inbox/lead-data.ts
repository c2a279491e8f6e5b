// What is known of the lead, beyond its line: fetched when the pane is shown, and again when the stream says so.

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, read } from '../../api/client';
import { ApiProblem } from '../../api/problem';
import type { Lead, LeadReason, Rubric, Task } from '../../api/types';
import type { components } from '../../generated/api';
import { type Key, type Speech, useSpeech } from '../../i18n';
import { tellProblem } from '../../patterns/problems';

export const leadKey = (uuid: string) => ['lead', uuid] as const;
export const tasksKey = (uuid: string) => ['tasks', uuid] as const;

/** Null where the conversation has not become a lead. */
export function useLead(uuid: string) {
  return useQuery({
    queryKey: leadKey(uuid),
    async queryFn() {
      try {
        return await read<Lead>(api.GET('/api/v1/leads/{uuid}', { params: { path: { uuid } } }));
      } catch (error) {
        if (error instanceof ApiProblem && error.status === 404) return null;
        throw error;
      }
    },
  });
}

export function useRubric() {
  return useQuery({
    queryKey: ['rubric'],
    queryFn: () => read<Rubric>(api.GET('/api/v1/leads/rubric')),
    staleTime: Infinity,
  });
}

type Correction = components['schemas']['CorrectionBody'];
type Verdict = components['schemas']['VerdictBody'];

export function useLeadActs(uuid: string) {
  const cache = useQueryClient();
  const speech = useSpeech();
  const params = { path: { uuid } };
  const settled = {
    onSuccess: () => cache.invalidateQueries({ queryKey: leadKey(uuid) }),
    onError: (error: unknown) => tellProblem(speech, error),
  };
  const correct = useMutation({
    mutationFn: (body: Correction) => read<Lead>(api.PATCH('/api/v1/leads/{uuid}', { params, body })),
    ...settled,
  });
  const judge = useMutation({
    mutationFn: (body: Verdict) => read<Lead>(api.PUT('/api/v1/leads/{uuid}/verdict', { params, body })),
    ...settled,
  });
  return { correct, judge };
}

export function useTasks(uuid: string) {
  return useQuery({
    queryKey: tasksKey(uuid),
    queryFn: async () => {
      const query = { view: 'open', conversation: uuid, limit: 20 } as const;
      return (await read<{ data: Task[] }>(api.GET('/api/v1/chat/tasks', { params: { query } }))).data;
    },
  });
}

/** The words of a rubric in the reader's language; a code that it does not know is shown as it is. */
export function rubricWords(rubric: Rubric | undefined, locale: string) {
  const criterion = (name: string) => rubric?.criteria.find((c) => c.name === name);
  const value = (name: string, code: string): string =>
    criterion(name)?.values.find((v) => v.value === code)?.label[locale] ?? code;
  const condition = (text: string): string => {
    const [name = '', code] = text.split('=');
    const label = criterion(name)?.label?.[locale] ?? name;
    return code ? `${label}: ${value(name, code)}` : label;
  };
  return { criterion: (name: string) => criterion(name)?.label?.[locale] ?? name, value, condition };
}

const REASONS: Record<string, Key> = {
  missing: 'why_missing',
  against: 'why_against',
  reachable: 'why_reachable',
  reply_seconds: 'why_reply_seconds',
  specific_questions: 'why_specific_questions',
  visits: 'why_visits',
  silence: 'why_silence',
  cooled: 'why_cooled',
};

export function whyText({ t }: Speech, words: ReturnType<typeof rubricWords>, reason: LeadReason): string {
  const { key, params } = reason;
  // Marketing gets no words of those who did not agree to be contacted.
  if (!params) return t('why_reserved');
  if (key === 'fact')
    return `${words.criterion(params.criterion ?? '')}: ${words.value(params.criterion ?? '', params.value ?? '')}`;
  if (key === 'cold') return words.value('cold', params.value ?? '');
  const known = REASONS[key];
  if (!known) return key;
  if (params.condition === 'reachable') return t(known, { condition: t('a_way_to_reach') });
  return t(known, { ...params, ...(params.condition && { condition: words.condition(params.condition) }) });
}
