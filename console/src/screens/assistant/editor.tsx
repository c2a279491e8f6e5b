import { Button } from '@mantine/core';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { ApiProblem } from '../../api/problem';
import { useSpeech } from '../../i18n';
import { Loading, Refused } from '../../patterns/failure';
import { Loaded, page, Section } from '../../patterns/page';
import { problemText } from '../../patterns/problems';
import styles from './assistant.module.css';
import { useText, useVersionActs } from './data';
import { type Changes, type Definition, type Mistake, useDefine } from './definition-data';
import { DefinitionForm } from './definition-form';
import { useDefinitionWords } from './definition-words';
import { versionName } from './names';
import { TryUnsaved } from './playground-unsaved';
import { useRehearsalWords } from './playground-words';
import { useWords } from './words';

const MOST = 60_000;

/** A new version, begun from the text of another. */
export function Editor({ base, onClose }: { base: number; onClose: () => void }) {
  const w = useWords();
  return (
    <Section title={w('new_version')} why={w('editor_why', { version: versionName(w, base) })} wide>
      <Loaded query={useText(base)}>
        {({ content }) => <Draft base={base} start={content} onClose={onClose} />}
      </Loaded>
    </Section>
  );
}

/** One text, written in a form or as the file. The server takes it apart, and puts what the form changed into it. */
function Draft({ base, start, onClose }: { base: number; start: string; onClose: () => void }) {
  const { t } = useSpeech();
  const w = useWords();
  const d = useDefinitionWords();
  const r = useRehearsalWords();
  const { save } = useVersionActs();
  const define = useDefine();
  const [inForm, showForm] = useState(true);
  const [content, setContent] = useState(start);
  const [opened, setOpened] = useState<Definition | null>(null);
  const [changes, setChanges] = useState<Changes>({});
  const [note, setNote] = useState('');
  const [tried, tryOut] = useState<string | null>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  const form = useRef<HTMLFormElement>(null);
  const touched = content !== start || Object.keys(changes).length > 0;

  const open = async (text: string, some: Changes): Promise<Definition> => {
    const definition = await define.mutateAsync({ content: text, changes: some });
    setContent(definition.content);
    setOpened(definition);
    setChanges({});
    return definition;
  };
  useEffect(() => {
    // What went wrong is shown from the mutation's state.
    open(start, {}).catch(() => undefined);
  }, []);

  const toFile = async (line = 0): Promise<void> => {
    const text = Object.keys(changes).length ? (await open(content, changes)).content : content;
    flushSync(() => showForm(false));
    if (line) goTo(text, line);
  };
  const toForm = async (): Promise<void> => {
    save.reset();
    const definition = await open(content, {});
    if (definition.fields) showForm(true);
  };
  /** The whole text, once there is no mistake in it. */
  const usable = async (): Promise<string | null> => {
    save.reset();
    const definition = await open(content, inForm ? changes : {});
    if (!definition.errors.length) return definition.content;
    if (inForm) focusOn(definition.errors[0]!);
    return null;
  };
  const submit = async (): Promise<void> => {
    const text = await usable();
    if (text !== null) save.mutate({ content: text, note: note.trim(), base }, { onSuccess: onClose });
  };
  const goTo = (text: string, line: number): void => {
    const from = text
      .split('\n')
      .slice(0, line - 1)
      .reduce((sum, one) => sum + one.length + 1, 0);
    const end = text.indexOf('\n', from);
    area.current?.focus();
    area.current?.setSelectionRange(from, end < 0 ? text.length : end);
  };
  const controlOf = (mistake: Mistake): HTMLElement | undefined => {
    const parts = mistake.field.split('.');
    const places = parts.map((_, n) => parts.slice(0, parts.length - n).join('.'));
    const all = [...(form.current?.querySelectorAll<HTMLElement>('[data-place]') ?? [])];
    return (
      all.find((one) => places.includes(one.dataset.place ?? '')) ??
      all.find((one) => one.dataset.place?.startsWith(`${mistake.field}.`))
    );
  };
  const focusOn = (mistake: Mistake): void => {
    const control = controlOf(mistake);
    if (control) control.focus();
    else void toFile(mistake.line);
  };
  const safely = (work: Promise<void>): void => {
    // A refusal is shown below, from the mutation's state.
    work.catch(() => undefined);
  };
  const fields = opened?.fields && { ...opened.fields, ...changes };
  const mistakes = opened?.errors ?? [];
  return (
    <>
      <form
        ref={form}
        className={page.stack}
        noValidate={inForm}
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          safely(submit());
        }}
      >
        <div className={styles.views} role="group" aria-label={d('view')}>
          <button type="button" aria-pressed={inForm} onClick={() => !inForm && safely(toForm())}>
            {d('view_form')}
          </button>
          <button type="button" aria-pressed={!inForm} onClick={() => inForm && safely(toFile())}>
            {d('view_file')}
          </button>
        </div>
        {!inForm ? (
          <label className={page.field}>
            <span>{w('content')}</span>
            <textarea
              ref={area}
              required
              className={styles.text}
              rows={24}
              maxLength={MOST}
              spellCheck={false}
              aria-invalid={mistakes.length > 0}
              value={content}
              onChange={(e) => setContent(e.currentTarget.value)}
            />
            <small>{w('content_rule')}</small>
          </label>
        ) : fields ? (
          <DefinitionForm
            fields={fields}
            mistakes={mistakes}
            onChange={(some) => setChanges({ ...changes, ...some })}
          />
        ) : define.isError ? (
          <Refused error={define.error} retry={() => safely(open(content, {}).then(() => undefined))} />
        ) : (
          <Loading />
        )}
        <Mistakes
          mistakes={mistakes}
          refused={save.error ?? (fields || !inForm ? define.error : null)}
          onGo={(mistake) => (inForm ? focusOn(mistake) : goTo(content, mistake.line))}
        />
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
          <Button type="submit" loading={save.isPending || define.isPending} disabled={!touched}>
            {w('save_draft')}
          </Button>
          <Button
            variant="default"
            loading={define.isPending}
            onClick={() => safely(usable().then((text) => tryOut(text)))}
          >
            {r('try_unsaved')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
        </div>
      </form>
      {/* Beside the form, not in it: what is sent there would bubble up and save this. */}
      {tried !== null && <TryUnsaved content={tried} onClose={() => tryOut(null)} />}
    </>
  );
}

function Mistakes(props: {
  mistakes: readonly Mistake[];
  refused: unknown;
  onGo: (mistake: Mistake) => void;
}) {
  const { mistakes, refused, onGo } = props;
  const speech = useSpeech();
  const w = useWords();
  if (!refused && !mistakes.length) return null;
  const plain = refused && !(refused instanceof ApiProblem && refused.code === 'prompt.invalid');
  return (
    <div role="alert" className={styles.mistakes}>
      <strong>{plain ? problemText(speech, refused) : w('not_usable')}</strong>
      {mistakes.map((one, n) => (
        <p key={n}>
          <button type="button" className={styles.link} onClick={() => onGo(one)}>
            {w('at_line', { line: one.line })}
          </button>{' '}
          {/* The server's own words: what is wrong is too various to translate by code. */}
          <span lang="en">
            {one.field && <code>{one.field}</code>} {one.message}
          </span>
        </p>
      ))}
    </div>
  );
}
