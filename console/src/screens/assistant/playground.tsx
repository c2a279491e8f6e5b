import { Button } from '@mantine/core';
import { type FormEvent, type KeyboardEvent, useRef, useState } from 'react';
import { useSearchParams } from 'wouter';
import { isLocale, LOCALE_NAMES, LOCALES, useSpeech } from '../../i18n';
import { Quiet } from '../../patterns/failure';
import { Icon } from '../../patterns/icons';
import { page, Pick, Section } from '../../patterns/page';
import { problemText } from '../../patterns/problems';
import type { Versions } from './data';
import { versionName } from './names';
import { useCatalogue, useModel } from './playground-data';
import { Details, Effects, Measures } from './playground-reply';
import type { Attempt, Exchange } from './playground-state';
import { type Circumstances, useTalk } from './playground-talk';
import { useRehearsalWords } from './playground-words';
import styles from './playground.module.css';
import { useWords } from './words';

const MOST = 4000;
const NOBODY = 'none';

/** A version beside another on the same input. Which ones stands in the address: `?version=3&beside=0`. */
export function Playground({ all }: { all: Versions }) {
  const v = useWords();
  const w = useRehearsalWords();
  const [query, setQuery] = useSearchParams();
  const numbers = [...all.data.map((one) => one.number), 0];
  const chosen = (name: string): number | undefined =>
    numbers.find((number) => String(number) === query.get(name));
  const version = chosen('version') ?? numbers[0]!;
  const other = chosen('beside') ?? (query.get('beside') === NOBODY ? undefined : all.live);
  const beside = other === version ? undefined : other;
  const sides = beside === undefined ? [version] : [version, beside];
  const options = numbers.map((n) => [String(n), named(n, all, v, w)] as const);
  const pick = (name: string) => (value: string) =>
    setQuery(
      { version: String(version), beside: String(beside ?? NOBODY), [name]: value },
      { replace: true },
    );
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
      </div>
      <Talk key={sides.join()} sides={sides} names={sides.map((n) => named(n, all, v, w))} />
    </Section>
  );
}

/** A version's name, and whether visitors meet it. */
function named(
  number: number,
  all: Versions,
  v: ReturnType<typeof useWords>,
  w: ReturnType<typeof useRehearsalWords>,
): string {
  const name = versionName(v, number);
  return number === all.live ? w('live_one', { version: name }) : name;
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

function Talk({ sides, names }: { sides: readonly number[]; names: readonly string[] }) {
  const { locale } = useSpeech();
  const w = useRehearsalWords();
  const talk = useTalk(sides);
  const catalogue = useCatalogue();
  const [text, setText] = useState('');
  const [spoken, speak] = useState(locale);
  const [item, look] = useState('');
  const area = useRef<HTMLTextAreaElement>(null);
  const about: Circumstances = {
    locale: spoken,
    item: catalogue.data?.find((one) => one.id === item) ?? null,
  };
  const send = (words: string): void => {
    if (!words.trim() || talk.busy) return;
    talk.say(words.trim(), about);
    setText('');
    area.current?.focus();
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    send(text);
  };
  const onKey = (event: KeyboardEvent): void => {
    // An input method uses Enter for itself while it composes.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send(text);
  };
  const last = talk.exchanges.length - 1;
  return (
    <>
      {talk.exchanges.length ? (
        <ol className={styles.talk} aria-label={w('conversation')}>
          {talk.exchanges.map((exchange, place) => (
            <OneExchange
              key={place}
              exchange={exchange}
              names={names}
              onPick={place === last && !talk.busy ? send : undefined}
              onAgain={place === last ? (side) => talk.again(side, about) : undefined}
            />
          ))}
        </ol>
      ) : (
        <Quiet icon="replies" title={w('nothing_said')} text={w('nothing_said_text')} />
      )}
      <p className="sr-only" role="status">
        {talk.exchanges.length > 0 && w(talk.busy ? 'being_written' : 'all_answered')}
      </p>
      <form className={styles.composer} onSubmit={submit}>
        <label className={page.field}>
          <span>{w('as_visitor')}</span>
          <textarea
            ref={area}
            required
            rows={2}
            maxLength={MOST}
            value={text}
            placeholder={w('as_visitor_example')}
            onChange={(e) => setText(e.currentTarget.value)}
            onKeyDown={onKey}
          />
        </label>
        <div className={page.row}>
          {talk.busy ? (
            <Button variant="default" onClick={talk.stop}>
              {w('stop')}
            </Button>
          ) : (
            <Button type="submit" leftSection={<Icon name="send" size={16} />}>
              {w('ask')}
            </Button>
          )}
          <Button variant="default" disabled={talk.exchanges.length === 0} onClick={talk.clear}>
            {w('clear')}
          </Button>
          <Pick
            label={w('visitor_speaks')}
            value={spoken}
            options={LOCALES.map((one) => [one, LOCALE_NAMES[one]])}
            onPick={(value) => isLocale(value) && speak(value)}
          />
          {Boolean(catalogue.data?.length) && (
            <Pick
              label={w('looks_at')}
              value={item}
              options={[['', w('looks_at_nothing')], ...catalogue.data!.map((i) => [i.id, i.title] as const)]}
              onPick={look}
            />
          )}
        </div>
      </form>
    </>
  );
}

function OneExchange(props: {
  exchange: Exchange;
  names: readonly string[];
  onPick: ((text: string) => void) | undefined;
  onAgain: ((side: number) => void) | undefined;
}) {
  const { exchange, names, onPick, onAgain } = props;
  return (
    <li>
      <p className={styles.asked}>{exchange.asked}</p>
      <div className={styles.sides} data-sides={names.length}>
        {exchange.attempts.map((attempt, side) => (
          <section key={side} className={styles.side} aria-label={names[side]}>
            <h3>{names[side]}</h3>
            <OneAttempt attempt={attempt} onPick={onPick} onAgain={onAgain && ((): void => onAgain(side))} />
          </section>
        ))}
      </div>
    </li>
  );
}

function OneAttempt(props: {
  attempt: Attempt;
  onPick: ((text: string) => void) | undefined;
  onAgain: (() => void) | undefined;
}) {
  const { attempt, onPick, onAgain } = props;
  const { t } = useSpeech();
  const w = useRehearsalWords();
  const { state, text, given } = attempt;
  return (
    <>
      {text && (
        <div className={styles.bubble} aria-busy={state === 'writing'}>
          {text}
        </div>
      )}
      {state === 'writing' && !text && <p className={styles.writing}>{w('writing')}</p>}
      {state === 'stopped' && <p className={styles.mark}>{w('was_stopped')}</p>}
      {state === 'failed' && (
        <div role="alert" className={styles.problem}>
          <Why attempt={attempt} />
          {onAgain && (
            <Button variant="default" size="xs" onClick={onAgain}>
              {t('try_again')}
            </Button>
          )}
        </div>
      )}
      {given && (
        <>
          <Effects given={given} onPick={onPick} />
          <Measures given={given} />
          <Details given={given} />
        </>
      )}
    </>
  );
}

function Why({ attempt }: { attempt: Attempt }) {
  const speech = useSpeech();
  const w = useRehearsalWords();
  if (attempt.problem === undefined) return <span>{w('side_failed')}</span>;
  return <span>{problemText(speech, attempt.problem)}</span>;
}
