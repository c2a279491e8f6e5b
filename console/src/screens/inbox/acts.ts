// What one does with a conversation: one call each, whose answer is the line as it is now.

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, read } from '../../api/client';
import { ApiProblem } from '../../api/problem';
import type { Line, Outcome, Quality } from '../../api/types';
import { useSpeech } from '../../i18n';
import { applyLine, CONVERSATION } from '../../live/inbox';
import { tellProblem } from '../../patterns/problems';
import { useMe } from '../../shell/me';

const at = (uuid: string) => ({ params: { path: { uuid } } });

export type Act =
  | { kind: 'take' }
  | { kind: 'assign'; to: string }
  | { kind: 'return'; note: string | null }
  | { kind: 'close'; outcome: Outcome | null; quality: Quality | null }
  | { kind: 'reopen' }
  | { kind: 'snooze'; until: string | null }
  | { kind: 'block'; blocked: boolean }
  | { kind: 'label'; lead_quality?: Quality | null; outcome?: Outcome | null; tags?: string[] };

export async function act(uuid: string, what: Act): Promise<Line> {
  switch (what.kind) {
    case 'take':
      return read(api.POST('/api/v1/chat/conversations/{uuid}/take-over', at(uuid)));
    case 'assign':
      return read(
        api.POST('/api/v1/chat/conversations/{uuid}/assign', { ...at(uuid), body: { to: what.to } }),
      );
    case 'return':
      return read(
        api.POST('/api/v1/chat/conversations/{uuid}/return', { ...at(uuid), body: { note: what.note } }),
      );
    case 'close':
      if (what.quality) await act(uuid, { kind: 'label', lead_quality: what.quality });
      return read(
        api.POST('/api/v1/chat/conversations/{uuid}/close', { ...at(uuid), body: { outcome: what.outcome } }),
      );
    case 'reopen':
      return read(api.POST('/api/v1/chat/conversations/{uuid}/reopen', at(uuid)));
    case 'snooze':
      return read(
        api.POST('/api/v1/chat/conversations/{uuid}/snooze', { ...at(uuid), body: { until: what.until } }),
      );
    case 'block':
      return read(
        api.POST('/api/v1/chat/conversations/{uuid}/block', { ...at(uuid), body: { blocked: what.blocked } }),
      );
    case 'label': {
      const { kind: _, ...body } = what;
      return read(
        api.PATCH('/api/v1/chat/conversations/{uuid}', {
          ...at(uuid),
          body,
        }),
      );
    }
  }
}

export function useAct(uuid: string) {
  const cache = useQueryClient();
  const speech = useSpeech();
  const me = useMe().uuid;
  return useMutation({
    mutationFn: (what: Act) => act(uuid, what),
    onSuccess: (line) => applyLine(cache, me, line),
    onError(error) {
      tellProblem(speech, error);
      // Somebody was faster: what is on the screen is not what is true.
      if (error instanceof ApiProblem && (error.status === 409 || error.status === 403))
        void cache.invalidateQueries({ queryKey: [CONVERSATION, uuid] });
    },
  });
}
