import { useState } from 'react';
import { useSearchParams } from 'wouter';
import { isLocale, LOCALE_NAMES, LOCALES, useSpeech } from '../../i18n';
import { Icon } from '../../patterns/icons';
import { page, Pick, Section } from '../../patterns/page';
import type { Versions } from './data';
import { versionName } from './names';
import { numbersOf, proposed } from './playground-choice';
import { useCatalogue, useModel } from './playground-data';
import { Thread } from './playground-thread';
import { useRehearsalWords } from './playground-words';
import styles from './playground.module.css';
import { useWords } from './words';

const NOBODY = 'none';

/** A version beside another on the same input. Which ones stands in the address: `?version=3&beside=0`. */
export function Playground({ all }: { all: Versions }) {
  const { locale } = useSpeech();
  const v = useWords();
  const w = useRehearsalWords();
  const [query, setQuery] = useSearchParams();
  const catalogue = useCatalogue();
  const [spoken, speak] = useState(locale);
  const [item, look] = useState('');
  const numbers = numbersOf(all);
  const chosen = (name: string): number | undefined =>
    numbers.find((number) => String(number) === query.get(name));
  const version = chosen('version') ?? proposed(all);
  const other = chosen('beside') ?? (query.get('beside') === NOBODY ? undefined : all.live);
  const beside = other === version ? undefined : other;
  const sides = beside === undefined ? [version] : [version, beside];
  const named = (number: number): string => {
    const name = versionName(v, number);
    return number === all.live ? w('live_one', { version: name }) : name;
  };
  const options = numbers.map((n) => [String(n), named(n)] as const);
  const pick = (name: string) => (value: string) =>
    setQuery(
      { version: String(version), beside: String(beside ?? NOBODY), [name]: value },
      { replace: true },
    );
  const items = catalogue.data ?? [];
  const about = { locale: spoken, item: items.find((one) => one.id === item) ?? null };
  return (
    <Section title={w('tab_playground')} why={w('playground_why')} wide>
      <Voice />
      <div className={page.row}>
        <Pick label={w('version')} value={String(version)} options={options} onPick={pick('version')} />
        <Pick
          label={w('beside')}
          value={String(beside ?? NOBODY)}
          options={[[NOBODY, w('beside_none')], ...options.filter(([n]) => n !== String(version))]}
          onPick={pick('beside')}
        />
        <Pick
          label={w('visitor_speaks')}
          value={spoken}
          options={LOCALES.map((one) => [one, LOCALE_NAMES[one]])}
          onPick={(value) => isLocale(value) && speak(value)}
        />
        {items.length > 0 && (
          <Pick
            label={w('looks_at')}
            value={item}
            options={[['', w('looks_at_nothing')], ...items.map((one) => [one.id, one.title] as const)]}
            onPick={look}
          />
        )}
      </div>
      <Thread
        key={sides.join()}
        sides={sides.map((number) => ({ number }))}
        names={sides.map(named)}
        about={about}
      />
    </Section>
  );
}

/** Who answers, where it is not a model: what a text says can then not be heard. */
export function Voice() {
  const w = useRehearsalWords();
  const model = useModel();
  if (model.data?.model !== null) return null;
  return (
    <p className={styles.voice} role="note">
      <Icon name="spark" size={16} />
      {w('no_model')}
    </p>
  );
}
