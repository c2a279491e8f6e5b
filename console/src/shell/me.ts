import { useQuery } from '@tanstack/react-query';
import { createContext, use } from 'react';
import { api, read } from '../api/client';
import { rememberSite } from '../api/session';
import type { Me } from '../api/types';

export const ME = ['me'] as const;

export function useMeQuery() {
  return useQuery({
    queryKey: ME,
    async queryFn() {
      const me = await read<Me>(api.GET('/api/v1/staff/me'));
      // A former key goes on for a while only.
      rememberSite(me.site.public_key);
      return me;
    },
    staleTime: Infinity,
  });
}

const MeContext = createContext<Me | null>(null);
export const MeProvider = MeContext;

/** Whoever is signed in. */
export function useMe(): Me {
  const me = use(MeContext);
  if (!me) throw new Error('useMe outside the shell');
  return me;
}
