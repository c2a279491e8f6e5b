import { Button, Switch } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useSpeech } from '../../i18n';
import { Icon } from '../../patterns/icons';
import { Loaded, page, Pick, ReadOnly, Section } from '../../patterns/page';
import { useMe } from '../../shell/me';
import { type TeamHours, useHours, useSaveHours } from './data';
import {
  type Day,
  DAYS,
  formOf,
  type HoursForm,
  hoursOf,
  type Interval,
  nextShift,
  overlaps,
} from './hours-form';
import styles from './team.module.css';
import { useWords } from './words';

const MOST_SHIFTS = 6;
const MOMENT = {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  hour: 'numeric',
  minute: '2-digit',
} as const;
const WORKDAYS: readonly Day[] = ['tue', 'wed', 'thu', 'fri'];

export function Hours() {
  const w = useWords();
  const hours = useHours();
  const admin = useMe().role === 'admin';
  return (
    <>
      {!admin && <ReadOnly text={w('read_only')} />}
      <Loaded query={hours}>
        {(data) => (
          <Editor key={JSON.stringify([data.hours, data.time_zone])} data={data} readOnly={!admin} />
        )}
      </Loaded>
    </>
  );
}

function Editor({ data, readOnly }: { data: TeamHours; readOnly: boolean }) {
  const { t, tag } = useSpeech();
  const w = useWords();
  const save = useSaveHours();
  const [form, setForm] = useState(() => formOf(data.hours));
  const [zone, setZone] = useState(data.time_zone);
  const setDay = (day: Day, shifts: Interval[]): void =>
    setForm({ ...form, days: { ...form.days, [day]: shifts } });
  const wrong = !form.always && DAYS.some((day) => overlaps(form.days[day]));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!wrong) save.mutate({ hours: hoursOf(form, data.hours), zone });
  };
  const back = data.team.back_at;
  return (
    <form onSubmit={submit}>
      <fieldset className={page.bare} disabled={readOnly}>
        <Section title={w('tab_hours')} why={w('hours_why')}>
          <p role="status">
            {data.team.open
              ? w('now_open')
              : back
                ? w('now_shut_until', { when: inZone(tag, data.time_zone, new Date(back)) })
                : w('now_shut')}
          </p>
          <Switch
            checked={form.always}
            label={w('always_open')}
            disabled={readOnly}
            onChange={(e) => setForm({ ...form, always: e.currentTarget.checked })}
          />
          {!form.always && (
            <ul className={styles.days}>
              {DAYS.map((day) => (
                <DayRow
                  key={day}
                  day={day}
                  shifts={form.days[day]}
                  onShifts={(shifts) => setDay(day, shifts)}
                  onCopy={
                    day === 'mon'
                      ? () => setForm({ ...form, days: { ...form.days, ...copies(form.days.mon) } })
                      : undefined
                  }
                />
              ))}
            </ul>
          )}
        </Section>
        <Section title={w('zone')} why={w('zone_why')}>
          <Pick
            label={w('zone')}
            hidden
            value={zone}
            options={zones(zone).map((name) => [name, name.replaceAll('_', ' ')])}
            onPick={setZone}
          />
        </Section>
        <DatesOff form={form} onForm={setForm} />
        {!readOnly && (
          <Button type="submit" loading={save.isPending} disabled={wrong}>
            {t('save')}
          </Button>
        )}
      </fieldset>
    </form>
  );
}

/** By the clock of the site, which the hours beside it are of, wherever the reader is. */
const inZone = (tag: string, timeZone: string, at: Date): string =>
  new Intl.DateTimeFormat(tag, { ...MOMENT, timeZone }).format(at);

const copies = (shifts: readonly Interval[]): Partial<HoursForm['days']> =>
  Object.fromEntries(WORKDAYS.map((day) => [day, shifts.map((shift) => [...shift])]));

function zones(current: string): string[] {
  const known = Intl.supportedValuesOf('timeZone');
  return known.includes(current) ? known : [current, ...known];
}

