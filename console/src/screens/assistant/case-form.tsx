import { Button, Switch } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useSpeech } from '../../i18n';
import { page } from '../../patterns/page';
import { useEvalActs } from './evals-data';
import { useWords } from './words';

const lines = (text: string): string[] =>
  text
    .split('\n')
    .map((one) => one.trim())
    .filter(Boolean);

/** A real conversation to begin with; `upto` counts the visitor's turns in it, from 1: the last one is answered. */
export interface CaseStart {
  conversation: string;
  upto?: number | undefined;
  name?: string;
}

/** What is asked, or a real conversation that ends with it; and what the reply must be like. */
export function CaseForm({ start, onClose }: { start?: CaseStart | undefined; onClose: () => void }) {
  const { t, locale } = useSpeech();
  const w = useWords();
  const { add, take } = useEvalActs();
  const [form, setForm] = useState({
    name: start?.name ?? '',
    question: '',
    conversation: start?.conversation ?? '',
    has: '',
    lacks: '',
    words: '',
  });
  const [blocking, block] = useState(true);
  const set = (change: Partial<typeof form>): void => setForm({ ...form, ...change });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const name = form.name.trim();
    const expect = {
      contains: lines(form.has),
      not: lines(form.lacks),
      ...(form.words && { max_words: Number(form.words) }),
      regex: [],
      captures: [],
      no_invented_price: true,
    };
    const conversation = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i.exec(form.conversation)?.[0];
    const upto = conversation === start?.conversation ? start?.upto : undefined;
    if (conversation)
      take.mutate({ name, blocking, conversation, ...(upto && { upto }), expect }, { onSuccess: onClose });
    else
      add.mutate(
        { name, blocking, locale, messages: [{ author: 'visitor', text: form.question }], expect },
        { onSuccess: onClose },
      );
  };
  return (
    <form className={page.stack} onSubmit={submit} aria-label={w('case_new')}>
      <label className={page.field}>
        <span>{w('case_name')}</span>
        <input
          required
          autoFocus
          maxLength={200}
          value={form.name}
          onChange={(e) => set({ name: e.currentTarget.value })}
        />
      </label>
      <label className={page.field}>
        <span>{w('case_conversation')}</span>
        <input
          pattern=".*[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}.*"
          value={form.conversation}
          onChange={(e) => set({ conversation: e.currentTarget.value })}
        />
        <small>{w('case_conversation_rule')}</small>
      </label>
      <label className={page.field}>
        <span>{w('case_question')}</span>
        <textarea
          rows={2}
          maxLength={2000}
          required={!form.conversation}
          disabled={form.conversation !== ''}
          value={form.question}
          onChange={(e) => set({ question: e.currentTarget.value })}
        />
      </label>
      <label className={page.field}>
        <span>{w('case_has')}</span>
        <textarea rows={2} value={form.has} onChange={(e) => set({ has: e.currentTarget.value })} />
      </label>
      <label className={page.field}>
        <span>{w('case_lacks')}</span>
        <textarea rows={2} value={form.lacks} onChange={(e) => set({ lacks: e.currentTarget.value })} />
      </label>
      <label className={page.field}>
        <span>{w('case_words')}</span>
        <input
          type="number"
          min={1}
          max={2000}
          value={form.words}
          onChange={(e) => set({ words: e.currentTarget.value })}
        />
      </label>
      <Switch
        label={w('case_blocking')}
        checked={blocking}
        onChange={(e) => block(e.currentTarget.checked)}
      />
      <div className={page.row}>
        <Button type="submit" loading={add.isPending || take.isPending}>
          {t('save')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t('cancel')}
        </Button>
      </div>
    </form>
  );
}
