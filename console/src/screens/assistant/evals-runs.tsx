import { Button } from '@mantine/core';
import { useState } from 'react';
import { useSpeech } from '../../i18n';
import { Quiet } from '../../patterns/failure';
import { Loaded, Pick, Section } from '../../patterns/page';
import styles from './assistant.module.css';
import type { Looked } from './case-history';
import type { Versions } from './data';
import { Begin } from './evals-begin';
import { type EvalCase, type Grid, type Run, useEvalActs, useGrid, useRuns } from './evals-data';
import { EvalGrid } from './evals-grid';
import { useEvalWords } from './evals-words';
import { versionName } from './names';
import { useWords } from './words';

/** Cases against versions: begin, watch, stop, and look at earlier ones. */
export function Runs(props: { all: Versions; cases: readonly EvalCase[]; onLook: (one: Looked) => void }) {
  const { all, cases, onLook } = props;
  const w = useEvalWords();
  const { dateTime } = useSpeech();
  const say = useWords();
  const runs = useRuns();
  const [shown, show] = useState<string | null>(null);
  const known = runs.data ?? [];
  const id = known.some((one) => one.id === shown) ? shown : (known[0]?.id ?? null);
  const nameOf = (run: Run): string =>
    [
      dateTime(new Date(run.created_at)),
      run.numbers.map((n) => versionName(say, n)).join(', '),
      w('run_passed', { passed: run.passed, total: run.total }),
    ].join(' · ');
  return (
    <Section title={w('runs')} why={w('runs_why')} wide>
      <Begin all={all} cases={cases} onBegun={show} />
      <Loaded query={runs}>
        {(list) =>
          id === null ? (
            <Quiet icon="check" title={w('runs_none')} />
          ) : (
            <>
              {list.length > 1 && (
                <div className={styles.shown}>
                  <Pick
                    label={w('run_shown')}
                    value={id}
                    options={list.map((one) => [one.id, nameOf(one)])}
                    onPick={show}
                  />
                </div>
              )}
              <OneRun key={id} id={id} cases={cases} onBegun={show} onLook={onLook} />
            </>
          )
        }
      </Loaded>
    </Section>
  );
}

interface OneProps {
  id: string;
  cases: readonly EvalCase[];
  onBegun: (id: string) => void;
  onLook: (one: Looked) => void;
}

function OneRun({ id, cases, onBegun, onLook }: OneProps) {
  return (
    <Loaded query={useGrid(id)}>
      {(grid) => (
        <>
          <Progress grid={grid} />
          {grid.state !== 'running' && <Again grid={grid} cases={cases} onBegun={onBegun} />}
          {grid.rows.length > 0 && <EvalGrid grid={grid} onLook={onLook} />}
        </>
      )}
    </Loaded>
  );
}

function Progress({ grid }: { grid: Grid }) {
  const w = useEvalWords();
  const { cancel, resume } = useEvalActs();
  const { state, error, done, total, passed } = grid;
  const bad = state === 'failed' || state === 'interrupted';
  return (
    <div className={styles.progress}>
      {state === 'running' && (
        <progress max={total} value={done} aria-label={w('run_progress', { done, total, passed })} />
      )}
      <p role="status" className={bad ? styles.mistakes : undefined}>
        {w(`run_${state}`)}
        {bad && error && ` ${w(`error_${error}`)}`} {w('run_progress', { done, total, passed })}
      </p>
      {state === 'running' && (
        <Button variant="default" size="xs" loading={cancel.isPending} onClick={() => cancel.mutate(grid.id)}>
          {w('run_cancel')}
        </Button>
      )}
      {grid.can_continue && (
        <Button size="xs" loading={resume.isPending} onClick={() => resume.mutate(grid.id)}>
          {w('run_continue', { count: total - done })}
        </Button>
      )}
    </div>
  );
}

/** What did not pass the version under test, once more with the same versions, as it stands now. */
function Again({ grid, cases, onBegun }: { grid: Grid } & Omit<OneProps, 'id' | 'onLook'>) {
  const w = useEvalWords();
  const { run } = useEvalActs();
  const bad = grid.rows.filter(
    (row) =>
      ['regression', 'failing', 'flaky'].includes(row.verdict) && cases.some((one) => one.id === row.case_id),
  );
  if (bad.length === 0 || bad.length === grid.rows.length) return null;
  return (
    <div className={styles.progress}>
      <Button
        variant="default"
        size="xs"
        loading={run.isPending}
        onClick={() =>
          run.mutate(
            { numbers: grid.numbers, repeats: grid.repeats, cases: bad.map((row) => row.case_id) },
            { onSuccess: (begun) => onBegun(begun.id) },
          )
        }
      >
        {w('run_bad', { count: bad.length })}
      </Button>
    </div>
  );
}
