import { Button, Switch } from '@mantine/core';
import { type FormEvent, useRef, useState } from 'react';
import { ApiProblem } from '../../api/problem';
import { useSpeech } from '../../i18n';
import { page } from '../../patterns/page';
import { problemText } from '../../patterns/problems';
import { type Imported, useItemActs } from './data';
import styles from './knowledge.module.css';
import { useWords } from './words';

const MOST_BYTES = 4 * 1024 * 1024;

/** A whole catalogue from a file: all of it or, with one mistake in it, nothing. */
export function Upload() {
  const w = useWords();
  const { upload } = useItemActs();
  const input = useRef<HTMLInputElement>(null);
  const [file, choose] = useState<File | null>(null);
  const [replace, setReplace] = useState(false);
  const tooBig = file !== null && file.size > MOST_BYTES;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!file || tooBig) return;
    upload.mutate(
      { file, replace },
      {
        onSuccess: () => {
          // The same file, mended, must be a new choice for the browser.
          if (input.current) input.current.value = '';
          choose(null);
          setReplace(false);
        },
      },
    );
  };
  return (
    <form className={page.stack} onSubmit={submit} aria-label={w('upload')}>
      <label className={page.field}>
        <span>{w('file')}</span>
        <input
          ref={input}
          type="file"
          accept=".csv,.json,text/csv,application/json"
          onChange={(e) => {
            choose(e.currentTarget.files?.[0] ?? null);
            upload.reset();
          }}
        />
        <small>{w('file_rule')}</small>
      </label>
      {tooBig && (
        <p className={page.warning} role="alert">
          {w('file_too_big')}
        </p>
      )}
      <Switch
        label={w('replace')}
        description={w('replace_why')}
        checked={replace}
        onChange={(e) => setReplace(e.currentTarget.checked)}
      />
      <div className={page.row}>
        <Button
          type="submit"
          color={replace ? 'red' : undefined}
          disabled={!file || tooBig}
          loading={upload.isPending}
        >
          {w(replace ? 'upload_replace' : 'upload')}
        </Button>
      </div>
      {upload.data && <Done done={upload.data} />}
      {upload.isError && <Mistakes error={upload.error} />}
    </form>
  );
}

function Done({ done }: { done: Imported }) {
  const { number } = useSpeech();
  const w = useWords();
  const { added, changed, unchanged, removed } = done;
  return (
    <p role="status" className={styles.done}>
      {w('imported', {
        added: number(added),
        changed: number(changed),
        unchanged: number(unchanged),
        removed: number(removed),
      })}
    </p>
  );
}

function Mistakes({ error }: { error: unknown }) {
  const speech = useSpeech();
  const w = useWords();
  const rows = error instanceof ApiProblem && error.status === 422 ? error.fields : [];
  return (
    <div role="alert" className={styles.mistakes}>
      <strong>{rows.length ? w('mistakes') : problemText(speech, error)}</strong>
      {rows.length > 0 && (
        <table>
          <thead>
            <tr>
              <th scope="col">{w('mistake_where')}</th>
              <th scope="col">{w('mistake_what')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, n) => (
              <tr key={n}>
                <th scope="row">{placeOf(row.field, w)}</th>
                {/* The server's own words: what is wrong is too various to translate by code. */}
                <td lang="en">{row.message}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}

/** `line 3.price` and `items.2.price` in the reader's words. */
function placeOf(field: string, w: ReturnType<typeof useWords>): string {
  const [, line, name] = /^line (\d+)(?:\.(.+))?$/.exec(field) ?? [];
  if (line) return name ? w('at_line_field', { line, field: name }) : w('at_line', { line });
  const [, index, key] = /^items\.(\d+)(?:\.(.+))?$/.exec(field) ?? [];
  if (index)
    return w(key ? 'at_item_field' : 'at_item', { item: Number(index) + 1, ...(key && { field: key }) });
  return w('at_file');
}
