import { Button, Group, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, read } from '../../api/client';
import type { Conversation } from '../../api/types';
import { useSpeech } from '../../i18n';
import { CONVERSATION } from '../../live/inbox';
import { Icon } from '../../patterns/icons';
import { tellProblem } from '../../patterns/problems';
import styles from './lead.module.css';
import { reasonText } from './reasons';

/** Why a person is needed, and what was said so far; it says who wrote the summary, and anybody may put it right. */
export function Handoff({ conversation }: { conversation: Conversation }) {
  const speech = useSpeech();
  const { t } = speech;
  const [editing, edit] = useState(false);
  const { uuid, handoff_reason, handoff_summary, handoff_summary_by } = conversation;
  const cache = useQueryClient();
  const anew = useMutation({
    mutationFn: () =>
      read(api.POST('/api/v1/chat/conversations/{uuid}/summary', { params: { path: { uuid } } })),
    onSuccess: () => cache.invalidateQueries({ queryKey: [CONVERSATION, uuid] }),
    onError: (error) => tellProblem(speech, error),
  });
  if (!handoff_reason && !handoff_summary) return null;
  return (
    <section className={styles.handoff}>
      {handoff_reason && (
        <h4>
          <Icon name="hand" size={16} />
          <span>{reasonText(speech, handoff_reason)}</span>
        </h4>
      )}
      {editing ? (
        <SummaryForm uuid={uuid} text={handoff_summary ?? ''} onDone={() => edit(false)} />
      ) : (
        <>
          {handoff_summary && <p>{handoff_summary}</p>}
          <div className={styles.verdict}>
            {handoff_summary && handoff_summary_by === 'model' && <small>{t('written_by_ai')}</small>}
            <button type="button" onClick={() => edit(true)}>
              {t('edit_summary')}
            </button>
            <button type="button" disabled={anew.isPending} onClick={() => anew.mutate()}>
              {t('summarise')}
            </button>
          </div>
        </>
      )}
    </section>
  );
}

function SummaryForm({ uuid, text, onDone }: { uuid: string; text: string; onDone: () => void }) {
  const speech = useSpeech();
  const { t } = speech;
  const [value, setValue] = useState(text);
  const cache = useQueryClient();
  const save = useMutation({
    mutationFn: () =>
      read(
        api.PUT('/api/v1/chat/conversations/{uuid}/summary', {
          params: { path: { uuid } },
          body: { text: value.trim() || null },
        }),
      ),
    async onSuccess() {
      await cache.invalidateQueries({ queryKey: [CONVERSATION, uuid] });
      onDone();
    },
    onError: (error) => tellProblem(speech, error),
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Textarea
        autoFocus
        autosize
        minRows={3}
        maxRows={10}
        maxLength={2000}
        aria-label={t('edit_summary')}
        value={value}
        onChange={(e) => setValue(e.currentTarget.value)}
      />
      <Group gap="xs" justify="flex-end" mt="xs">
        <Button size="compact-sm" variant="default" onClick={onDone}>
          {t('cancel')}
        </Button>
        <Button size="compact-sm" type="submit" loading={save.isPending}>
          {t('save')}
        </Button>
      </Group>
    </form>
  );
}
