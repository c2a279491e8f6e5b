import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { Conversation, Outcome, Quality } from '../../api/types';
import { useSpeech } from '../../i18n';
import type { useAct } from './acts';
import { MomentPick, OutcomePick, PeoplePick } from './picks';
import { QualityChoice } from './quality-choice';

export type DialogName = 'close' | 'assign' | 'snooze' | 'return' | 'block';

export interface DialogProps {
  conversation: Conversation;
  act: ReturnType<typeof useAct>;
  onClose: () => void;
  /** It is out of the way: on to the next one. */
  onDone: () => void;
}

export default function Dialogs({ name, ...props }: DialogProps & { name: DialogName }) {
  const { t } = useSpeech();
  const titles = {
    close: t('close_conversation'),
    assign: t('assign'),
    snooze: t('snooze'),
    return: t('return_to_bot'),
    block: t('block'),
  };
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={titles[name]}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {name === 'close' && <Close {...props} />}
      {name === 'assign' && <Assign {...props} />}
      {name === 'snooze' && <Snooze {...props} />}
      {name === 'return' && <Return {...props} />}
      {name === 'block' && <Block {...props} />}
    </Modal>
  );
}

function Close({ conversation, act, onClose, onDone }: DialogProps) {
  const { t } = useSpeech();
  const [outcome, setOutcome] = useState<Outcome>(conversation.outcome ?? 'pending');
  const [quality, setQuality] = useState<Quality | null>(conversation.lead_quality);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const changed = quality === conversation.lead_quality ? null : quality;
    await act.mutateAsync({ kind: 'close', outcome, quality: changed }).then(
      () => {
        onClose();
        onDone();
      },
      () => undefined,
    );
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack>
        <OutcomePick value={outcome} onPick={setOutcome} />
        <QualityChoice label={t('quality')} value={quality} onChange={setQuality} />
        <Button type="submit" loading={act.isPending}>
          {t('close_conversation')}
        </Button>
      </Stack>
    </form>
  );
}

function Assign({ conversation, act, onClose }: DialogProps) {
  const give = (to: string): void =>
    void act.mutateAsync({ kind: 'assign', to }).then(onClose, () => undefined);
  return <PeoplePick except={conversation.assignee?.uuid} busy={act.isPending} onPick={give} />;
}

function Snooze({ act, onClose, onDone }: DialogProps) {
  const rest = (until: string): void =>
    void act.mutateAsync({ kind: 'snooze', until }).then(
      () => {
        onClose();
        onDone();
      },
      () => undefined,
    );
  return <MomentPick busy={act.isPending} onPick={rest} />;
}

function Return({ act, onClose }: DialogProps) {
  const { t } = useSpeech();
  const [note, setNote] = useState('');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        act.mutateAsync({ kind: 'return', note: note.trim() || null }).then(onClose, () => undefined);
      }}
    >
      <Stack>
        <Textarea
          data-autofocus
          label={t('return_note')}
          description={t('return_note_why')}
          value={note}
          onChange={(e) => setNote(e.currentTarget.value)}
          maxLength={1000}
          autosize
          minRows={3}
          maxRows={8}
        />
        <Button type="submit" loading={act.isPending}>
          {t('return_to_bot')}
        </Button>
      </Stack>
    </form>
  );
}

function Block({ act, onClose, onDone }: DialogProps) {
  const { t } = useSpeech();
  return (
    <Stack>
      <Text>{t('block_why')}</Text>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose} data-autofocus>
          {t('cancel')}
        </Button>
        <Button
          color="red"
          loading={act.isPending}
          onClick={() =>
            void act.mutateAsync({ kind: 'block', blocked: true }).then(
              () => {
                onClose();
                onDone();
              },
              () => undefined,
            )
          }
        >
          {t('block')}
        </Button>
      </Group>
    </Stack>
  );
}