interface DayRowProps {
  day: Day;
  shifts: Interval[];
  onShifts: (shifts: Interval[]) => void;
  onCopy?: (() => void) | undefined;
}

function DayRow({ day, shifts, onShifts, onCopy }: DayRowProps) {
  const w = useWords();
  const name = w(`day_${day}`);
  const set = (i: number, change: Partial<Record<0 | 1, string>>): void =>
    onShifts(
      shifts.map((shift, at) => (at === i ? ([...Object.assign([...shift], change)] as Interval) : shift)),
    );
  return (
    <li>
      <strong>{name}</strong>
      <div className={styles.shifts}>
        {!shifts.length && <span className={page.dim}>{w('shut')}</span>}
        {shifts.map(([from, to], i) => (
          <div key={i} className={styles.shift} role="group" aria-label={w('shift', { day: name, n: i + 1 })}>
            <label className={page.field}>
              <span className="sr-only">{w('from')}</span>
              <input
                type="time"
                required
                value={from}
                onChange={(e) => set(i, { 0: e.currentTarget.value })}
              />
            </label>
            <span aria-hidden="true">–</span>
            <label className={page.field}>
              <span className="sr-only">{w('to')}</span>
              <input type="time" required value={to} onChange={(e) => set(i, { 1: e.currentTarget.value })} />
            </label>
            {to <= from && <small>{w('next_day')}</small>}
            <button
              type="button"
              className={page.icon}
              aria-label={w('remove_shift', { day: name, n: i + 1 })}
              onClick={() => onShifts(shifts.filter((_, at) => at !== i))}
            >
              <Icon name="close" size={16} />
            </button>
          </div>
        ))}
        {overlaps(shifts) && (
          <p className={styles.wrong} role="alert">
            {w('overlap')}
          </p>
        )}
      </div>
      <div className={styles.dayActs}>
        {onCopy && shifts.length > 0 && (
          <Button size="compact-xs" variant="subtle" onClick={onCopy}>
            {w('copy_days')}
          </Button>
        )}
        {shifts.length < MOST_SHIFTS && (
          <button
            type="button"
            className={page.icon}
            aria-label={w('add_shift', { day: name })}
            onClick={() => onShifts([...shifts, nextShift(shifts)])}
          >
            <Icon name="plus" size={16} />
          </button>
        )}
      </div>
    </li>
  );
}

function DatesOff({ form, onForm }: { form: HoursForm; onForm: (form: HoursForm) => void }) {
  const speech = useSpeech();
  const w = useWords();
  const [date, setDate] = useState('');
  const shown = new Intl.DateTimeFormat(speech.tag, { dateStyle: 'full', timeZone: 'UTC' });
  const nameOf = (day: string): string => shown.format(new Date(`${day}T00:00:00Z`));
  const add = (): void => {
    if (!date) return;
    onForm({ ...form, datesOff: [...new Set([...form.datesOff, date])].sort() });
    setDate('');
  };
  return (
    <Section title={w('dates_off')} why={w('dates_off_why')}>
      <div className={page.row}>
        <label className={page.field}>
          <span>{w('date')}</span>
          <input type="date" value={date} onChange={(e) => setDate(e.currentTarget.value)} />
        </label>
        <Button variant="default" onClick={add} disabled={!date}>
          {w('add')}
        </Button>
      </div>
      {form.datesOff.length > 0 ? (
        <ul className={page.list}>
          {form.datesOff.map((day) => (
            <li key={day}>
              <span className={page.grow}>{nameOf(day)}</span>
              <button
                type="button"
                className={page.icon}
                aria-label={w('remove_date', { date: nameOf(day) })}
                onClick={() => onForm({ ...form, datesOff: form.datesOff.filter((d) => d !== day) })}
              >
                <Icon name="close" size={16} />
              </button>
            </li>
          ))}
        </ul>
      ) : (
        <p className={page.dim}>{w('dates_off_none')}</p>
      )}
    </Section>
  );
}
