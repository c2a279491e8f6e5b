import { Button } from '@mantine/core';
import { type FormEvent, useDeferredValue, useState } from 'react';
import { LOCALE_NAMES, LOCALES, type Locale, useSpeech } from '../../i18n';
import { page, Pick } from '../../patterns/page';
import { useDocumentActs } from './data';
import styles from './knowledge.module.css';
import { Markdown } from './markdown';
import { useWords } from './words';

interface Draft {
  slug: string;
  locale: Locale;
  title: string;
  body: string;
}

/** `fresh` may still choose its short name and language, which are what a document is known by. */
export function DocumentEditor(props: { start: Draft; fresh?: boolean; onClose: () => void }) {
  const { start, fresh = false, onClose } = props;
  const { t } = useSpeech();
  const w = useWords();
  const { save } = useDocumentActs();
  const [draft, setDraft] = useState(start);
  const shown = useDeferredValue(draft.body);
  const set = (change: Partial<Draft>): void => setDraft({ ...draft, ...change });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate(draft, { onSuccess: onClose });
  };
  return (
    <form className={page.stack} onSubmit={submit} aria-label={w('document')}>
      <div className={page.row}>
        <label className={page.field} data-wide>
          <span>{w('column_title')}</span>
          <input
            required
            autoFocus
            maxLength={200}
            value={draft.title}
            onChange={(e) => set({ title: e.currentTarget.value })}
          />
        </label>
        <label className={page.field}>
          <span>{w('slug')}</span>
          <input
            required
            disabled={!fresh}
            pattern="[a-z0-9][a-z0-9\-]{0,99}"
            title={w('slug_rule')}
            maxLength={100}
            value={draft.slug}
            onChange={(e) => set({ slug: e.currentTarget.value.toLowerCase() })}
          />
        </label>
        <Pick
          label={w('language')}
          value={draft.locale}
          disabled={!fresh}
          options={LOCALES.map((locale) => [locale, LOCALE_NAMES[locale]])}
          onPick={(locale) => set({ locale: locale as Locale })}
        />
      </div>
      <div className={styles.halves}>
        <label className={page.field}>
          <span>{w('body')}</span>
          <textarea
            required
            rows={18}
            maxLength={200_000}
            lang={draft.locale}
            value={draft.body}
            onChange={(e) => set({ body: e.currentTarget.value })}
          />
          <small>{w('body_rule')}</small>
        </label>
        <section className={styles.preview} aria-label={w('preview')} lang={draft.locale} tabIndex={0}>
          {shown.trim() ? <Markdown text={shown} /> : <p className={page.dim}>{w('preview')}</p>}
        </section>
      </div>
      <div className={page.row}>
        <Button type="submit" loading={save.isPending}>
          {t('save')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t('cancel')}
        </Button>
      </div>
    </form>
  );
}
