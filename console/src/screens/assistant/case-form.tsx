import { Button, Switch } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { ApiProblem } from '../../api/problem';
import { LOCALE_NAMES, LOCALES, type Locale, useSpeech } from '../../i18n';
import { page, Pick } from '../../patterns/page';
import { problemText } from '../../patterns/problems';
import styles from './assistant.module.css';
import { bodyOf, type CaseDraft, draftOf, emptyDraft, expectOf, itemDraftOf } from './case-draft';
import { Expectations } from './case-expectations';
import { CaseFacts } from './case-facts';
import { CaseMessages } from './case-messages';
import { type EvalCase, useEvalActs } from './evals-data';
import { useEvalWords } from './evals-words';

/** What to begin with: a real conversation (`upto` counts the visitor's turns in it, from 1: the last one is answered),
 * or one that was tried out. */
export interface CaseStart extends Pick<EvalCase, 'item'> {
  conversation?: string;
  upto?: number | undefined;
  name?: string;
  messages?: CaseDraft['messages'];
  locale?: Locale;
}

interface Props {
  start?: CaseStart | undefined;
  known?: EvalCase | undefined;
  onClose: () => void;
}

function begun(start: CaseStart | undefined, locale: Locale): CaseDraft {
  const { name = '', messages, item } = start ?? {};
  return {
    ...emptyDraft(start?.locale ?? locale),
    name,
    ...(messages && { messages }),
    ...(item && { item: itemDraftOf(item) }),
  };
}

/** What is asked, or a real conversation that ends with it; and what the reply must be like. `known`: one to change. */
export function CaseForm({ start, known, onClose }: Props) {
  const { t, locale } = useSpeech();
  const w = useEvalWords();
  const { add, take, change } = useEvalActs();
  const [draft, setDraft] = useState<CaseDraft>(() => (known ? draftOf(known) : begun(start, locale)));
  const [address, setAddress] = useState(start?.conversation ?? '');
  const set = (some: Partial<CaseDraft>): void => setDraft({ ...draft, ...some });
  const taken = address.trim() !== '';
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const done = { onSuccess: onClose };
    const conversation = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i.exec(address)?.[0];
    const body = bodyOf(draft);
    if (known) return change.mutate({ id: known.id, body }, done);
    if (!conversation) return add.mutate(body, done);
    const upto = conversation === start?.conversation ? start.upto : undefined;
    const { name, blocking = true, tags = [], expect } = body;
    take.mutate({ name, blocking, tags, expect, conversation, ...(upto && { upto }) }, done);
  };
  const error = add.error ?? take.error ?? change.error;
  return (
    <form
      className={page.stack}
      onSubmit={submit}
      aria-label={known ? w('case_edit', { name: known.name }) : w('case_new')}
    >
      <label className={page.field}>
        <span>{w('case_name')}</span>
        <input
          required
          autoFocus
          maxLength={200}
          value={draft.name}
          onChange={(e) => set({ name: e.currentTarget.value })}
        />
      </label>
      {!known && (
        <label className={page.field}>
          <span>{w('case_conversation')}</span>
          <input
            pattern=".*[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}.*"
            value={address}
            onChange={(e) => setAddress(e.currentTarget.value)}
          />
          <small>{w('case_conversation_rule')}</small>
        </label>
      )}
      {!taken && <CaseMessages messages={draft.messages} onChange={(messages) => set({ messages })} />}
      {!taken && (
        <div className={page.row}>
          <Pick
            label={w('case_locale')}
            value={draft.locale}
            options={LOCALES.map((one) => [one, LOCALE_NAMES[one]])}
            onPick={(one) => set({ locale: one as Locale })}
          />
        </div>
      )}
      {!taken && <CaseFacts draft={draft} onChange={set} />}
      <Expectations draft={draft} onChange={set} />
      <label className={page.field}>
        <span>{w('case_tags')}</span>
        <input maxLength={400} value={draft.tags} onChange={(e) => set({ tags: e.currentTarget.value })} />
        <small>{w('case_tags_rule')}</small>
      </label>
      <Switch
        label={w('case_blocking')}
        checked={draft.blocking}
        onChange={(e) => set({ blocking: e.currentTarget.checked })}
      />
      {error && <Refusal error={error} draft={draft} />}
      <div className={page.row}>
        <Button type="submit" loading={add.isPending || take.isPending || change.isPending}>
          {t('save')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t('cancel')}
        </Button>
      </div>
    </form>
  );
}

/** By field where the server names one: the line of a pattern that cannot be used, say. */
function Refusal({ error, draft }: { error: Error; draft: CaseDraft }) {
  const speech = useSpeech();
  const w = useEvalWords();
  const own: Record<string, string> = {
    'eval.too_many': w('too_many'),
    'eval.no_such_turn': w('no_such_turn'),
    'conversation.not_found': w('no_such_conversation'),
  };
  const fields = error instanceof ApiProblem && error.status === 422 ? error.fields : [];
  const code = error instanceof ApiProblem ? error.code : '';
  return (
    <div role="alert" className={styles.mistakes}>
      <strong>{own[code] ?? (fields.length ? w('case_refused') : problemText(speech, error))}</strong>
      {fields.map(({ field, message }) => (
        <p key={field}>
          {nameOf(w, field)}
          {valueAt(draft, field) && (
            <>
              {' '}
              <code>{valueAt(draft, field)}</code>
            </>
          )}
          : <span lang="en">{message}</span>
        </p>
      ))}
    </div>
  );
}

function nameOf(w: ReturnType<typeof useEvalWords>, field: string): string {
  if (field.includes('expect.regex')) return w('case_regex');
  if (field.includes('expect.contains')) return w('case_has');
  if (field.includes('expect.not')) return w('case_lacks');
  if (field.includes('messages')) return w('case_messages');
  if (field.includes('tags')) return w('case_tags');
  if (field.includes('knowledge')) return w('own_knowledge');
  if (field.includes('item')) return w('page_item');
  return field;
}

/** `expect.regex.1` is the second line of the patterns. */
function valueAt(draft: CaseDraft, field: string): string | undefined {
  const [, list, place] = /expect\.(regex|contains|not)\.(\d+)/.exec(field) ?? [];
  return list && expectOf(draft)[list as 'regex' | 'contains' | 'not']?.[Number(place)];
}
