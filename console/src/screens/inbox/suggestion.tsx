import { ActionIcon } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { api, read } from '../../api/client';
import { type Key, useSpeech } from '../../i18n';
import { Icon } from '../../patterns/icons';
import { tell, tellProblem } from '../../patterns/problems';

interface Suggestion {
  text: string | null;
  /** Why there is none. */
  reason: string | null;
}

const REASONS: Record<string, Key> = {
  no_model: 'suggestion_no_model',
  nothing_to_answer: 'suggestion_nothing',
  budget: 'suggestion_budget',
};

/** A draft by the model, put where one writes; sending it is the seller's. */
export function Suggest({ uuid, onText }: { uuid: string; onText: (text: string) => void }) {
  const speech = useSpeech();
  const { t } = speech;
  const ask = useMutation({
    mutationFn: () =>
      read<Suggestion>(
        api.POST('/api/v1/chat/conversations/{uuid}/suggestion', { params: { path: { uuid } } }),
      ),
    onSuccess({ text, reason }) {
      if (text) onText(text);
      else tell(t(REASONS[reason ?? ''] ?? 'suggestion_failed'));
    },
    onError: (error) => tellProblem(speech, error),
  });
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="lg"
      title={t('suggest')}
      aria-label={t('suggest')}
      loading={ask.isPending}
      onClick={() => ask.mutate()}
    >
      <Icon name="spark" />
    </ActionIcon>
  );
}
