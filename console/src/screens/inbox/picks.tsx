// What one chooses in dialogs, for one conversation or for several: an outcome, somebody, a moment.

import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { type Outcome, OUTCOMES } from '../../api/types';
import { useSpeech } from '../../i18n';
import { useColleagues } from '../../live/colleagues';
import { Avatar } from '../../patterns/avatar';
import { useMe } from '../../shell/me';
import styles from './dialogs.module.css';

export function OutcomePick({ value, onPick }: { value: Outcome; onPick: (outcome: Outcome) => void }) {
  const { t } = useSpeech();
  return (
    <fieldset className={styles.choices}>
      <legend>{t('outcome')}</legend>
      {OUTCOMES.map((name) => (
        <label key={name} className={styles.choice}>
          <input
            type="radio"
            name="outcome"
            value={name}
            checked={value === name}
            onChange={() => onPick(name)}
            data-autofocus={value === name ? true : undefined}
          />
          {t(`outcome_${name}`)}
        </label>
      ))}
    </fieldset>
  );
}

interface PeopleProps {
  /** Who has it already. */
  except?: string | null | undefined;
  busy: boolean;
  onPick: (staff: string) => void;
}

/** Whoever can answer visitors; who is there comes first, and Enter takes the first. */
export function PeoplePick({ except, busy, onPick }: PeopleProps) {
  const { t } = useSpeech();
  const me = useMe();
  const [text, setText] = useState('');
  const people = useColleagues()
    .filter((c) => c.role !== 'marketing' && !c.disabled && c.uuid !== except)
    .filter((c) => `${c.name} ${c.email}`.toLowerCase().includes(text.trim().toLowerCase()))
    .sort((a, b) => Number(b.online && !b.away) - Number(a.online && !a.away));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (people[0]) onPick(people[0].uuid);
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
            <button type="button" onClick={() => onPick(person.uuid)} disabled={busy}>
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

/** Until when it is out of the way: ISO 8601, or `reply`, until the visitor writes. */
export function MomentPick({ busy, onPick }: { busy: boolean; onPick: (until: string) => void }) {
  const speech = useSpeech();
  const { t } = speech;
  const [own, setOwn] = useState('');
  const toMonday = (8 - new Date().getDay()) % 7 || 7;
  const choices = [
    { label: t('snooze_1h'), until: new Date(Date.now() + HOUR) },
    { label: t('snooze_3h'), until: new Date(Date.now() + 3 * HOUR) },
    { label: t('snooze_tomorrow'), until: at(1, 9) },
    { label: t('snooze_monday'), until: at(toMonday, 9) },
    { label: t('snooze_reply'), until: null },
  ];
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
              disabled={busy}
              onClick={() => onPick(until?.toISOString() ?? 'reply')}
              data-autofocus={i === 0 ? true : undefined}
            >
              <span>
                {label}
                <small>{until ? speech.dateTime(until) : t('snooze_reply_why')}</small>
              </span>
            </button>
          </li>
        ))}
      </ul>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (own) onPick(new Date(own).toISOString());
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
          <Button type="submit" variant="default" loading={busy}>
            {t('snooze')}
          </Button>
        </Group>
      </form>
    </Stack>
  );
}
