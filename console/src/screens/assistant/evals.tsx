import { Button } from '@mantine/core';
import { useState } from 'react';
import { useSearchParams } from 'wouter';
import { useSpeech } from '../../i18n';
import { Quiet } from '../../patterns/failure';
import { Icon } from '../../patterns/icons';
import { Loaded, page, Pick, Section } from '../../patterns/page';
import styles from './assistant.module.css';
import { CaseForm, type CaseStart } from './case-form';
import type { Versions } from './data';
import { type Cell, type EvalCase, type Grid, useCases, useEvalActs, useGrid, useRuns } from './evals-data';
import { versionName } from './names';
import { useWords } from './words';

/** The conversation that the address names: `?conversation=<uuid>&upto=<the visitor's turn in it>`. */
function startOf(query: URLSearchParams): CaseStart | undefined {
  const conversation = query.get('conversation');
  return conversation ? { conversation, upto: Number(query.get('upto')) || undefined } : undefined;
}

/** What every version must get right, and how the versions do. */
export function Evals({ all }: { all: Versions }) {
  const w = useWords();
  const cases = useCases();
  const [query, setQuery] = useSearchParams();
  const start = startOf(query);
  const [adding, add] = useState(start !== undefined);
  const close = (): void => {
    add(false);
    if (start) setQuery({}, { replace: true });
  };
  return (
    <>
      <Section title={w('tab_evals')} why={w('evals_why')} wide>
        {adding ? (
          <CaseForm start={start} onClose={close} />
        ) : (
          <Button leftSection={<Icon name="plus" size={16} />} onClick={() => add(true)}>
            {w('case_new')}
          </Button>
        )}
        <Loaded query={cases}>
          {(known) =>
            known.length ? (
              <ul className={page.list}>
                {known.map((one) => (
                  <Case key={one.id} one={one} />
                ))}
              </ul>
            ) : (
              <Quiet icon="check" title={w('cases_none')} text={w('cases_none_text')} />
            )
          }
        </Loaded>
      </Section>
      <Runs all={all} ready={Boolean(cases.data?.length)} />
    </>
  );
}

function Case({ one }: { one: EvalCase }) {
  const w = useWords();
  const { remove } = useEvalActs();
  return (
    <li>
      <div className={page.grow}>
        <strong>{one.name}</strong>
        <small>{w(one.blocking ? 'is_blocking' : 'is_not_blocking')}</small>
        <div>{one.messages.at(-1)?.text}</div>
      </div>
      <button
        type="button"
        className={page.icon}
        aria-label={w('case_remove', { name: one.name })}
        disabled={remove.isPending}
        onClick={() => remove.mutate(one.id)}
      >
        <Icon name="trash" size={16} />
      </button>
    </li>
  );
}

function Runs({ all, ready }: { all: Versions; ready: boolean }) {
  const w = useWords();
  const runs = useRuns();
  const { run } = useEvalActs();
  const numbers = [...all.data.map((one) => one.number), 0];
  const [picked, pick] = useState(String(numbers[0]));
  const tested = Number(picked);
  const newest = runs.data?.[0];
  return (
    <Section title={w('runs')} wide>
      <div className={page.row}>
        <Pick
          label={w('tested')}
          value={picked}
          options={numbers.map((n) => [String(n), versionName(w, n)])}
          onPick={pick}
        />
        <Button
          disabled={!ready}
          loading={run.isPending}
          onClick={() => run.mutate({ numbers: [...new Set([tested, all.live])], repeats: 1 })}
        >
          {w('run')}
        </Button>
      </div>
      {newest && <OneRun key={newest.id} id={newest.id} />}
    </Section>
  );
}

function OneRun({ id }: { id: string }) {
  const w = useWords();
  const { cancel } = useEvalActs();
  return (
    <Loaded query={useGrid(id)}>
      {(grid) => (
        <>
          <div className={page.row}>
            <p role="status">
              {w('run_progress', { done: grid.done, total: grid.total, passed: grid.passed })}
            </p>
            {grid.finished_at === null && (
              <Button
                variant="default"
                size="xs"
                loading={cancel.isPending}
                onClick={() => cancel.mutate(id)}
              >
                {w('run_cancel')}
              </Button>
            )}
          </div>
          {grid.rows.length > 0 && <Table grid={grid} />}
        </>
      )}
    </Loaded>
  );
}

function Table({ grid }: { grid: Grid }) {
  const w = useWords();
  return (
    <div className={styles.across} tabIndex={0} role="group" aria-label={w('runs')}>
      <table className={styles.grid}>
        <caption className="sr-only">{w('runs')}</caption>
        <thead>
          <tr>
            <th scope="col">{w('case_name')}</th>
            <th scope="col">{w('verdict')}</th>
            {grid.numbers.map((number) => (
              <th key={number} scope="col">
                {versionName(w, number)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {grid.rows.map((row) => (
            <tr key={row.case_id}>
              <th scope="row">{row.case}</th>
              <td>
                <span className={styles.state} data-state={row.verdict}>
                  {w(`verdict_${row.verdict}`)}
                </span>
              </td>
              {grid.numbers.map((number) => (
                <td key={number}>
                  <Played cell={row.versions[number]} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Played({ cell }: { cell: Cell | undefined }) {
  const { number } = useSpeech();
  const w = useWords();
  if (!cell) return <>…</>;
  const { passed, played, ms, tokens } = cell;
  return (
    <>
      {w('cell', { passed, played, ms: number(ms), tokens: number(tokens) })}
      {cell.replies
        .filter((reply) => !reply.passed && reply.text)
        .map((reply, n) => (
          <div key={n} className={styles.reply}>
            {reply.text}
          </div>
        ))}
    </>
  );
}
