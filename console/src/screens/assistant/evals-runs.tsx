import { Button } from '@mantine/core';
import { useState } from 'react';
import { useSpeech } from '../../i18n';
import { Quiet } from '../../patterns/failure';
import { Loaded, page, Pick, Section } from '../../patterns/page';
import styles from './assistant.module.css';
import type { Versions } from './data';
import { type Grid, type Run, useEvalActs, useGrid, useModelName, useRuns } from './evals-data';
import { EvalGrid } from './evals-grid';
import { useEvalWords } from './evals-words';
import { versionName } from './names';
import { useWords } from './words';

const REPEATS = ['1', '3', '5', '10'];
/** Beside the one that is tested and the one that it is compared with. */
const MOST_MORE = 2;

/** Cases against versions: begin, watch, stop, and look at earlier ones. */
export function Runs({ all, cases }: { all: Versions; cases: number }) {
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
              <OneRun key={id} id={id} />
            </>
          )
        }
      </Loaded>
    </Section>
  );
}

function Begin(props: { all: Versions; cases: number; onBegun: (id: string) => void }) {
  const { all, cases, onBegun } = props;
  const w = useEvalWords();
  const say = useWords();
  const model = useModelName();
  const { run } = useEvalActs();
  const numbers = [...all.data.map((one) => one.number), 0];
  const [tested, test] = useState(numbers[0]!);
  const [compared, compare] = useState(all.live);
  const [more, setMore] = useState<readonly number[]>([]);
  const [repeats, repeat] = useState('1');
  const options = numbers.map((n) => [String(n), versionName(say, n)] as const);
  const others = numbers.filter((n) => n !== tested && n !== compared);
  const between = more.filter((n) => others.includes(n));
  const chosen = [...new Set([tested, ...between, compared])];
  const toggle = (n: number, on: boolean): void =>
    setMore(on ? [...between, n] : between.filter((one) => one !== n));
  return (
    <>
      <div className={page.row}>
        <Pick label={w('tested')} value={String(tested)} options={options} onPick={(n) => test(Number(n))} />
        <Pick
          label={w('compared')}
          value={String(compared)}
          options={options}
          onPick={(n) => compare(Number(n))}
        />
        <Pick
          label={w('repeats')}
          value={repeats}
          options={REPEATS.map((n) => [n, w(n === '1' ? 'once' : 'times', { count: n })])}
          onPick={repeat}
        />
        <Button
          disabled={cases === 0}
          loading={run.isPending}
          onClick={() =>
            run.mutate(
              { numbers: chosen, repeats: Number(repeats) },
              { onSuccess: (begun) => onBegun(begun.id) },
            )
          }
        >
          {w('run')}
        </Button>
      </div>
      {others.length > 0 && (
        <details className={styles.more}>
          <summary>{w('more_versions')}</summary>
          <fieldset className={styles.choices}>
            <legend className="sr-only">{w('more_versions')}</legend>
            {others.map((n) => (
              <label key={n}>
                <input
                  type="checkbox"
                  checked={between.includes(n)}
                  disabled={!between.includes(n) && between.length >= MOST_MORE}
                  onChange={(e) => toggle(n, e.currentTarget.checked)}
                />
                {versionName(say, n)}
              </label>
            ))}
          </fieldset>
        </details>
      )}
      <p className={page.dim}>
        {[
          w('run_size', { count: cases * chosen.length * Number(repeats) }),
          model.data === null ? w('by_guided') : model.data && w('by_model', { model: model.data }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
    </>
  );
}

function OneRun({ id }: { id: string }) {
  return (
    <Loaded query={useGrid(id)}>
      {(grid) => (
        <>
          <Progress grid={grid} />
          {grid.rows.length > 0 && <EvalGrid grid={grid} />}
        </>
      )}
    </Loaded>
  );
}

function Progress({ grid }: { grid: Grid }) {
  const w = useEvalWords();
  const { cancel } = useEvalActs();
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
    </div>
  );
}
