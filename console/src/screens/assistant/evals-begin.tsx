import { Button } from '@mantine/core';
import { useState } from 'react';
import { useSearchParams } from 'wouter';
import { page, Pick } from '../../patterns/page';
import styles from './assistant.module.css';
import evals from './evals.module.css';
import { type Chosen, chosenOf, type Which, whichOptions } from './evals-choice';
import type { Versions } from './data';
import { type EvalCase, useEvalActs, useModelName } from './evals-data';
import { useEvalWords } from './evals-words';
import { versionName } from './names';
import { useWords } from './words';

const REPEATS = ['1', '3', '5', '10'];
/** Beside the one that is tested and the one that it is compared with. */
const MOST_MORE = 2;
const NOBODY: Chosen = new Set();

interface Props {
  all: Versions;
  cases: readonly EvalCase[];
  onBegun: (id: string) => void;
}

/** Which versions, which cases, how often. The address may say with what to begin: `?tested=<number>&which=blocking`. */
export function Begin({ all, cases, onBegun }: Props) {
  const w = useEvalWords();
  const say = useWords();
  const model = useModelName();
  const { run } = useEvalActs();
  const [query] = useSearchParams();
  const numbers = [...all.data.map((one) => one.number), 0];
  const wanted = query.get('tested');
  const [tested, test] = useState(
    numbers.find((one) => wanted !== null && one === Number(wanted)) ?? numbers[0]!,
  );
  const [compared, compare] = useState(all.live);
  const [more, setMore] = useState<readonly number[]>([]);
  const [repeats, repeat] = useState('1');
  const [which, choose] = useState<Which>(query.get('which') === 'blocking' ? 'blocking' : 'all');
  const [some, setSome] = useState<Chosen>(NOBODY);
  const options = numbers.map((n) => [String(n), versionName(say, n)] as const);
  const others = numbers.filter((n) => n !== tested && n !== compared);
  const between = more.filter((n) => others.includes(n));
  const versions = [...new Set([tested, ...between, compared])];
  const chosen = chosenOf(cases, which, some);
  const leftOut = cases.filter((one) => one.blocking && !chosen.includes(one)).length;
  const begin = (): void =>
    run.mutate(
      {
        numbers: versions,
        repeats: Number(repeats),
        ...(which !== 'all' && { cases: chosen.map((one) => one.id) }),
      },
      { onSuccess: (begun) => onBegun(begun.id) },
    );
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
        <Pick label={w('which')} value={which} options={whichOptions(w, cases)} onPick={choose} />
        <Pick
          label={w('repeats')}
          value={repeats}
          options={REPEATS.map((n) => [n, w(n === '1' ? 'once' : 'times', { count: n })])}
          onPick={repeat}
        />
        <Button
          autoFocus={wanted !== null}
          disabled={chosen.length === 0}
          loading={run.isPending}
          onClick={begin}
        >
          {w('run')}
        </Button>
      </div>
      {which === 'some' && <Some cases={cases} chosen={some} onChange={setSome} />}
      {others.length > 0 && <More numbers={others} chosen={between} onChange={setMore} />}
      <p className={page.dim}>
        {[
          w('run_size', { count: chosen.length * versions.length * Number(repeats) }),
          model.data === null ? w('by_guided') : model.data && w('by_model', { model: model.data }),
          leftOut > 0 && w('left_out', { count: leftOut }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
    </>
  );
}

function Some(props: { cases: readonly EvalCase[]; chosen: Chosen; onChange: (chosen: Chosen) => void }) {
  const { cases, chosen, onChange } = props;
  const w = useEvalWords();
  const toggle = (id: string, on: boolean): void => {
    const next = new Set(chosen);
    if (on) next.add(id);
    else next.delete(id);
    onChange(next);
  };
  return (
    <fieldset className={evals.some}>
      <legend>{w('which_some')}</legend>
      {cases.map((one) => (
        <label key={one.id}>
          <input
            type="checkbox"
            checked={chosen.has(one.id)}
            onChange={(e) => toggle(one.id, e.currentTarget.checked)}
          />
          {one.name}
        </label>
      ))}
    </fieldset>
  );
}

function More(props: {
  numbers: readonly number[];
  chosen: readonly number[];
  onChange: (chosen: readonly number[]) => void;
}) {
  const { numbers, chosen, onChange } = props;
  const w = useEvalWords();
  const say = useWords();
  const toggle = (n: number, on: boolean): void =>
    onChange(on ? [...chosen, n] : chosen.filter((one) => one !== n));
  return (
    <details className={evals.more}>
      <summary>{w('more_versions')}</summary>
      <fieldset className={styles.choices}>
        <legend className="sr-only">{w('more_versions')}</legend>
        {numbers.map((n) => (
          <label key={n}>
            <input
              type="checkbox"
              checked={chosen.includes(n)}
              disabled={!chosen.includes(n) && chosen.length >= MOST_MORE}
              onChange={(e) => toggle(n, e.currentTarget.checked)}
            />
            {versionName(say, n)}
          </label>
        ))}
      </fieldset>
    </details>
  );
}
