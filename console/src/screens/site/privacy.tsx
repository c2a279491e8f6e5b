import { Button, Switch } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { LOCALE_NAMES, LOCALES, useSpeech } from '../../i18n';
import { Loaded, page, Section } from '../../patterns/page';
import { type AdminSite, type Purpose, useRetention, useSaveRetention } from './data';
import styles from './site.module.css';
import { useWords } from './words';

const PURPOSES: readonly Purpose[] = ['chat', 'contact', 'marketing'];
const USUAL_DAYS = 365;
const HASH_SHOWN = 12;

export function Privacy({ site }: { site: AdminSite }) {
  const retention = useRetention();
  return (
    <>
      <Loaded query={retention}>{({ days }) => <Retention key={days} days={days} />}</Loaded>
      <Consents site={site} />
    </>
  );
}

function Retention({ days }: { days: number | null }) {
  const { t } = useSpeech();
  const w = useWords();
  const save = useSaveRetention();
  const [text, setText] = useState(String(days ?? USUAL_DAYS));
  const [limited, limit] = useState(days !== null);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate(limited ? Number(text) : null);
  };
  const sooner = limited && Number(text) < (days ?? Infinity);
  return (
    <Section title={w('retention')} why={w('retention_why')}>
      <form className={page.stack} onSubmit={submit}>
        <Switch
          checked={limited}
          label={w('retention_on')}
          onChange={(e) => limit(e.currentTarget.checked)}
        />
        {limited && (
          <label className={page.field}>
            <span>{w('days')}</span>
            <input
              type="number"
              required
              min={1}
              max={36500}
              step={1}
              value={text}
              onChange={(e) => setText(e.currentTarget.value)}
            />
          </label>
        )}
        {sooner && <p className={page.warning}>{w('retention_sooner')}</p>}
        <div>
          <Button type="submit" loading={save.isPending}>
            {t('save')}
          </Button>
        </div>
      </form>
    </Section>
  );
}

/** Read only: a text that somebody agreed to is never changed, there is a new version instead. */
function Consents({ site }: { site: AdminSite }) {
  const w = useWords();
  const { version, texts } = site.consents;
  return (
    <Section title={w('consents', { version })} why={w('consents_why')}>
      {PURPOSES.map((purpose) => (
        <div key={purpose} className={styles.consent}>
          <h3>{w(`purpose_${purpose}`)}</h3>
          <dl>
            {LOCALES.map((locale) => {
              const found = texts.find((text) => text.purpose === purpose && text.locale === locale);
              return (
                found && (
                  <div key={locale}>
                    <dt>{LOCALE_NAMES[locale]}</dt>
                    <dd lang={locale}>
                      {found.text}
                      <small title={found.sha256}>SHA-256 {found.sha256.slice(0, HASH_SHOWN)}…</small>
                    </dd>
                  </div>
                )
              );
            })}
          </dl>
        </div>
      ))}
    </Section>
  );
}
