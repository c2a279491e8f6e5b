import { useQuery } from '@tanstack/react-query';
import { api, read } from '../api/client';
import type { Colleague } from '../api/types';

export const COLLEAGUES = ['colleagues'] as const;

/** Everybody of the site; who is there, and what they look at, is kept current by the stream. */
export function useColleagues(): readonly Colleague[] {
  const { data } = useQuery({
    queryKey: COLLEAGUES,
    queryFn: async () => (await read<{ data: Colleague[] }>(api.GET('/api/v1/staff'))).data,
    staleTime: 5 * 60_000,
  });
  return data ?? NOBODY;
}

const NOBODY: readonly Colleague[] = [];
