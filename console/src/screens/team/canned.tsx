import { Button, Switch } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { CannedReply } from '../../api/types';
import { LOCALE_NAMES, LOCALES, useSpeech } from '../../i18n';
import { Quiet } from '../../patterns/failure';
import { Icon } from '../../patterns/icons';
import { Loaded, page, Section } from '../../patterns/page';
import { Sure } from '../../patterns/sure';
import { useMe } from '../../shell/me';
import { type Draft, useReplies, useReplyActs } from './data';
import { useWords } from './words';

const NEW: Draft = { id: null, shortcut: '', texts: {}, shared: false };

export function Canned() {
  const w = useWords();
  const replies = useReplies();
  const admin = useMe().role === 'admin';
  const [draft, edit] = useState<Draft | null>(null);
  return (
    <Section title={w('tab_replies')} why={w('replies_why')}>
      {draft === null ? (
        <Button leftSection={<Icon name="plus" size={16} />} onClick={() => edit({ ...NEW, shared: admin })}>
          {w('reply_new')}
        </Button>
      ) : (
        <Editor key={draft.id} draft={draft} onClose={() => edit(null)} />
      )}
      <Loaded query={replies}>
        {(all) =>
          all.length ? (
            <ul className={page.list}>
              {all.map((one) => (
                <Reply
                  key={one.id}
                  one={one}
                  onEdit={one.shared && !admin ? undefined : () => edit({ ...one })}
                />
              ))}
            </ul>
          ) : (
            draft === null && <Quiet icon="replies" title={w('replies_none')} text={w('replies_none_text')} />
          )
        }
      </Loaded>
    </Section>
  );
}

/** Without `onEdit` it may be used but not changed: it is everybody's. */
function Reply({ one, onEdit }: { one: CannedReply; onEdit?: (() => void) | undefined }) {
  const { t, locale, number } = useSpeech();
  const w = useWords();
  const { remove } = useReplyActs();
  const [asked, ask] = useState(false);
  const text = one.texts[locale] ?? Object.values(one.texts)[0];
  return (
    <li>
      <div className={page.grow}>
        <strong>/{one.shortcut}</strong>
        <small>
          {[
            w(one.shared ? 'reply_shared' : 'reply_own'),
            Object.keys(one.texts).join(' ').toUpperCase(),
          ].join(' · ')}
          {one.usage_count > 0 && ` · ${w('reply_used', { count: number(one.usage_count) })}`}
        </small>
        <div>{text}</div>
      </div>
      {onEdit && (
        <>
          <button
            type="button"
            className={page.icon}
            aria-label={w('reply_edit', { shortcut: one.shortcut })}
            onClick={onEdit}
          >
            <Icon name="pencil" size={16} />
          </button>
          <button
            type="button"
            className={page.icon}
            aria-label={w('reply_remove', { shortcut: one.shortcut })}
            onClick={() => ask(true)}
          >
            <Icon name="trash" size={16} />
          </button>
          {asked && (
            <Sure
              title={w('reply_remove', { shortcut: one.shortcut })}
              act={t('delete')}
              pending={remove.isPending}
              onYes={() => remove.mutate(one.id, { onSettled: () => ask(false) })}
              onClose={() => ask(false)}
            >
              <p>{text}</p>
            </Sure>
          )}
        </>
      )}
    </li>
  );
}

function Editor({ draft, onClose }: { draft: Draft; onClose: () => void }) {
  const { t } = useSpeech();
  const w = useWords();
  const admin = useMe().role === 'admin';
  const { save } = useReplyActs();
  const [form, setForm] = useState(draft);
  const texts = Object.fromEntries(Object.entries(form.texts).filter(([, text]) => text.trim()));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const { id, shortcut, shared } = form;
    save.mutate({ id, shortcut, shared, texts }, { onSuccess: onClose });
  };
  return (
    <form className={page.stack} onSubmit={submit} aria-label={w('reply_new')}>
      <label className={page.field}>
        <span>{w('shortcut')}</span>
        <input
          required
          autoFocus
          pattern="[a-z0-9][a-z0-9_\-]{0,39}"
          title={w('shortcut_rule')}
          maxLength={40}
          value={form.shortcut}
          onChange={(e) =>
            setForm({ ...form, shortcut: e.currentTarget.value.toLowerCase().replace(/^\//, '') })
          }
        />
        <small>{w('shortcut_rule')}</small>
      </label>
      {LOCALES.map((locale) => (
        <label key={locale} className={page.field}>
          <span>{LOCALE_NAMES[locale]}</span>
          <textarea
            rows={3}
            maxLength={4000}
            lang={locale}
            value={form.texts[locale] ?? ''}
            onChange={(e) => setForm({ ...form, texts: { ...form.texts, [locale]: e.currentTarget.value } })}
          />
        </label>
      ))}
      <small className={page.dim}>{w('slots')}</small>
      {admin && form.id === null && (
        <Switch
          label={w('reply_share')}
          checked={form.shared}
          onChange={(e) => setForm({ ...form, shared: e.currentTarget.checked })}
        />
      )}
      <div className={page.row}>
        <Button type="submit" loading={save.isPending} disabled={!Object.keys(texts).length}>
          {t('save')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t('cancel')}
        </Button>
      </div>
    </form>
  );
}
