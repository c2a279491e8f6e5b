// What to say about a refusal: by its code, else by its kind. Never the server's English prose.

import { ApiProblem } from '../api/problem';
import type { Key, Speech } from '../i18n';
import { notice } from './notices';

const BY_CODE: Record<string, Key> = {
  network: 'problem_network',
  'staff.wrong_credentials': 'problem_credentials',
  'staff.role': 'problem_role',
  'staff.not_of_site': 'problem_not_of_site',
  'staff.link_invalid': 'problem_link',
  'site.unknown_key': 'problem_site',
  'conversation.taken_over': 'problem_taken_over',
  'conversation.not_yours': 'problem_not_yours',
  'conversation.not_taken': 'problem_not_taken',
  'conversation.not_participant': 'problem_not_participant',
  'conversation.not_found': 'problem_conversation_gone',
  'conversation.blocked': 'problem_blocked',
  'conversation.not_active': 'problem_not_active',
  'message.newer_reply': 'problem_newer_reply',
  'message.too_old': 'problem_too_old',
  'message.not_yours': 'problem_message_not_yours',
};

export function problemText(speech: Speech, error: unknown): string {
  const { t } = speech;
  if (!(error instanceof ApiProblem)) return t('problem_unknown');
  const key = BY_CODE[error.code];
  if (key) return t(key, { name: error.detail ?? t('a_colleague') });
  if (error.status === 429) return t('problem_too_often', { seconds: error.retryAfter ?? 60 });
  if (error.status === 404) return t('problem_gone');
  if (error.status === 403) return t('problem_role');
  if (error.status === 422)
    return t('problem_invalid', { fields: error.fields.map((f) => f.field).join(', ') });
  return error.passing ? t('problem_server') : t('problem_unknown');
}

/** At the edge of the screen, for what happened away from where one looks. */
export function tellProblem(speech: Speech, error: unknown): void {
  notice(problemText(speech, error), 'bad');
}

export function tell(message: string): void {
  notice(message, 'good');
}
