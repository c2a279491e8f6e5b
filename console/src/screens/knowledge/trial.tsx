import { Button } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { Quiet } from '../../patterns/failure';
import { Loaded, page, Section } from '../../patterns/page';
import { useFound, useMeaning } from './data';
import styles from './knowledge.module.css';
import { useWords } from './words';

/** What a question would bring to light, as the assistant is given it. */
export function Trial() {
  const w = useWords();
  const [question, setQuestion] = useState('');
  const [asked, ask] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    ask(question.trim());
  };
  return (
    <Section title={w('tab_try')} why={w('try_why')}>
      <form className={page.row} onSubmit={submit}>
        <label className={page.field} data-wide>
          <span>{w('question')}</span>
          <input
            required
            maxLength={500}
            value={question}
            placeholder={w('question_example')}
            onChange={(e) => setQuestion(e.currentTarget.value)}
          />
        </label>
        <Button type="submit">{w('find')}</Button>
      </form>
      <Reach />
      {asked && <Answer question={asked} />}
    </Section>
  );
}

/** Whether meaning counts, and for how much of what there is. */
function Reach() {
  const w = useWords();
  const { data } = useMeaning();
  if (!data) return null;
  const { model, embedded, total, failed, failure } = data;
  return (
    <p className={styles.count} role="status">
      {!model && w('meaning_off', { setting: 'TALIA_OPENAI_EMBEDDINGS_MODEL' })}
      {model && !data.vectors && w('meaning_no_vectors', { model })}
      {model && data.vectors && w('meaning_on', { model, embedded, total })}
      {model && failure && ` ${w('meaning_failed', { count: failed, failure })}`}
    </p>
  );
}

function Answer({ question }: { question: string }) {
  const w = useWords();
  return (
    <Loaded query={useFound(question)}>
      {({ items, passages }) =>
        items.length + passages.length === 0 ? (
          <Quiet icon="search" title={w('found_nothing')} text={w('found_nothing_text')} />
        ) : (
          <ul className={page.list}>
            {items.map((item) => (
              <li key={item.id}>
                <div className={page.grow}>
                  <strong>{item.title}</strong>
                  <small>
                    {w('an_item', { id: item.id })}
                    <Near value={item.near} />
                  </small>
                </div>
              </li>
            ))}
            {passages.map((passage, n) => (
              <li key={n}>
                <div className={page.grow}>
                  <strong>{passage.heading ?? passage.document}</strong>
                  <small>
                    {w('a_passage', { document: passage.document })}
                    <Near value={passage.near} />
                  </small>
                  <div className={styles.passage}>{passage.body}</div>
                </div>
              </li>
            ))}
          </ul>
        )
      }
    </Loaded>
  );
}

/** How it was found, if not by a word alone. */
function Near({ value }: { value: number | null }) {
  const w = useWords();
  return value === null ? null : <> · {w('near', { percent: Math.round(100 * value) })}</>;
}
