import { Button, Group, Modal, Stack, Text, TextInput, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { type Conversation, type Outcome, OUTCOMES, type Quality } from '../../api/types';
import { useSpeech } from '../../i18n';
import { useColleagues } from '../../live/colleagues';
import { Avatar } from '../../patterns/avatar';
import { useMe } from '../../shell/me';
import type { useAct } from './acts';
import styles from './dialogs.module.css';
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
        <fieldset className={styles.choices}>
          <legend>{t('outcome')}</legend>
          {OUTCOMES.map((name, i) => (
            <label key={name} className={styles.choice}>
              <input
                type="radio"
                name="outcome"
                value={name}
                checked={outcome === name}
                onChange={() => setOutcome(name)}
                data-autofocus={i === OUTCOMES.indexOf(outcome) ? true : undefined}
              />
              {t(`outcome_${name}`)}
            </label>
          ))}
        </fieldset>
        <QualityChoice label={t('quality')} value={quality} onChange={setQuality} />
        <Button type="submit" loading={act.isPending}>
          {t('close_conversation')}
        </Button>
      </Stack>
    </form>
  );
}

function Assign({ conversation, act, onClose }: DialogProps) {
  const { t } = useSpeech();
  const me = useMe();
  const [text, setText] = useState('');
  const people = useColleagues()
    .filter((c) => c.role !== 'marketing' && !c.disabled && c.uuid !== conversation.assignee?.uuid)
    .filter((c) => `${c.name} ${c.email}`.toLowerCase().includes(text.trim().toLowerCase()))
    .sort((a, b) => Number(b.online && !b.away) - Number(a.online && !a.away));
  const give = async (to: string): Promise<void> => {
    await act.mutateAsync({ kind: 'assign', to }).then(onClose, () => undefined);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (people[0]) void give(people[0].uuid);
      }}
    >
      <TextInput
        data-autofocus
        value={text}
        onChange={(e) => setText(e.currentTarget.value)}
        placeholder={t('assign_search')}
        aria-label={t('assign_search')}
      />
      <ul className={styles.people}>
        {people.map((person) => (
          <li key={person.uuid}>
            <button type="button" onClick={() => void give(person.uuid)} disabled={act.isPending}>
              <Avatar name={person.name} online={person.online && !person.away} />
              <span>
                {person.name}
                {person.uuid === me.uuid && ` (${t('me')})`}
                <small>{t(person.away ? 'away' : person.online ? 'online' : 'not_online')}</small>
              </span>
            </button>
          </li>
        ))}
      </ul>
      {!people.length && <Text c="dimmed">{t('nobody_found')}</Text>}
    </form>
  );
}

const HOUR = 3_600_000;

function at(days: number, hour: number): Date {
  const moment = new Date();
  moment.setDate(moment.getDate() + days);
  moment.setHours(hour, 0, 0, 0);
  return moment;
}

function Snooze({ act, onClose, onDone }: DialogProps) {
  const speech = useSpeech();
  const { t } = speech;
  const [own, setOwn] = useState('');
  const toMonday = (8 - new Date().getDay()) % 7 || 7;
  const choices = [
    { label: t('snooze_1h'), until: new Date(Date.now() + HOUR) },
    { label: t('snooze_3h'), until: new Date(Date.now() + 3 * HOUR) },
    { label: t('snooze_tomorrow'), until: at(1, 9) },
    { label: t('snooze_monday'), until: at(toMonday, 9) },
  ];
  const rest = async (until: Date): Promise<void> => {
    await act.mutateAsync({ kind: 'snooze', until: until.toISOString() }).then(
      () => {
        onClose();
        onDone();
      },
      () => undefined,
    );
  };
  return (
    <Stack>
      <Text c="dimmed" size="sm">
        {t('snooze_why')}
      </Text>
      <ul className={styles.people}>
        {choices.map(({ label, until }, i) => (
          <li key={label}>
            <button
              type="button"
              onClick={() => void rest(until)}
              data-autofocus={i === 0 ? true : undefined}
            >
              <span>
                {label}
                <small>{speech.dateTime(until)}</small>
              </span>
            </button>
          </li>
        ))}
      </ul>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (own) void rest(new Date(own));
        }}
      >
        <Group align="end" wrap="nowrap">
          <TextInput
            type="datetime-local"
            label={t('snooze_own')}
            value={own}
            onChange={(e) => setOwn(e.currentTarget.value)}
            flex={1}
            required
          />
          <Button type="submit" variant="default" loading={act.isPending}>
            {t('snooze')}
          </Button>
        </Group>
      </form>
    </Stack>
  );
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
