import { Switch } from '@mantine/core';
import { useState } from 'react';
import { useSearchParams } from 'wouter';
import { Quiet } from '../../patterns/failure';
import { Loaded, page, Pick, Section } from '../../patterns/page';
import styles from './assistant.module.css';
import { type DiffBlock, useDiff, type Versions } from './data';
import { versionName } from './names';
import { useWords } from './words';

/** Lines around a change that are shown with it. */
const AROUND = 3;
const NARROW = '(max-width: 760px)';

/** Two versions, side by side or as one text. Which ones stands in the address, to be sent to a colleague. */
export function Compare({ all }: { all: Versions }) {
  const w = useWords();
  const [query, setQuery] = useSearchParams();
  // Beside each other, the new one would lie outside of a phone.
  const [inline, setInline] = useState(() => matchMedia(NARROW).matches);
  const numbers = [...all.data.map((one) => one.number), 0];
  const chosen = (name: string, otherwise: number): number => {
    const number = Number(query.get(name) ?? NaN);
    return numbers.includes(number) ? number : otherwise;
  };
  const old = chosen('old', all.live);
  const fresh = chosen('new', numbers[0]!);
  const options = numbers.map((n) => [String(n), versionName(w, n)] as const);
  const pick = (name: string) => (value: string) =>
    setQuery({ old: String(old), new: String(fresh), [name]: value }, { replace: true });
  return (
    <Section title={w('tab_compare')} wide>
      <div className={page.row}>
        <Pick label={w('before')} value={String(old)} options={options} onPick={pick('old')} />
        <Pick label={w('after')} value={String(fresh)} options={options} onPick={pick('new')} />
        <Switch label={w('inline')} checked={inline} onChange={(e) => setInline(e.currentTarget.checked)} />
      </div>
      <Diff old={old} fresh={fresh} inline={inline} />
    </Section>
  );
}

function Diff({ old, fresh, inline }: { old: number; fresh: number; inline: boolean }) {
  const w = useWords();
  return (
    <Loaded query={useDiff(old, fresh)}>
      {({ blocks }) =>
        blocks.every((block) => block.kind === 'equal') ? (
          <Quiet icon="check" title={w('no_difference')} />
        ) : (
          <div className={styles.across} tabIndex={0} role="group" aria-label={w('differences')}>
            <table className={styles.diff} data-inline={inline}>
              <caption className="sr-only">{w('differences')}</caption>
              <colgroup>
                <col className={styles.number} />
                <col className={inline ? styles.number : undefined} />
                <col className={inline ? undefined : styles.number} />
                <col />
              </colgroup>
              {!inline && (
                <thead>
                  <tr>
                    <th scope="col">{w('line')}</th>
                    <th scope="col">{versionName(w, old)}</th>
                    <th scope="col">{w('line')}</th>
                    <th scope="col">{versionName(w, fresh)}</th>
                  </tr>
                </thead>
              )}
              <tbody>
                {blocks.flatMap((block, n) =>
                  rowsOf(block, n, blocks.length, inline).map((row, m) => (
                    <Line key={`${n}.${m}`} row={row} inline={inline} />
                  )),
                )}
              </tbody>
            </table>
          </div>
        )
      }
    </Loaded>
  );
}

interface Side {
  line: number;
  text: string;
}

/** `hidden` stands for that many equal lines. */
interface Row {
  left?: Side | undefined;
  right?: Side | undefined;
  changed: boolean;
  hidden?: number;
}

function rowsOf(block: DiffBlock, n: number, count: number, inline: boolean): Row[] {
  const changed = block.kind !== 'equal';
  const left = block.left.map((text, i) => ({ line: block.left_line + i, text }));
  const right = block.right.map((text, i) => ({ line: block.right_line + i, text }));
  if (changed && inline)
    return [
      ...left.map((side) => ({ left: side, changed })),
      ...right.map((side) => ({ right: side, changed })),
    ];
  const rows = Array.from({ length: Math.max(left.length, right.length) }, (_, i) => ({
    left: left[i],
    right: right[i],
    changed,
  }));
  if (changed) return rows;
  const head = n === 0 ? 0 : AROUND;
  const tail = n === count - 1 ? 0 : AROUND;
  const hidden = rows.length - head - tail;
  if (hidden < 2) return rows;
  return [...rows.slice(0, head), { changed, hidden }, ...rows.slice(rows.length - tail)];
}

function Line({ row, inline }: { row: Row; inline: boolean }) {
  const w = useWords();
  const { left, right, changed, hidden } = row;
  if (hidden)
    return (
      <tr className={styles.hidden}>
        <td colSpan={4}>{w('same_lines', { count: hidden })}</td>
      </tr>
    );
  if (inline)
    return (
      <tr>
        <td>{left?.line}</td>
        <td>{right?.line}</td>
        <td colSpan={2}>
          <Marked text={(right ?? left)!.text} mark={changed ? (right ? 'ins' : 'del') : null} />
        </td>
      </tr>
    );
  return (
    <tr>
      <td>{left?.line}</td>
      <td>{left && <Marked text={left.text} mark={changed ? 'del' : null} />}</td>
      <td>{right?.line}</td>
      <td>{right && <Marked text={right.text} mark={changed ? 'ins' : null} />}</td>
    </tr>
  );
}

/** Said by the element as well as by its colour. */
function Marked({ text, mark: Mark }: { text: string; mark: 'ins' | 'del' | null }) {
  return Mark ? <Mark>{text || ' '}</Mark> : <>{text}</>;
}
