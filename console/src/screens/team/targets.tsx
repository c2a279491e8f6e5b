import { Button } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useSpeech } from '../../i18n';
import { Loaded, page, ReadOnly, Section } from '../../patterns/page';
import { useMe } from '../../shell/me';
import { type TeamHours, useHours, useSaveHours } from './data';
import { useWords } from './words';

/** In minutes; the bounds are the server's. */
const TARGETS = [
  { field: 'accept_seconds', most: 1440 },
  { field: 'reply_seconds', most: 10_080 },
  { field: 'next_reply_seconds', most: 10_080 },
  { field: 'promise_seconds', most: 10_080 },
] as const;
type Field = (typeof TARGETS)[number]['field'];

export function Targets() {
  const w = useWords();
  const hours = useHours();
  const admin = useMe().role === 'admin';
  return (
    <>
      {!admin && <ReadOnly text={w('read_only')} />}
      <Loaded query={hours}>
        {(data) => <Editor key={JSON.stringify(data.hours)} data={data} readOnly={!admin} />}
      </Loaded>
    </>
  );
}

function Editor({ data, readOnly }: { data: TeamHours; readOnly: boolean }) {
  const { t } = useSpeech();
  const w = useWords();
  const save = useSaveHours();
  const [values, setValues] = useState<Record<Field, string>>(() => {
    const minutes = (field: Field): string => String(data.hours[field] / 60);
    return {
      accept_seconds: minutes('accept_seconds'),
      reply_seconds: minutes('reply_seconds'),
      next_reply_seconds: minutes('next_reply_seconds'),
      promise_seconds: minutes('promise_seconds'),
    };
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const seconds = Object.fromEntries(
      TARGETS.map(({ field }) => [field, Math.round(Number(values[field]) * 60)]),
    );
    save.mutate({ hours: { ...data.hours, ...seconds }, zone: data.time_zone });
  };
  return (
    <form onSubmit={submit}>
      <fieldset className={page.bare} disabled={readOnly}>
        <Section title={w('tab_targets')} why={w('targets_why')}>
          <div className={page.stack}>
            {TARGETS.map(({ field, most }) => (
              <label key={field} className={page.field}>
                <span>{w(field)}</span>
                <input
                  type="number"
                  required
                  min={1}
                  max={most}
                  step="any"
                  value={values[field]}
                  onChange={(e) => setValues({ ...values, [field]: e.currentTarget.value })}
                />
                <small>{w(`${field}_why`)}</small>
              </label>
            ))}
          </div>
        </Section>
        {!readOnly && (
          <Button type="submit" loading={save.isPending}>
            {t('save')}
          </Button>
        )}
      </fieldset>
    </form>
  );
}
