import { Button } from '@mantine/core';
import { useState } from 'react';
import { useSearch } from 'wouter';
import { useSpeech } from '../../i18n';
import { Quiet } from '../../patterns/failure';
import { Loaded, Pick, Section } from '../../patterns/page';
import styles from './assistant.module.css';
import evals from './evals.module.css';
import type { Looked } from './case-history';
import type { Versions } from './data';
import { Begin } from './evals-begin';
import {
  type EvalCase,
  type Grid,
  type Run,
  type Verdict,
  useEvalActs,
  useGrid,
  useRuns,
} from './evals-data';
import { EvalGrid } from './evals-grid';
import { useEvalWords } from './evals-words';
import { versionName } from './names';
import { PublishDialog } from './publish';
import { useWords } from './words';

const BAD: ReadonlySet<Verdict> = new Set(['regression', 'failing', 'flaky']);

/** Cases against versions: begin, watch, stop, and look at earlier ones. */
export function Runs(props: { all: Versions; cases: readonly EvalCase[]; onLook: (one: Looked) => void }) {
  const { all, cases, onLook } = props;
  const w = useEvalWords();
  const { dateTime } = useSpeech();
  const say = useWords();
  const search = useSearch();
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
      <Begin key={search} all={all} cases={cases} onBegun={show} />
      <Loaded query={runs}>
        {(list) =>
          id === null ? (
            <Quiet icon="check" title={w('runs_none')} />
          ) : (
            <>
              {list.length > 1 && (
                <div className={evals.shown}>
                  <Pick
                    label={w('run_shown')}
                    value={id}
                    options={list.map((one) => [one.id, nameOf(one)])}
                    onPick={show}
                  />
                </div>
              )}
              <OneRun key={id} id={id} all={all} cases={cases} onBegun={show} onLook={onLook} />
            </>
          )
        }
      </Loaded>
    </Section>
  );
}

interface OneProps {
  id: string;
  all: Versions;
  cases: readonly EvalCase[];
  onBegun: (id: string) => void;
  onLook: (one: Looked) => void;
}

function OneRun({ id, all, cases, onBegun, onLook }: OneProps) {
  return (
    <Loaded query={useGrid(id)}>
      {(grid) => (
        <>
          <Progress grid={grid} />
          {grid.state !== 'running' && <Next grid={grid} all={all} cases={cases} onBegun={onBegun} />}
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
    <div className={evals.progress}>
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

/** After a run: what did not pass the version under test once more, as it stands now; or that version's publication. */
function Next({ grid, all, cases, onBegun }: { grid: Grid } & Omit<OneProps, 'id' | 'onLook'>) {
  const w = useEvalWords();
  const say = useWords();
  const { run } = useEvalActs();
  const [publishing, publish] = useState(false);
  const number = grid.numbers[0]!;
  const bad = grid.rows.filter((row) => BAD.has(row.verdict) && cases.some((one) => one.id === row.case_id));
  const draft = all.data.some((one) => one.number === number && !one.put_away) && number !== all.live;
  const ready = draft && grid.state === 'done' && grid.rows.every((row) => !BAD.has(row.verdict));
  if (bad.length === 0 && !ready) return null;
  return (
    <div className={evals.progress}>
      {bad.length > 0 && (
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
      )}
      {ready && (
        <Button size="xs" onClick={() => publish(true)}>
          {say('publish_version', { version: versionName(say, number) })}
        </Button>
      )}
      {publishing && <PublishDialog number={number} all={all} onClose={() => publish(false)} />}
    </div>
  );
}
