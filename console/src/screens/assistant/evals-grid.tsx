import { useSpeech } from '../../i18n';
import { Icon } from '../../patterns/icons';
import styles from './assistant.module.css';
import evals from './evals.module.css';
import type { Looked } from './case-history';
import type { Cell, Check, Grid, Played, Sums } from './evals-data';
import { type EvalSay, useEvalWords } from './evals-words';
import { versionName } from './names';
import { fellBackText } from './playground-problems';
import { useRehearsalWords } from './playground-words';
import { useWords } from './words';

/** Cases by versions, what got worse first; what a cell stands on opens under it. */
export function EvalGrid({ grid, onLook }: { grid: Grid; onLook: (one: Looked) => void }) {
  const w = useEvalWords();
  const say = useWords();
  return (
    <div className={styles.across} tabIndex={0} role="group" aria-label={w('runs')}>
      <table className={evals.grid}>
        <caption className="sr-only">{w('runs')}</caption>
        <thead>
          <tr>
            <th scope="col">{w('case_name')}</th>
            <th scope="col">{w('verdict')}</th>
            {grid.numbers.map((number, n) => (
              <th key={number} scope="col">
                {versionName(say, number)}
                {grid.numbers.length > 1 && (n === 0 || n === grid.numbers.length - 1) && (
                  <small>{w(n === 0 ? 'is_tested' : 'is_compared')}</small>
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {grid.rows.map((row) => (
            <tr key={row.case_id}>
              <th scope="row">
                {row.case}
                {row.edited && (
                  <small>
                    {w('edited_since')}{' '}
                    <button
                      type="button"
                      className={styles.link}
                      aria-label={w('as_it_was_of', { name: row.case })}
                      onClick={() => onLook({ id: row.case_id, name: row.case, revision: row.revision })}
                    >
                      {w('as_it_was')}
                    </button>
                  </small>
                )}
                {!row.blocking && <small>{w('is_not_blocking')}</small>}
              </th>
              <td>
                <span className={styles.state} data-state={row.verdict}>
                  {w(`verdict_${row.verdict}`)}
                </span>
              </td>
              {grid.numbers.map((number) => (
                <td key={number}>
                  <OneCell cell={row.versions[number]} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={2}>
              {w('total')}
            </th>
            {grid.numbers.map((number) => {
              const sums = grid.totals[number];
              return <td key={number}>{sums && <Total sums={sums} />}</td>;
            })}
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

function useEffort() {
  const { number, tag } = useSpeech();
  const w = useEvalWords();
  const price = new Intl.NumberFormat(tag, { style: 'currency', currency: 'USD', maximumFractionDigits: 6 });
  return ({ ms, tokens, judge_tokens, cost }: Sums): string =>
    [
      w('took', { ms: number(ms) }),
      tokens + judge_tokens > 0 && w('tokens', { tokens: number(tokens + judge_tokens) }),
      cost !== null && price.format(cost),
    ]
      .filter(Boolean)
      .join(' · ');
}

function OneCell({ cell }: { cell: Cell | undefined }) {
  const w = useEvalWords();
  const effort = useEffort();
  if (!cell) return <>…</>;
  const { passed, played, flaky, not_run } = cell;
  return (
    <details className={evals.cell}>
      <summary>
        <span className={evals.score} data-state={flaky ? 'flaky' : passed === played ? 'good' : 'bad'}>
          <Icon name={flaky ? 'alert' : passed === played ? 'check' : 'close'} size={14} />
          {w('n_of_m', { passed, played })}
        </span>
        {flaky && (
          <span className={styles.state} data-state="flaky">
            {w('verdict_flaky')}
          </span>
        )}
        {not_run > 0 && <span className={styles.state}>{w('not_run', { count: not_run })}</span>}
        <small>{effort(cell)}</small>
      </summary>
      {cell.replies.map((reply) => (
        <Reply key={reply.repeat} reply={reply} several={played > 1} />
      ))}
    </details>
  );
}

function Reply({ reply, several }: { reply: Played; several: boolean }) {
  const w = useEvalWords();
  const r = useRehearsalWords();
  return (
    <div className={evals.reply}>
      {several && <strong>{w('repeat', { number: reply.repeat })}</strong>}
      <p>{reply.text || w('no_text')}</p>
      {reply.failure && <p className={evals.fellBack}>{fellBackText(r, reply.failure)}</p>}
      <ul>
        {reply.checks.map((check, n) => (
          <li key={n} data-passed={check.passed}>
            <Icon name={check.passed === null ? 'clock' : check.passed ? 'check' : 'close'} size={14} />
            <span className="sr-only">
              {w(check.passed === null ? 'check_open' : check.passed ? 'check_passed' : 'check_failed')}
            </span>
            {checkText(w, check)}
          </li>
        ))}
      </ul>
    </div>
  );
}

function checkText(w: EvalSay, check: Check): string {
  const name = w(`check_${check.check}` as Parameters<EvalSay>[0]);
  if (check.not_run) return `${name}: ${w(`not_run_${check.not_run}`)}`;
  // Said in words beside the reply.
  if (check.check === 'no_invented_price') return name;
  return check.detail ? `${name}: ${check.detail}` : name;
}

function Total({ sums }: { sums: Sums }) {
  const w = useEvalWords();
  const effort = useEffort();
  return (
    <>
      <strong>{w('n_of_m', { passed: sums.passed, played: sums.played })}</strong>
      <small>{effort(sums)}</small>
    </>
  );
}
