import type { Key, Speech } from '../../i18n';

const REASONS: Record<string, Key> = {
  visitor_request: 'reason_visitor_request',
  missing_knowledge: 'reason_missing_knowledge',
  policy: 'reason_policy',
  failure: 'reason_failure',
  hot_lead: 'reason_hot_lead',
  budget: 'reason_budget',
  seller_takeover: 'reason_seller_takeover',
};

/** Why a person is needed; a code that is newer than this console is shown as it is. */
export const reasonText = ({ t }: Speech, code: string): string => {
  const key = REASONS[code];
  return key ? t(key) : code;
};
