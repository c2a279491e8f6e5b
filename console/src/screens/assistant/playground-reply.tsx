// A reply that was tried out, and all there is to know of it.

import { QualityBadge } from '../inbox/quality';
import { Cards } from '../inbox/cards';
import { rubricWords, useRubric } from '../inbox/lead-data';
import { reasonText } from '../inbox/reasons';
import { useSpeech } from '../../i18n';
import { Icon } from '../../patterns/icons';
import { fellBackText } from './playground-problems';
import type { Rehearsal } from './playground-types';
import { useRehearsalWords } from './playground-words';
import styles from './playground.module.css';

/** What it shows and does besides its text. `onPick` says one of the offered answers. */
export function Effects({
  given,
  onPick,
}: {
  given: Rehearsal;
  onPick?: ((text: string) => void) | undefined;
}) {
  const speech = useSpeech();
  const w = useRehearsalWords();
  const contact = Object.values(given.contact);
  return (
    <>
      <Cards cards={given.cards} />
      {given.quick_replies.length > 0 && (
        <ul className={styles.offers} aria-label={w('quick_replies')}>
          {given.quick_replies.map((text) => (
            <li key={text}>
              {onPick ? (
                <button type="button" onClick={() => onPick(text)}>
                  {text}
                </button>
              ) : (
                <span>{text}</span>
              )}
            </li>
          ))}
        </ul>
      )}
      {given.handoff && (
        <Mark icon="hand">{w('hands_off', { reason: reasonText(speech, given.handoff) })}</Mark>
      )}
      {contact.length > 0 && <Mark icon="card">{w('saves_contact', { what: contact.join(', ') })}</Mark>}
      {given.asks_for_consent && <Mark icon="check">{w('asks_consent')}</Mark>}
      {given.failure && (
        <Mark icon="alert" bad>
          {fellBackText(w, given.failure)}
        </Mark>
      )}
    </>
  );
}

function Mark(props: { icon: 'hand' | 'card' | 'check' | 'alert'; bad?: boolean; children: string }) {
  return (
    <p className={styles.mark} data-bad={props.bad}>
      <Icon name={props.icon} size={14} />
      {props.children}
    </p>
  );
}

/** What it cost and what it makes of the visitor, on one line. */
export function Measures({ given }: { given: Rehearsal }) {
  const { number } = useSpeech();
  const w = useRehearsalWords();
  const guided = given.source === 'guided';
  return (
    <ul className={styles.measures} aria-label={w('measures')}>
      <li>{guided ? w('by_guided') : (given.model ?? w('by_model'))}</li>
      <li>
        <QualityBadge quality={given.tier} /> {w('points', { score: given.score })}
      </li>
      {given.model !== null && (
        <li>{w('tokens', { input: number(given.input_tokens), output: number(given.output_tokens) })}</li>
      )}
      {given.cost !== null && <li>{dollars(given.cost)}</li>}
      <li>
        {given.first_text_ms === null
          ? w('took', { ms: number(given.ms) })
          : w('took_first', { ms: number(given.ms), first: number(given.first_text_ms) })}
      </li>
    </ul>
  );
}

/** A reply costs fractions of a cent: rounded as money is, it would cost nothing. */
export const dollars = (cost: number): string => `US$${cost.toFixed(cost < 0.01 ? 5 : 3)}`;

/** What it went by: closed until somebody wants to know. */
export function Details({ given }: { given: Rehearsal }) {
  const speech = useSpeech();
  const w = useRehearsalWords();
  const words = rubricWords(useRubric().data, speech.locale);
  const { items, documents } = given.knowledge;
  return (
    <details className={styles.details}>
      <summary>{w('details')}</summary>
      <h4>{w('knowledge')}</h4>
      {items.length + documents.length === 0 && <p>{w('knowledge_none')}</p>}
      <ul>
        {items.map((item) => (
          <li key={item.id}>
            <strong>{item.title}</strong>
            {item.price !== undefined && ` · ${speech.money(item.price, item.currency)}`}
          </li>
        ))}
        {documents.map((one, n) => (
          <li key={n}>
            <strong>{one.heading}</strong>
            <div className={styles.passage}>{one.text}</div>
          </li>
        ))}
      </ul>
      <h4>{w('tool_calls')}</h4>
      {given.tool_calls.length === 0 && <p>{w('tool_calls_none')}</p>}
      <ul>
        {given.tool_calls.map((call, n) => (
          <li key={n}>
            <code>
              {call.name}({call.arguments})
            </code>
            <div className={styles.passage}>
              <code>{call.output}</code>
            </div>
          </li>
        ))}
      </ul>
      <h4>{w('facts')}</h4>
      {given.facts.length === 0 && <p>{w('facts_none')}</p>}
      <ul>
        {given.facts.map((fact, n) => (
          <li key={n}>
            <strong>{words.criterion(fact.criterion)}</strong>: {words.value(fact.criterion, fact.value)}
            <div className={styles.passage}>«{fact.quote}»</div>
          </li>
        ))}
      </ul>
      <h4>{w('version_ref')}</h4>
      <p>
        <code>{given.prompt_ref}</code>
      </p>
    </details>
  );
}
