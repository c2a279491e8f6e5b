import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useLocation } from 'wouter';
import type { Conversation, Outcome, Quality } from '../../api/types';
import { type Key, useSpeech } from '../../i18n';
import { applyLine } from '../../live/inbox';
import { notice } from '../../patterns/notices';
import { tellProblem } from '../../patterns/problems';
import { useMe } from '../../shell/me';
import { act as change, type useAct } from './acts';
import { nameOf } from './names';
import { MomentPick, OutcomePick, PeoplePick } from './picks';
import { QualityChoice } from './quality-choice';

export type DialogName = 'close' | 'assign' | 'snooze' | 'return' | 'block';

const AWAY: Partial<Record<DialogName, Key>> = {
  close: 'done_close',
  snooze: 'done_snooze',
  block: 'done_block',
};

export interface DialogProps {
  conversation: Conversation;
  act: ReturnType<typeof useAct>;
  onClose: () => void;
  /** It is out of the way: on to the next one. */
  onDone: () => void;
}

export default function Dialogs({ name, ...props }: DialogProps & { name: DialogName }) {
  const speech = useSpeech();
  const { t } = speech;
  const titles = {
    close: t('close_conversation'),
    assign: t('assign'),
    snooze: t('snooze'),
    return: t('return_to_bot'),
    block: t('block'),
  };
  const away = AWAY[name];
  const undo = useUndo(name, props.conversation);
  // The next conversation looks much like the one that went: somebody new to this would wonder whether anything happened.
  const onDone = (): void => {
    if (away) notice(t(away, { name: nameOf(speech, props.conversation) }), 'good', undo);
    props.onDone();
  };
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={titles[name]}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {name === 'close' && <Close {...props} onDone={onDone} />}
      {name === 'assign' && <Assign {...props} />}
      {name === 'snooze' && <Snooze {...props} onDone={onDone} />}
      {name === 'return' && <Return {...props} />}
      {name === 'block' && <Block {...props} onDone={onDone} />}
    </Modal>
  );
}

/** What takes it back exactly: a closed one comes back to who had it, which only that one can ask for. */
function useUndo(name: DialogName, { uuid, assignee }: Conversation) {
  const speech = useSpeech();
  const cache = useQueryClient();
  const me = useMe().uuid;
  const [, go] = useLocation();
  if (name !== 'snooze' && (name !== 'close' || assignee?.uuid !== me)) return undefined;
  const back = async (): Promise<void> => {
    try {
      const line = await change(
        uuid,
        name === 'close' ? { kind: 'reopen' } : { kind: 'snooze', until: null },
      );
      applyLine(cache, me, line);
      go(`/messages/${uuid}`);
    } catch (error) {
      tellProblem(speech, error);
    }
  };
  return { label: speech.t('undo'), run: () => void back() };
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
