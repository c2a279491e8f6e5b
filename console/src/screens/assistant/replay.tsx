import { Button, Switch } from '@mantine/core';
import { useState } from 'react';
import { Link, useSearchParams } from 'wouter';
import { ApiProblem } from '../../api/problem';
import { useSpeech } from '../../i18n';
import { Quiet } from '../../patterns/failure';
import { Icon } from '../../patterns/icons';
import { page, Pick, Section } from '../../patterns/page';
import type { CaseStart } from './case-form';
import type { Versions } from './data';
import { versionName } from './names';
import { Voice } from './playground';
import { KeepCase } from './playground-case';
import { numbersOf, proposed } from './playground-choice';
import { useMade } from './playground-data';
import { whyText } from './playground-problems';
import { dollars } from './playground-reply';
import { useRehearsalWords } from './playground-words';
import styles from './playground.module.css';
import { PickConversation } from './replay-pick';
import { useReplay } from './replay-run';
import { type Replay as Run, type Turn, verdictOf } from './replay-state';
import { OneTurn } from './replay-turn';
import { useWords } from './words';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A real conversation again, with a version of today: `?conversation=<uuid>&version=<number>`. */
export function Replay({ all }: { all: Versions }) {
  const v = useWords();
  const w = useRehearsalWords();
  const [query, setQuery] = useSearchParams();
  const conversation = query.get('conversation') ?? '';
  const known = UUID.test(conversation);
  const numbers = numbersOf(all);
  const version = numbers.find((n) => String(n) === query.get('version')) ?? proposed(all);
  const to = (uuid: string, number = version): string =>
    `/assistant/replay?conversation=${uuid}&version=${number}`;
  return (
    <Section title={w('tab_replay')} why={w('replay_why')} wide>
      <Voice />
      <div className={styles.choices}>
        <Pick
          label={w('version')}
          value={String(version)}
          options={numbers.map((n) => [String(n), versionName(v, n)])}
          onPick={(value) => setQuery({ ...(known && { conversation }), version: value }, { replace: true })}
        />
      </div>
      {known ? (
        <OneReplay key={`${conversation} ${version}`} conversation={conversation} version={version} />
      ) : (
        <PickConversation
          text={query.get('q') ?? ''}
          onSeek={(q) => setQuery({ version: String(version), ...(q && { q }) }, { replace: true })}
          to={to}
        />
      )}
    </Section>
  );
}

function OneReplay({ conversation, version }: { conversation: string; version: number }) {
  const v = useWords();
  const w = useRehearsalWords();
  const { run, start, stop } = useReplay(conversation, version);
  const made = useMade(conversation);
  const [changedOnly, showChanged] = useState(false);
  const [kept, keep] = useState<CaseStart | null>(null);
  const shown = changedOnly ? run.done.filter((turn) => verdictOf(turn) !== 'same') : run.done;
  const name = versionName(v, version);
  return (
    <>
      <div className={page.row}>
        {run.state === 'running' ? (
          <Button variant="default" onClick={stop}>
            {w('stop')}
          </Button>
        ) : (
          <Button autoFocus leftSection={<Icon name="reopen" size={16} />} onClick={start}>
            {w(run.state === 'idle' ? 'replay_with' : 'replay_again', { version: name })}
          </Button>
        )}
        <Link className={styles.link} href={`/assistant/replay?version=${version}`}>
          {w('other_conversation')}
        </Link>
        <Link className={styles.link} href={`/messages/${conversation}`}>
          {w('see_in_inbox')}
        </Link>
        {run.done.length > 0 && (
          <Switch
            label={w('changed_only')}
            checked={changedOnly}
            onChange={(e) => showChanged(e.currentTarget.checked)}
          />
        )}
      </div>
      <Summary run={run} />
      {run.state === 'idle' && (
        <Quiet icon="reopen" title={w('replay_ready')} text={w('replay_ready_text')} />
      )}
      {run.state === 'done' && run.turns === 0 && <Quiet icon="replies" title={w('replay_empty')} />}
      <ol className={styles.talk} aria-label={w('conversation')}>
        {shown.map((turn) => (
          <OneTurn
            key={turn.turn}
            turn={turn}
            place={run.skipped + turn.turn}
            version={version}
            made={turn.original_seq === null ? undefined : made.data?.get(turn.original_seq)}
            onCase={() => keep({ conversation, upto: run.skipped + turn.turn, name: titleOf(turn) })}
          />
        ))}
      </ol>
      {run.state === 'broken' && <Broken run={run} onAgain={start} />}
      {kept && (
        <KeepCase
          start={kept}
          title={w('add_case_of', { turn: kept.upto ?? '' })}
          onClose={() => keep(null)}
        />
      )}
    </>
  );
}

/** The first line of what was asked: short enough for a name. */
function titleOf({ asked }: Turn): string {
  const line = asked.split('\n').at(-1)!.trim();
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}

function Broken({ run, onAgain }: { run: Run; onAgain: () => void }) {
  const speech = useSpeech();
  const w = useRehearsalWords();
  const gone = run.problem instanceof ApiProblem && run.problem.code === 'conversation.not_found';
  if (gone) return <Quiet icon="search" title={w('replay_gone')} text={w('replay_gone_text')} />;
  return (
    <Quiet icon="alert" title={whyText(speech, w, run.problem)}>
      <Button variant="default" onClick={onAgain}>
        {speech.t('try_again')}
      </Button>
    </Quiet>
  );
}

/** How far it is, and what it comes to; said to whoever does not see it too. */
function Summary({ run }: { run: Run }) {
  const { number } = useSpeech();
  const w = useRehearsalWords();
  const replies = run.done.flatMap((turn) => turn.reply ?? []);
  const tokens = replies.reduce((sum, one) => sum + one.input_tokens + one.output_tokens, 0);
  const cost = replies.reduce((sum, one) => sum + (one.cost ?? 0), 0);
  const verdicts = run.done.map(verdictOf);
  const count = (wanted: string): number => verdicts.filter((one) => one === wanted).length;
  return (
    <div role="status" className={styles.summary}>
      {run.state !== 'idle' && run.turns > 0 && (
        <>
          <span>{w('progress', { done: replies.length + count('failed'), total: run.turns })}</span>
          <span>{w('changed', { count: count('other') })}</span>
          <span>{w('unchanged', { count: count('same') })}</span>
          {tokens > 0 && <span>{w('tokens_all', { count: number(tokens) })}</span>}
          {cost > 0 && <span>{dollars(cost)}</span>}
          {run.skipped > 0 && <span>{w('skipped', { count: run.skipped })}</span>}
          {run.state === 'stopped' && <span>{w('was_stopped')}</span>}
        </>
      )}
    </div>
  );
}
