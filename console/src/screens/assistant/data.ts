// What the assistant's screen asks the server.

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, read } from '../../api/client';
import type { components } from '../../generated/api';
import { useSpeech } from '../../i18n';
import { refusal } from '../../patterns/page';
import { tell } from '../../patterns/problems';
import { useWords } from './words';

export type State = 'draft' | 'published' | 'canary' | 'scheduled' | 'archived' | 'shipped';
export type PublishBody = components['schemas']['PublishBody'];

export interface Version {
  number: number;
  state: State;
  /** Archived by somebody, not by a later one: it is not published any more. */
  put_away: boolean;
  note: string;
  /** The version that it was made from. */
  base: number | null;
  author: string;
  created_at: string;
}

/** `percent` of the conversations that begin. */
export interface Release {
  id: string;
  number: number;
  percent: number;
  at: string;
  reason: string | null;
  rollback: boolean;
  overridden: boolean;
  cancelled: boolean;
  by: string;
}

/** Version 0 is the one that the server came with. */
export interface Versions {
  data: Version[];
  live: number;
  since: string | null;
  canary: { number: number; percent: number } | null;
  scheduled: { id: string; number: number; percent: number; at: string }[];
  releases: Release[];
}

/** A run of lines; `left_line` and `right_line` are the numbers of its first ones, from 1. */
export interface DiffBlock {
  kind: 'equal' | 'replace' | 'delete' | 'insert';
  left: string[];
  right: string[];
  left_line: number;
  right_line: number;
}

const VERSIONS = ['prompts'] as const;

export function useVersions() {
  return useQuery({
    queryKey: VERSIONS,
    queryFn: () => read<Versions>(api.GET('/api/v1/prompts')),
  });
}

/** The whole text of a version, which never changes. */
export function useText(number: number) {
  return useQuery({
    queryKey: ['prompt-text', number],
    staleTime: Infinity,
    queryFn: () =>
      read<{ content: string }>(api.GET('/api/v1/prompts/{number}', { params: { path: { number } } })),
  });
}

export function useDiff(old: number, fresh: number) {
  return useQuery({
    queryKey: ['prompt-diff', old, fresh],
    staleTime: Infinity,
    queryFn: () =>
      read<{ blocks: DiffBlock[] }>(
        api.GET('/api/v1/prompts/diff', { params: { query: { old, new: fresh } } }),
      ),
  });
}

export function useVersionActs() {
  const cache = useQueryClient();
  const speech = useSpeech();
  const w = useWords();
  const said = (text: string) => async (): Promise<void> => {
    tell(text);
    await cache.invalidateQueries({ queryKey: VERSIONS });
  };
  const onError = (error: unknown): void =>
    refusal(
      speech,
      {
        'prompt.nothing_before': w('nothing_before'),
        'prompt.in_use': w('in_use'),
        'prompt.archived': w('is_archived'),
        'prompt.other_trial': w('other_trial'),
      },
      error,
    );
  /** What is wrong with the text is shown beside it, by line. */
  const save = useMutation({
    mutationFn: (body: components['schemas']['DraftBody']) =>
      read<Version>(api.POST('/api/v1/prompts', { body })),
    onSuccess: said(speech.t('saved')),
  });
  /** Cases that do not pass are shown in the dialog that asked. */
  const publish = useMutation({
    mutationFn: ({ number, ...body }: PublishBody & { number: number }) =>
      read(api.POST('/api/v1/prompts/{number}/publish', { params: { path: { number } }, body })),
    onSuccess: said(w('published')),
  });
  const rollBack = useMutation({
    mutationFn: () => read(api.POST('/api/v1/prompts/rollback', { body: {} })),
    onSuccess: said(w('rolled_back')),
    onError,
  });
  const archive = useMutation({
    mutationFn: (number: number) =>
      read(api.POST('/api/v1/prompts/{number}/archive', { params: { path: { number } } })),
    onSuccess: said(speech.t('saved')),
    onError,
  });
  const cancel = useMutation({
    mutationFn: (id: string) =>
      read(api.DELETE('/api/v1/prompts/releases/{release_id}', { params: { path: { release_id: id } } })),
    onSuccess: said(w('cancelled')),
    onError,
  });
  return { save, publish, rollBack, archive, cancel };
}
