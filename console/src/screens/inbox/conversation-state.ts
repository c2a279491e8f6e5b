// What passes in a conversation, and is not stored: the running reply, who types, who is there.

import type { TaliaEvent } from '../../generated/events';

export interface Now {
  /** The assistant's reply as far as it is written. */
  running: string | null;
  visitorTypes: boolean;
  visitorHere: boolean | null;
  sellerTypes: boolean;
}

export const NOTHING: Now = { running: null, visitorTypes: false, visitorHere: null, sellerTypes: false };
/** What passes: the running text, and whether the visitor is there. */
export function next(now: Now, event: TaliaEvent): Now {
  switch (event.type) {
    case 'chat.reply.started':
    case 'chat.reply.restarted':
      return { ...now, running: '' };
    case 'chat.reply.delta':
      return { ...now, running: (now.running ?? '') + event.text };
    case 'chat.reply.done':
    case 'chat.reply.failed':
      return { ...now, running: null };
    case 'chat.presence':
      return event.author === 'visitor' ? { ...now, visitorHere: event.online } : now;
    default:
      return now;
  }
}
