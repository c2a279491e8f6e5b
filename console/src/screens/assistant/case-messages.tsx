import { page, Pick } from '../../patterns/page';
import { Icon } from '../../patterns/icons';
import styles from './assistant.module.css';
import type { Author, CaseDraft } from './case-draft';
import { useEvalWords } from './evals-words';

type Messages = CaseDraft['messages'];

const AUTHORS: readonly Author[] = ['visitor', 'assistant', 'seller'];
const MOST = 100;

/** What was said before, and, last, what the visitor writes: that one is answered. */
export function CaseMessages(props: { messages: Messages; onChange: (messages: Messages) => void }) {
  const { messages, onChange } = props;
  const w = useEvalWords();
  const last = messages.length - 1;
  const change = (place: number, some: Partial<Messages[number]>): void =>
    onChange(messages.map((one, n) => (n === place ? { ...one, ...some } : one)));
  const insert = (): void => {
    const author = messages[last - 1]?.author === 'assistant' ? 'visitor' : 'assistant';
    onChange([...messages.slice(0, last), { author, text: '' }, messages[last]!]);
  };
  return (
    <fieldset className={styles.messages}>
      <legend>{w('case_messages')}</legend>
      {messages.map((one, n) => (
        <div key={n} className={styles.message}>
          {n < last && (
            <Pick
              label={w('message_author', { place: n + 1 })}
              hidden
              value={one.author}
              options={AUTHORS.map((author) => [author, w(`author_${author}`)])}
              onPick={(author) => change(n, { author: author as Author })}
            />
          )}
          <label className={page.field} data-wide>
            <span className={n < last ? 'sr-only' : undefined}>
              {n < last ? w('message_text', { place: n + 1 }) : w('case_question')}
            </span>
            <textarea
              required
              rows={n < last ? 1 : 2}
              maxLength={4000}
              value={one.text}
              onChange={(e) => change(n, { text: e.currentTarget.value })}
            />
          </label>
          {n < last && (
            <button
              type="button"
              className={page.icon}
              aria-label={w('message_remove', { place: n + 1 })}
              onClick={() => onChange(messages.filter((_, m) => m !== n))}
            >
              <Icon name="close" size={16} />
            </button>
          )}
        </div>
      ))}
      {messages.length < MOST && (
        <button type="button" className={styles.link} onClick={insert}>
          {w('message_add')}
        </button>
      )}
    </fieldset>
  );
}
