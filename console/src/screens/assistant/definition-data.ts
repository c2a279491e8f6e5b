// An assistant's text as the fields of a form: the server takes it apart, and puts changes into it.

import { useMutation, useQuery } from '@tanstack/react-query';
import { api, read } from '../../api/client';
import type { components } from '../../generated/api';

type FormBody = components['schemas']['FormBody'];

/** By field; null takes one out of the text. */
export type Changes = NonNullable<FormBody['changes']>;
/** As they stand in the text: what is wrong there may be of any type. */
export type Fields = Readonly<Record<string, unknown>>;

/** `field` is a place such as `greeting.es`, or empty where the mistake is the text's. */
export interface Mistake {
  line: number;
  field: string;
  message: string;
}

/** `fields` null: the text cannot be taken apart. */
export interface Definition {
  content: string;
  fields: Fields | null;
  errors: Mistake[];
}

export function useDefine() {
  return useMutation({
    mutationFn: (body: FormBody) => read<Definition>(api.POST('/api/v1/prompts/form', { body })),
  });
}

/** The short names of the site's documents, each once. */
export function useDocumentNames() {
  return useQuery({
    queryKey: ['knowledge-documents', 'names'],
    queryFn: async () => {
      const { data } = await read<{ data: { slug: string }[] }>(api.GET('/api/v1/knowledge/documents'));
      return [...new Set(data.map((one) => one.slug))].sort();
    },
  });
}

export const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';

export const listOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(textOf) : []);

export const recordOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};

/** One on a line; what is empty is none. */
export const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((one) => one.trim())
    .filter(Boolean);
