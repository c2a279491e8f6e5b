import { Button } from '@mantine/core';
import { useState } from 'react';
import { useSearchParams } from 'wouter';
import { LOCALE_NAMES, type Locale, useSpeech } from '../../i18n';
import { Quiet } from '../../patterns/failure';
import { Icon } from '../../patterns/icons';
import { Loaded, page, Section } from '../../patterns/page';
import { Sure } from '../../patterns/sure';
import { type DocumentLine, useDocument, useDocumentActs, useDocuments } from './data';
import { DocumentEditor } from './document-editor';
import { useWords } from './words';

/** `?document=<slug>` in the address opens that one. */
export function Documents() {
  const { locale } = useSpeech();
  const w = useWords();
  const documents = useDocuments();
  const [query, setQuery] = useSearchParams();
  const [chosen, edit] = useState<DocumentLine | 'new' | null>(null);
  const edited = chosen ?? named(documents.data ?? [], query.get('document'), locale);
  const close = (): void => {
    edit(null);
    if (query.has('document')) setQuery({}, { replace: true });
  };
  return (
    <Section title={w('tab_documents')} why={w('documents_why')} wide>
      {edited === null ? (
        <>
          <Button leftSection={<Icon name="plus" size={16} />} onClick={() => edit('new')}>
            {w('document_new')}
          </Button>
          <Loaded query={documents}>
            {(all) =>
              all.length ? (
                <ul className={page.list}>
                  {all.map((one) => (
                    <Line key={`${one.slug} ${one.locale}`} one={one} onEdit={() => edit(one)} />
                  ))}
                </ul>
              ) : (
                <Quiet icon="book" title={w('documents_none')} text={w('documents_none_text')} />
              )
            }
          </Loaded>
        </>
      ) : edited === 'new' ? (
        <DocumentEditor start={{ slug: '', locale, title: '', body: '' }} fresh onClose={close} />
      ) : (
        <Stored slug={edited.slug} locale={edited.locale} onClose={close} />
      )}
    </Section>
  );
}

/** The one that the address names, in the reader's language where there is such a text. */
function named(all: readonly DocumentLine[], slug: string | null, locale: Locale): DocumentLine | null {
  const texts = all.filter((one) => one.slug === slug);
  return texts.find((one) => one.locale === locale) ?? texts[0] ?? null;
}

function Stored({ slug, locale, onClose }: { slug: string; locale: Locale; onClose: () => void }) {
  return (
    <Loaded query={useDocument(slug, locale)}>
      {({ title, body }) => <DocumentEditor start={{ slug, locale, title, body }} onClose={onClose} />}
    </Loaded>
  );
}

function Line({ one, onEdit }: { one: DocumentLine; onEdit: () => void }) {
  const { t, number, dateTime } = useSpeech();
  const w = useWords();
  const { remove } = useDocumentActs();
  const [asking, ask] = useState(false);
  const about = { title: one.title, locale: one.locale };
  return (
    <li>
      <div className={page.grow}>
        <strong>{one.title}</strong>
        <small>
          {[
            one.slug,
            LOCALE_NAMES[one.locale],
            w('characters', { count: number(one.length) }),
            dateTime(new Date(one.updated_at)),
          ].join(' · ')}
        </small>
      </div>
      <button type="button" className={page.icon} aria-label={w('document_edit', about)} onClick={onEdit}>
        <Icon name="pencil" size={16} />
      </button>
      <button
        type="button"
        className={page.icon}
        aria-label={w('document_remove', about)}
        disabled={remove.isPending}
        onClick={() => ask(true)}
      >
        <Icon name="trash" size={16} />
      </button>
      {asking && (
        <Sure
          title={w('document_remove', about)}
          act={t('delete')}
          pending={remove.isPending}
          onYes={() => remove.mutate(one, { onSettled: () => ask(false) })}
          onClose={() => ask(false)}
        >
          <p>{w('document_remove_why', { characters: number(one.length) })}</p>
        </Sure>
      )}
    </li>
  );
}
