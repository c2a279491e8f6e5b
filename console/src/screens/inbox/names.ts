import type { Line } from '../../api/types';
import type { Speech } from '../../i18n';

/** What to call the visitor: the name, else the contact data, else a visitor with a short number to tell them apart. */
export function nameOf({ t }: Speech, line: Pick<Line, 'contact' | 'uuid'>): string {
  const { name, email, phone } = line.contact;
  return name || email || phone || t('visitor_number', { number: line.uuid.slice(-4).toUpperCase() });
}

/** Who has it: one of them, nobody yet, or the assistant. */
export function stateText(speech: Speech, { state, assignee, snoozed_until }: Line, me: string): string {
  const { t } = speech;
  if (state === 'snoozed')
    return `${t('state_snoozed')} · ${snoozed_until ? speech.dateTime(new Date(snoozed_until)) : t('snooze_reply')}`;
  if (state !== 'open' || !assignee) return t(`state_${state}`);
  return assignee.uuid === me ? t('with_me') : t('with_name', { name: assignee.name ?? t('a_colleague') });
}
