import { Button } from '@mantine/core';
import { type FormEvent, useRef, useState } from 'react';
import { ApiProblem } from '../../api/problem';
import { useSpeech } from '../../i18n';
import { Loaded, page, Section } from '../../patterns/page';
import { problemText } from '../../patterns/problems';
import styles from './assistant.module.css';
import { useText, useVersionActs } from './data';
import { versionName } from './names';
import { useWords } from './words';

const MOST = 60_000;

/** A new version, begun from the text of another. */
export function Editor({ base, onClose }: { base: number; onClose: () => void }) {
  const w = useWords();
  return (
    <Section title={w('new_version')} why={w('editor_why', { version: versionName(w, base) })} wide>
      <Loaded query={useText(base)}>
        {({ content }) => <Form base={base} start={content} onClose={onClose} />}
      </Loaded>
    </Section>
  );
}

function Form({ base, start, onClose }: { base: number; start: string; onClose: () => void }) {
  const { t } = useSpeech();
  const w = useWords();
  const { save } = useVersionActs();
  const [content, setContent] = useState(start);
  const [note, setNote] = useState('');
  const area = useRef<HTMLTextAreaElement>(null);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate({ content, note: note.trim(), base }, { onSuccess: onClose });
  };
  const goTo = (line: number): void => {
    const before = content.split('\n').slice(0, line - 1);
    const from = before.reduce((sum, one) => sum + one.length + 1, 0);
    const end = content.indexOf('\n', from);
    area.current?.focus();
    area.current?.setSelectionRange(from, end < 0 ? content.length : end);
  };
  return (
    <form className={page.stack} onSubmit={submit}>
      <label className={page.field}>
        <span>{w('content')}</span>
        <textarea
          ref={area}
          required
          className={styles.text}
          rows={24}
          maxLength={MOST}
          spellCheck={false}
          aria-invalid={save.isError}
          value={content}
          onChange={(e) => setContent(e.currentTarget.value)}
        />
        <small>{w('content_rule')}</small>
      </label>
      {save.isError && <Mistakes error={save.error} onGo={goTo} />}
      <label className={page.field}>
        <span>{w('note')}</span>
        <input
          maxLength={500}
          value={note}
          placeholder={w('note_example')}
          onChange={(e) => setNote(e.currentTarget.value)}
        />
      </label>
      <div className={page.row}>
        <Button type="submit" loading={save.isPending} disabled={content === start}>
          {w('save_draft')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t('cancel')}
        </Button>
      </div>
    </form>
  );
}

function Mistakes({ error, onGo }: { error: unknown; onGo: (line: number) => void }) {
  const speech = useSpeech();
  const w = useWords();
  const invalid = error instanceof ApiProblem && error.code === 'prompt.invalid';
  return (
    <div role="alert" className={styles.mistakes}>
      <strong>{invalid ? w('not_usable') : problemText(speech, error)}</strong>
      {invalid &&
        error.fields.map(({ field, message }) => {
          const line = Number(/^line (\d+)$/.exec(field)?.[1] ?? 0);
          return (
            <p key={field}>
              {line > 0 && (
                <button type="button" className={styles.link} onClick={() => onGo(line)}>
                  {w('at_line', { line })}
                </button>
              )}{' '}
              {/* The server's own words: what is wrong is too various to translate by code. */}
              <span lang="en">{message}</span>
            </p>
          );
        })}
    </div>
  );
}
