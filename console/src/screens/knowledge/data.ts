// What the knowledge's screen asks the server.

import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, endIfUnknown, read, staffHeaders } from '../../api/client';
import { problemOf, unreachable } from '../../api/problem';
import type { components } from '../../generated/api';
import { type Locale, useSpeech } from '../../i18n';
import { tell, tellProblem } from '../../patterns/problems';

type ItemBody = components['schemas']['ItemBody'];
export type Availability = NonNullable<ItemBody['availability']>;

export const AVAILABILITIES: readonly Availability[] = ['available', 'reserved', 'sold', 'on_order'];

/** What is not known is null. `price` is in units of `currency`. */
export interface Item {
  id: string;
  title: string;
  price: number | null;
  currency: string | null;
  image: string | null;
  url: string | null;
  facts: string[];
  availability: Availability | null;
  updated_at: string;
}

interface ItemPage {
  data: Item[];
  next: string | null;
  total: number;
}

/** Numbers of items. */
export interface Imported {
  added: number;
  changed: number;
  unchanged: number;
  removed: number;
}

/** `length` in characters of Markdown. */
export interface DocumentLine {
  slug: string;
  locale: Locale;
  title: string;
  length: number;
  updated_at: string;
}

/** `near` is how much it means what was asked, 0 to 1; null where only words were compared. */
export interface Found {
  items: { id: string; title: string; near: number | null }[];
  passages: { document: string; heading: string | null; body: string; near: number | null }[];
}

/** `model` null: knowledge is searched by words alone. `vectors` false: the database cannot keep what it would give. The
 *  rest counts texts, and `failure` is a code. */
export interface Meaning {
  model: string | null;
  vectors: boolean;
  total: number;
  embedded: number;
  failed: number;
  failure: string | null;
}

const ITEMS = 'knowledge-items';
const DOCUMENTS = 'knowledge-documents';
const FOUND = 'knowledge-search';
const MEANING = 'knowledge-meaning';
const MEANING_MS = 10_000;
const UPLOAD_MS = 60_000;

export function useItems(text: string) {
  return useInfiniteQuery({
    queryKey: [ITEMS, text],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) => {
      const query = { ...(text && { q: text }), ...(pageParam && { after: pageParam }) };
      return read<ItemPage>(api.GET('/api/v1/knowledge/items', { params: { query } }));
    },
    getNextPageParam: (page) => page.next,
  });
}

export function useItemActs() {
  const cache = useQueryClient();
  const speech = useSpeech();
  const settled = async (): Promise<void> => {
    await cache.invalidateQueries({ queryKey: [ITEMS] });
    await cache.invalidateQueries({ queryKey: [FOUND] });
  };
  const save = useMutation({
    mutationFn: (body: ItemBody) => read<Imported>(api.PUT('/api/v1/knowledge/items', { body })),
    onSuccess: async () => {
      tell(speech.t('saved'));
      await settled();
    },
    onError: (error) => tellProblem(speech, error),
  });
  const remove = useMutation({
    mutationFn: (id: string) =>
      read(api.DELETE('/api/v1/knowledge/items/{item_id}', { params: { path: { item_id: id } } })),
    onSuccess: settled,
    onError: (error) => tellProblem(speech, error),
  });
  /** What is wrong with a file is shown beside it, line by line, and not here. */
  const upload = useMutation({
    mutationFn: ({ file, replace }: { file: File; replace: boolean }) => send(file, replace),
    onSuccess: settled,
  });
  return { save, remove, upload };
}

async function send(file: File, replace: boolean): Promise<Imported> {
  let response: Response;
  try {
    response = await fetch(`/api/v1/knowledge/items/import?mode=${replace ? 'replace' : 'merge'}`, {
      method: 'POST',
      // What a browser makes of a file's name differs by system: CSV is often a spreadsheet's type.
      headers: {
        ...staffHeaders(),
        'Content-Type': /\.json$/i.test(file.name) ? 'application/json' : 'text/csv',
      },
      body: file,
      credentials: 'omit',
      cache: 'no-store',
      signal: AbortSignal.timeout(UPLOAD_MS),
    });
  } catch {
    throw unreachable();
  }
  if (response.ok) return (await response.json()) as Imported;
  const problem = await problemOf(response);
  endIfUnknown(problem);
  throw problem;
}

export function useDocuments() {
  return useQuery({
    queryKey: [DOCUMENTS],
    queryFn: async () => (await read<{ data: DocumentLine[] }>(api.GET('/api/v1/knowledge/documents'))).data,
  });
}

export function useDocument(slug: string, locale: Locale) {
  return useQuery({
    queryKey: [DOCUMENTS, slug, locale],
    queryFn: () =>
      read<DocumentLine & { body: string }>(
        api.GET('/api/v1/knowledge/documents/{slug}', { params: { path: { slug }, query: { locale } } }),
      ),
  });
}

export function useDocumentActs() {
  const cache = useQueryClient();
  const speech = useSpeech();
  const settled = {
    onSuccess: async () => {
      tell(speech.t('saved'));
      await cache.invalidateQueries({ queryKey: [DOCUMENTS] });
      await cache.invalidateQueries({ queryKey: [FOUND] });
    },
    onError: (error: unknown) => tellProblem(speech, error),
  };
  const save = useMutation({
    mutationFn: (body: components['schemas']['DocumentBody']) =>
      read(api.POST('/api/v1/knowledge/documents', { body })),
    ...settled,
  });
  const remove = useMutation({
    mutationFn: ({ slug, locale }: { slug: string; locale: Locale }) =>
      read(
        api.DELETE('/api/v1/knowledge/documents/{slug}', { params: { path: { slug }, query: { locale } } }),
      ),
    ...settled,
  });
  return { save, remove };
}

/** What the assistant would find for `question`, in the language of the console. */
export function useFound(question: string) {
  const { locale } = useSpeech();
  return useQuery({
    queryKey: [FOUND, question, locale],
    enabled: question !== '',
    queryFn: () =>
      read<Found>(api.GET('/api/v1/knowledge/search', { params: { query: { q: question, locale } } })),
  });
}

/** How far the site's knowledge can be searched by what it means; the server goes on with it meanwhile. */
export function useMeaning() {
  return useQuery({
    queryKey: [MEANING],
    queryFn: () => read<Meaning>(api.GET('/api/v1/knowledge/meaning')),
    refetchInterval: ({ state }) =>
      state.data?.model && state.data.vectors && state.data.embedded < state.data.total ? MEANING_MS : false,
  });
}
