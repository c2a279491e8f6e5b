import { useSpeech } from '../../i18n';
import { Quiet } from '../../patterns/failure';
import { Loaded, page, Section } from '../../patterns/page';
import evals from './evals.module.css';
import { type Usage, type UsageDay, useUsage } from './evals-data';
import { type EvalSay, useEvalWords } from './evals-words';

/** What is left of today, and what the days before went to. */
export function Spent() {
  const w = useEvalWords();
  return (
    <Section title={w('spent')} why={w('spent_why')} wide>
      <Loaded query={useUsage()}>
        {(usage) =>
          usage.data.length ? <Days usage={usage} /> : <Quiet icon="clock" title={w('spent_none')} />
        }
      </Loaded>
    </Section>
  );
}

function Days({ usage }: { usage: Usage }) {
  const w = useEvalWords();
  const { number, tag } = useSpeech();
  const dayName = new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeZone: 'UTC' });
  const today = usage.data.find((one) => one.day === new Date().toISOString().slice(0, 10));
  const taken = (today?.used ?? 0) + (today?.reserved ?? 0);
  return (
    <>
      {usage.budget > 0 && (
        <p>
          {w('spent_today', { taken: number(taken), budget: number(usage.budget) })}{' '}
          <meter
            className={evals.meter}
            aria-label={w('spent')}
            max={usage.budget}
            high={usage.budget * 0.9}
            value={taken}
          />
        </p>
      )}
      <details className={evals.more}>
        <summary>{w('spent_days')}</summary>
        <ul className={page.list}>
          {usage.data.map((one) => (
            <li key={one.day}>
              <div className={page.grow}>
                <strong>{dayName.format(new Date(one.day))}</strong>{' '}
                {w('tokens', { tokens: number(one.used) })}
                <small>{parts(w, one, number).join(' · ')}</small>
              </div>
            </li>
          ))}
        </ul>
      </details>
    </>
  );
}

function parts(w: EvalSay, day: UsageDay, number: (value: number) => string): string[] {
  const turns = day.turns > 0 ? [w('spent_turns', { tokens: number(day.turns) })] : [];
  return turns.concat(
    day.work.map(({ purpose, pieces, tokens }) =>
      w(`spent_${purpose}` as Parameters<EvalSay>[0], { count: pieces, tokens: number(tokens) }),
    ),
  );
}
