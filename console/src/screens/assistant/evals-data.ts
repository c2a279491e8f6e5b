// What the evaluation asks the server.

import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, read } from '../../api/client';
import type { components } from '../../generated/api';
import { useSpeech } from '../../i18n';
import { refusal } from '../../patterns/page';
import { tell } from '../../patterns/problems';
import { useEvalWords } from './evals-words';

export type CaseBody = components['schemas']['CaseBody'];
export type FromConversation = components['schemas']['FromConversationBody'];
export type CaseItem = components['schemas']['CaseItem'];
export type RunBody = components['schemas']['RunBody'];

export interface EvalCase extends CaseBody {
  id: string;
  blocking: boolean;
  revision: number;
  archived_at: string | null;
}

/** A case as an edit left it. `place` counts the edits of a case from 1; another `revision` is another content. */
export interface CaseEdit extends CaseBody {
  place: number;
  act: 'created' | 'edited' | 'archived' | 'restored';
  revision: number;
  by: string;
  at: string;
}

export type RunState = 'running' | 'done' | 'cancelled' | 'failed' | 'interrupted';

/** `numbers`: the version under test first, what it is compared with last. `total`, `done`, `passed` count replies. */
export interface Run {
  id: string;
  numbers: number[];
  repeats: number;
  state: RunState;
  /** Of one that failed. */
  error: 'stopped' | 'crashed' | 'budget' | null;
  total: number;
  done: number;
  passed: number;
  /** How many; null where a run did not know yet. */
  cases: number | null;
  can_continue: boolean;
  by: string;
  created_at: string;
  finished_at: string | null;
}

/** `passed` null: it could not be checked, and `not_run` says why. */
export interface Check {
  check: string;
  passed: boolean | null;
  detail: string;
  not_run?: 'no_model' | 'no_answer' | 'no_verdict';
}

/** `ms` is the mean of a reply, `cost` in US dollars; null where no price is known. `not_run` counts checks. */
export interface Sums {
  passed: number;
  played: number;
  ms: number;
  tokens: number;
  judge_tokens: number;
  cost: number | null;
  not_run: number;
}

export interface Played {
  repeat: number;
  passed: boolean;
  checks: Check[];
  text: string | null;
  source: 'model' | 'guided';
  failure: string | null;
  ms: number;
}

/** `flaky`: it passed, but not every time. */
export interface Cell extends Sums {
  flaky: boolean;
  replies: Played[];
}

export type Verdict = 'regression' | 'failing' | 'flaky' | 'running' | 'fixed' | 'passing';

export interface GridRow {
  case_id: string;
  case: string;
  blocking: boolean;
  /** The case's when it was played; `edited`: it has another by now. */
  revision: number;
  edited: boolean;
  verdict: Verdict;
  versions: Record<string, Cell>;
}

export interface Grid extends Run {
  rows: GridRow[];
  totals: Record<string, Sums>;
}

/** A UTC day's tokens; `turns` are the visitors'. */
export interface UsageDay {
  day: string;
  used: number;
  reserved: number;
  turns: number;
  work: { purpose: string; pieces: number; tokens: number }[];
}

/** `budget` is a day's; 0: there is none. */
export interface Usage {
  budget: number;
  data: UsageDay[];
}

const CASES = 'eval-cases';
const RUNS = 'eval-runs';
const USAGE = 'usage';
const WATCH_MS = 1000;

export function useCases(archived = false) {
  return useQuery({
    queryKey: [CASES, archived],
    queryFn: async () =>
      (await read<{ data: EvalCase[] }>(api.GET('/api/v1/evals/cases', { params: { query: { archived } } })))
        .data,
  });
}

/** What became of a case, newest first. */
export function useCaseHistory(id: string) {
  return useQuery({
    queryKey: [CASES, 'history', id],
    queryFn: async () =>
      (
        await read<{ data: CaseEdit[] }>(
          api.GET('/api/v1/evals/cases/{case_id}/history', { params: { path: { case_id: id } } }),
        )
      ).data,
  });
}

/** The site's items with these words in them. */
export function useCatalogue(text: string) {
  return useQuery({
    queryKey: ['eval-catalogue', text],
    enabled: text !== '',
    placeholderData: keepPreviousData,
    queryFn: async () =>
      (
        await read<{ data: CaseItem[] }>(
          api.GET('/api/v1/knowledge/items', { params: { query: { q: text } } }),
        )
      ).data,
  });
}

