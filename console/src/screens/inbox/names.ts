import type { Line } from '../../api/types';
import type { Speech } from '../../i18n';

/** What to call the visitor: the name, else the contact data, else a visitor with a short number to tell them apart. */
export function nameOf({ t }: Speech, line: Pick<Line, 'contact' | 'uuid'>): string {
  const { name, email, phone } = line.contact;
  return name || email || phone || t('visitor_number', { number: line.uuid.slice(-4).toUpperCase() });
}
