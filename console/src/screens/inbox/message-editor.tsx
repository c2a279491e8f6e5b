import { Button, Group, Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, read } from '../../api/client';
import type { Message } from '../../api/types';
import { useSpeech } from '../../i18n';
import { tellProblem } from '../../patterns/problems';
import { threadKey } from './data';
import { type Thread, withMessage } from './thread-state';

/** One's own message, in the first minutes. */
export function MessageEditor({ message, onDone }: { message: Message; onDone: () => void }) {
  const speech = useSpeech();
  const { t } = speech;
  const cache = useQueryClient();
  const [text, setText] = useState(message.context.text);
  const save = async (): Promise<void> => {
    const content = text.trim();
    if (!content || content === message.context.text) return onDone();
    try {
      const { data } = await read<{ data: Message }>(
        api.PATCH('/api/v1/chat/messages/{message_id}', {
          params: { path: { message_id: message.message_id } },
          body: { content },
        }),
      );
      cache.setQueryData<Thread>(
        threadKey(message.conversation_uuid),
        (old) => old && withMessage(old, data),
      );
      onDone();
    } catch (error) {
      tellProblem(speech, error);
    }
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Textarea
        autoFocus
        autosize
        minRows={2}
        maxRows={10}
        w="min(28rem, 60vw)"
        aria-label={t('edit')}
        maxLength={4000}
        value={text}
        onChange={(e) => setText(e.currentTarget.value)}
        onKeyDown={(press) => {
          if (press.key === 'Escape') {
            press.stopPropagation();
            onDone();
          }
          if (press.key === 'Enter' && !press.shiftKey && !press.nativeEvent.isComposing) {
            press.preventDefault();
            void save();
          }
        }}
      />
      <Group gap="xs" mt="xs" justify="flex-end">
        <Button size="compact-sm" variant="default" onClick={onDone}>
          {t('cancel')}
        </Button>
        <Button size="compact-sm" type="submit">
          {t('save')}
        </Button>
      </Group>
    </form>
  );
}