export function useRuns() {
  return useQuery({
    queryKey: [RUNS],
    queryFn: async () => (await read<{ data: Run[] }>(api.GET('/api/v1/evals/runs'))).data,
    refetchInterval: (query) =>
      query.state.data?.some((run) => run.state === 'running') ? 3 * WATCH_MS : false,
  });
}

/** One run as a table; while it goes on, again every second. */
export function useGrid(id: string) {
  return useQuery({
    queryKey: [RUNS, id],
    queryFn: () => read<Grid>(api.GET('/api/v1/evals/runs/{run_id}', { params: { path: { run_id: id } } })),
    refetchInterval: (query) => (query.state.data?.state === 'running' ? WATCH_MS : false),
  });
}

/** Again whenever a run has ended, which is what spends the most. */
export function useUsage() {
  const ended = useRuns().data?.filter((run) => run.state !== 'running').length;
  return useQuery({
    queryKey: [USAGE, ended],
    queryFn: () => read<Usage>(api.GET('/api/v1/usage')),
    placeholderData: keepPreviousData,
  });
}

/** The name of the model that answers and judges; null: there is none. */
export function useModelName() {
  return useQuery({
    queryKey: ['playground-model'],
    staleTime: Infinity,
    queryFn: async () => (await read<{ model: string | null }>(api.GET('/api/v1/playground'))).model,
  });
}

/** Refusals of `add`, `take` and `change` are shown in the form that asked. */
export function useEvalActs() {
  const cache = useQueryClient();
  const speech = useSpeech();
  const w = useEvalWords();
  const onError = (error: unknown): void =>
    refusal(
      speech,
      {
        'eval.busy': w('busy'),
        'eval.too_many': w('too_many'),
        'eval.not_stopped': w('not_stopped'),
        'eval.case_not_found': w('case_gone'),
        'budget.site_day': w('error_budget'),
      },
      error,
    );
  const changed = async (): Promise<void> => {
    tell(speech.t('saved'));
    await cache.invalidateQueries({ queryKey: [CASES] });
    // Runs say which of their cases have another content by now.
    await cache.invalidateQueries({ queryKey: [RUNS] });
  };
  const ran = (): Promise<void> => cache.invalidateQueries({ queryKey: [RUNS] });
  const path = (id: string) => ({ params: { path: { case_id: id } } });
  const add = useMutation({
    mutationFn: (body: CaseBody) => read<EvalCase>(api.POST('/api/v1/evals/cases', { body })),
    onSuccess: changed,
  });
  /** What is personal in the conversation is replaced before it is stored. */
  const take = useMutation({
    mutationFn: (body: FromConversation) =>
      read<EvalCase>(api.POST('/api/v1/evals/cases/from-conversation', { body })),
    onSuccess: changed,
  });
  const change = useMutation({
    mutationFn: ({ id, body }: { id: string; body: CaseBody }) =>
      read<EvalCase>(api.PUT('/api/v1/evals/cases/{case_id}', { ...path(id), body })),
    onSuccess: changed,
  });
  const archive = useMutation({
    mutationFn: (id: string) => read(api.DELETE('/api/v1/evals/cases/{case_id}', path(id))),
    onSuccess: changed,
    onError,
  });
  const restore = useMutation({
    mutationFn: (id: string) => read(api.POST('/api/v1/evals/cases/{case_id}/restore', path(id))),
    onSuccess: changed,
    onError,
  });
  const run = useMutation({
    mutationFn: (body: RunBody) => read<Run>(api.POST('/api/v1/evals/runs', { body })),
    onSuccess: ran,
    onError,
  });
  const cancel = useMutation({
    mutationFn: (id: string) =>
      read(api.POST('/api/v1/evals/runs/{run_id}/cancel', { params: { path: { run_id: id } } })),
    onSuccess: ran,
    onError,
  });
  /** What did not come to its end, from where it was. */
  const resume = useMutation({
    mutationFn: (id: string) =>
      read<Run>(api.POST('/api/v1/evals/runs/{run_id}/continue', { params: { path: { run_id: id } } })),
    onSuccess: ran,
    onError,
  });
  return { add, take, change, archive, restore, run, cancel, resume };
}
