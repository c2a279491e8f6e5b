// One cache for everything that the server said. Streams keep it current; nothing is fetched again just because the
// window got the focus.

import { QueryClient } from '@tanstack/react-query';
import { ApiProblem } from '../api/problem';

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 60_000,
      gcTime: 10 * 60_000,
      refetchOnWindowFocus: false,
      retry: (failures, error) => failures < 2 && error instanceof ApiProblem && error.passing,
      retryDelay: (attempt) => 400 * 2 ** attempt,
    },
    mutations: { retry: false, networkMode: 'always' },
  },
});
