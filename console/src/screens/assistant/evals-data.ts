// What the evaluation asks the server.

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, read } from '../../api/client';
import type { components } from '../../generated/api';
import { useSpeech } from '../../i18n';
import { tell, tellProblem } from '../../patterns/problems';

export type CaseBody = components['schemas']['CaseBody'];
export type FromConversation = components['schemas']['FromConversationBody'];

export interface EvalCase {
  id: string;
  name: string;
  blocking: boolean;
  messages: { author: string; text: string }[];
}

/** `numbers`: the version under test first, what it is compared with last. `total`, `done`, `passed` count replies. */
export interface Run {
  id: string;
  numbers: number[];
  state: string;
  total: number;
  done: number;
  passed: number;
  created_at: string;
  finished_at: string | null;
}

/** `ms` is the mean of a reply. */
export interface Cell {
  passed: number;
  played: number;
  ms: number;
  tokens: number;
  replies: { text: string | null; passed: boolean }[];
}

export type Verdict = 'regression' | 'failing' | 'flaky' | 'running' | 'fixed' | 'passing';

export interface Grid extends Run {
  rows: {
    case_id: string;
    case: string;
    blocking: boolean;
    verdict: Verdict;
    versions: Record<string, Cell>;
  }[];
}

const CASES = ['eval-cases'] as const;
const RUNS = 'eval-runs';
const WATCH_MS = 1000;

export function useCases() {
  return useQuery({
    queryKey: CASES,
    queryFn: async () => (await read<{ data: EvalCase[] }>(api.GET('/api/v1/evals/cases'))).data,
  });
}

export function useRuns() {
  return useQuery({
    queryKey: [RUNS],
    queryFn: async () => (await read<{ data: Run[] }>(api.GET('/api/v1/evals/runs'))).data,
  });
}

/** One run as a table; while it goes on, again every second. */
export function useGrid(id: string) {
  return useQuery({
    queryKey: [RUNS, id],
    queryFn: () => read<Grid>(api.GET('/api/v1/evals/runs/{run_id}', { params: { path: { run_id: id } } })),
    refetchInterval: (query) => (query.state.data?.finished_at === null ? WATCH_MS : false),
  });
}

export function useEvalActs() {
  const cache = useQueryClient();
  const speech = useSpeech();
  const onError = (error: unknown): void => tellProblem(speech, error);
  const changed = {
    onSuccess: async () => {
      tell(speech.t('saved'));
      await cache.invalidateQueries({ queryKey: CASES });
    },
    onError,
  };
  const add = useMutation({
    mutationFn: (body: CaseBody) => read<EvalCase>(api.POST('/api/v1/evals/cases', { body })),
    ...changed,
  });
  /** What is personal in the conversation is replaced before it is stored. */
  const take = useMutation({
    mutationFn: (body: FromConversation) =>
      read<EvalCase>(api.POST('/api/v1/evals/cases/from-conversation', { body })),
    ...changed,
  });
  const remove = useMutation({
    mutationFn: (id: string) =>
      read(api.DELETE('/api/v1/evals/cases/{case_id}', { params: { path: { case_id: id } } })),
    ...changed,
  });
  const run = useMutation({
    mutationFn: (body: components['schemas']['RunBody']) =>
      read<Run>(api.POST('/api/v1/evals/runs', { body })),
    onSuccess: () => cache.invalidateQueries({ queryKey: [RUNS] }),
    onError,
  });
  const cancel = useMutation({
    mutationFn: (id: string) =>
      read(api.POST('/api/v1/evals/runs/{run_id}/cancel', { params: { path: { run_id: id } } })),
    onSuccess: () => cache.invalidateQueries({ queryKey: [RUNS] }),
    onError,
  });
  return { add, take, remove, run, cancel };
}
