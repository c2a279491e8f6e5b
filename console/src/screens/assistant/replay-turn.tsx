import { Button } from '@mantine/core';
import { useSpeech } from '../../i18n';
import { Icon } from '../../patterns/icons';
import { versionName } from './names';
import type { Made } from './playground-data';
import { whyText } from './playground-problems';
import { Details, Effects, Measures } from './playground-reply';
import { useRehearsalWords } from './playground-words';
import styles from './playground.module.css';
import { difference, type Run } from './replay-difference';
import { type Turn, verdictOf } from './replay-state';
import { useWords } from './words';

/** Where less than this is the same, marks would only scatter over two texts that have nothing to do with each other. */
const WORTH_MARKING = 0.3;

interface TurnProps {
  turn: Turn;
  /** Its place among all of the visitor's turns, from 1. */
  place: number;
  version: number;
  /** How what was said then was made; unknown while it is not there. */
  made: Made | undefined;
  onCase: () => void;
}

/** What was asked, what was said then, and what the version says now. */
export function OneTurn({ turn, place, version, made, onCase }: TurnProps) {
  const speech = useSpeech();
  const v = useWords();
  const w = useRehearsalWords();
  const verdict = verdictOf(turn);
  const { original, reply } = turn;
  const found = verdict === 'other' && original !== null && reply && difference(original, reply.text);
  const marked = found && found.alike >= WORTH_MARKING ? found : null;
  const title = w('turn', { number: place });
  return (
    <li data-verdict={verdict} aria-label={title}>
      <div className={styles.turnHead}>
        <h3>{title}</h3>
        <span className={styles.verdict} data-verdict={verdict}>
          {w(`verdict_${verdict}`)}
        </span>
        <Button
          variant="subtle"
          size="xs"
          leftSection={<Icon name="plus" size={14} />}
          aria-label={w('add_case_of', { turn: place })}
          onClick={onCase}
        >
          {w('add_case')}
        </Button>
      </div>
      <p className={styles.asked}>{turn.asked}</p>
      <div className={styles.sides} data-sides={2}>
        <div role="group" className={styles.side} aria-label={w('then')}>
          <h3>
            {w('then')}
            <small>{turn.original_by === 'seller' ? w('by_person') : madeBy(made, v)}</small>
          </h3>
          {original === null ? (
            <p className={styles.writing}>{w('nobody_answered')}</p>
          ) : (
            <div className={styles.bubble} data-author={turn.original_by}>
              {marked ? <Marked runs={marked.then} mark="del" /> : original}
            </div>
          )}
        </div>
        <div role="group" className={styles.side} aria-label={w('now')}>
          <h3>
            {w('now')}
            <small>{versionName(v, version)}</small>
          </h3>
          {turn.failed && (
            <p role="alert" className={styles.problem}>
              {whyText(speech, w, undefined, turn.failed.code)}
            </p>
          )}
          {verdict === 'writing' && <p className={styles.writing}>{w('writing')}</p>}
          {reply && (
            <>
              <div className={styles.bubble}>
                {marked ? <Marked runs={marked.now} mark="ins" /> : reply.text}
              </div>
              <Effects given={reply} />
              <Measures given={reply} />
              <Details given={reply} />
            </>
          )}
        </div>
      </div>
    </li>
  );
}

/** `talia@v3` is the site's version 3; what has no number came with the server. */
function madeBy(made: Made | undefined, v: ReturnType<typeof useWords>): string {
  if (!made?.prompt_ref) return '';
  const number = /@v(\d+)$/.exec(made.prompt_ref)?.[1];
  return versionName(v, Number(number ?? 0));
}

/** Said by the element as well as by its colour. */
function Marked({ runs, mark: Mark }: { runs: readonly Run[]; mark: 'ins' | 'del' }) {
  return runs.map((run, n) =>
    run.changed ? <Mark key={n}>{run.text}</Mark> : <span key={n}>{run.text}</span>,
  );
}
