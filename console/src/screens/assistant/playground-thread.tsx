// The conversation itself: what was asked, what each side makes of it, and the next question.

import { Button } from '@mantine/core';
import { type FormEvent, type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { useSpeech } from '../../i18n';
import { Quiet } from '../../patterns/failure';
import { Icon } from '../../patterns/icons';
import { page } from '../../patterns/page';
import type { CaseStart } from './case-form';
import { KeepCase } from './playground-case';
import { whyText } from './playground-problems';
import { Details, Effects, Measures } from './playground-reply';
import { asked, type Attempt, type Exchange, told } from './playground-state';
import { type Circumstances, useTalk } from './playground-talk';
import type { SideBody } from './playground-types';
import { useRehearsalWords } from './playground-words';
import styles from './playground.module.css';

const MOST = 4000;
const LONGEST_NAME = 80;
/** More than what comes at once when a reply is done: its measures, cards and offers. */
const NEAR_PX = 400;

interface ThreadProps {
  sides: readonly SideBody[];
  names: readonly string[];
  about: Circumstances;
  /** A dialog of its own is open, or not any more. */
  onDialog?: (opened: boolean) => void;
}

export function Thread({ sides, names, about, onDialog }: ThreadProps) {
  const w = useRehearsalWords();
  const talk = useTalk(sides);
  const [kept, setKept] = useState<CaseStart | null>(null);
  const keep = (start: CaseStart | null): void => {
    setKept(start);
    onDialog?.(start !== null);
  };
  const composer = useRef<HTMLTextAreaElement>(null);
  const list = useRef<HTMLOListElement>(null);
  const last = talk.exchanges.length - 1;
  const written = talk.exchanges[last]?.attempts.reduce((sum, one) => sum + one.text.length, 0);
  // What was asked, and what is being answered, is not to hide behind the composer.
  useEffect(() => {
    // Newer browsers return a promise, which is no way to clean up after an effect.
    void list.current?.lastElementChild?.scrollIntoView({ block: 'nearest' });
  }, [last]);
  useEffect(() => {
    const newest = list.current?.lastElementChild;
    const edge = composer.current?.form?.getBoundingClientRect().top ?? 0;
    // Whoever has gone back to read is left there.
    if (newest && newest.getBoundingClientRect().bottom - edge < NEAR_PX)
      void newest.scrollIntoView({ block: 'nearest' });
  }, [written, talk.busy]);
  const say = (text: string): void => {
    talk.say(text, about);
    composer.current?.focus();
  };
  return (
    <>
      {talk.exchanges.length ? (
        <ol ref={list} className={styles.talk} aria-label={w('conversation')}>
          {talk.exchanges.map((exchange, place) => (
            <OneExchange
              key={place}
              exchange={exchange}
              names={names}
              onPick={place === last && !talk.busy ? say : undefined}
              onAgain={place === last ? (side) => talk.again(side, about) : undefined}
              onCase={(side) =>
                keep({
                  ...about,
                  name: exchange.asked.slice(0, LONGEST_NAME),
                  messages: told(asked(talk.exchanges, place), side),
                })
              }
            />
          ))}
        </ol>
      ) : (
        <Quiet icon="replies" title={w('nothing_said')} text={w('nothing_said_text')} />
      )}
      <p className="sr-only" role="status">
        {talk.exchanges.length > 0 && w(talk.busy ? 'being_written' : 'all_answered')}
      </p>
      <Composer
        area={composer}
        busy={talk.busy}
        begun={talk.exchanges.length > 0}
        onSay={say}
        onStop={() => {
          talk.stop();
          composer.current?.focus();
        }}
        onClear={talk.clear}
      />
      {kept && <KeepCase start={kept} title={w('add_case')} onClose={() => keep(null)} />}
    </>
  );
}

interface ComposerProps {
  area: RefObject<HTMLTextAreaElement | null>;
  busy: boolean;
  begun: boolean;
  onSay: (text: string) => void;
  onStop: () => void;
  onClear: () => void;
}

function Composer({ area, busy, begun, onSay, onStop, onClear }: ComposerProps) {
  const w = useRehearsalWords();
  const [text, setText] = useState('');
  const send = (): void => {
    if (!text.trim() || busy) return;
    onSay(text.trim());
    setText('');
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    send();
  };
  const onKey = (event: KeyboardEvent): void => {
    // An input method uses Enter for itself while it composes.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };
  return (
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
        {busy ? (
          // An element of its own: made into the other, it would submit the form with the click that stops.
          <Button key="stop" variant="default" onClick={onStop}>
            {w('stop')}
          </Button>
        ) : (
          <Button key="ask" type="submit" leftSection={<Icon name="send" size={16} />}>
            {w('ask')}
          </Button>
        )}
        <Button variant="default" disabled={!begun} onClick={onClear}>
          {w('clear')}
        </Button>
      </div>
    </form>
  );
}

function OneExchange(props: {
  exchange: Exchange;
  names: readonly string[];
  onPick: ((text: string) => void) | undefined;
  onAgain: ((side: number) => void) | undefined;
  onCase: (side: number) => void;
}) {
  const { exchange, names, onPick, onAgain, onCase } = props;
  const w = useRehearsalWords();
  return (
    <li>
      <p className={styles.asked}>{exchange.asked}</p>
      <div className={styles.sides} data-sides={names.length}>
        {exchange.attempts.map((attempt, side) => (
          <div key={side} role="group" className={styles.side} aria-label={names[side]}>
            <h3>{names[side]}</h3>
            <OneAttempt attempt={attempt} onPick={onPick} onAgain={onAgain && ((): void => onAgain(side))} />
            {attempt.given && (
              <Button
                className={styles.keep}
                variant="subtle"
                size="xs"
                leftSection={<Icon name="plus" size={14} />}
                aria-label={w('add_case_with', { version: names[side]! })}
                onClick={() => onCase(side)}
              >
                {w('add_case')}
              </Button>
            )}
          </div>
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
  const speech = useSpeech();
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
          <span>{whyText(speech, w, attempt.problem, attempt.code)}</span>
          {onAgain && (
            <Button variant="default" size="xs" onClick={onAgain}>
              {speech.t('try_again')}
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
