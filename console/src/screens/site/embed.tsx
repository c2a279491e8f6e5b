import { Button } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { Icon } from '../../patterns/icons';
import { notice } from '../../patterns/notices';
import { CopyText, page, Section } from '../../patterns/page';
import { type AdminSite, useSaveSite } from './data';
import { useWords } from './words';

export function Embed({ site }: { site: AdminSite }) {
  const w = useWords();
  const key = site.public_key;
  const snippet =
    `<script async src="${location.origin}/widget.js?site=${encodeURIComponent(key)}"\n` +
    `  data-site-key="${key}" data-locale="${site.locale}"></script>`;
  return (
    <>
      <Section title={w('snippet')} why={w('snippet_why')}>
        <CopyText text={snippet} label={w('snippet')} button={w('copy')} copied={w('copied')} />
      </Section>
      <Origins site={site} field="allowed_origins" />
      <Origins site={site} field="image_origins" />
    </>
  );
}

type Field = 'allowed_origins' | 'image_origins';

/** Each change is stored at once: there is nothing to forget to save. */
function Origins({ site, field }: { site: AdminSite; field: Field }) {
  const w = useWords();
  const save = useSaveSite();
  const [text, setText] = useState('');
  const listed = site[field];
  const set = (origins: string[], then?: () => void): void =>
    save.mutate({ [field]: origins }, { onSuccess: then });
  const add = (event: FormEvent): void => {
    event.preventDefault();
    const origin = originOf(text);
    if (origin === null) notice(w('origin_wrong'), 'bad');
    else set([...new Set([...listed, origin])], () => setText(''));
  };
  return (
    <Section title={w(field)} why={w(`${field}_why`)}>
      <form className={page.row} onSubmit={add}>
        <label className={page.field} data-wide>
          <span>{w('origin')}</span>
          <input
            required
            inputMode="url"
            placeholder="https://www.example.com"
            maxLength={500}
            value={text}
            onChange={(e) => setText(e.currentTarget.value)}
          />
        </label>
        <Button type="submit" variant="default" loading={save.isPending}>
          {w('add')}
        </Button>
      </form>
      {listed.length > 0 ? (
        <ul className={page.list} aria-label={w(field)}>
          {listed.map((origin) => (
            <li key={origin}>
              <span className={page.grow}>{origin}</span>
              <button
                type="button"
                className={page.icon}
                aria-label={w('remove_origin', { origin })}
                disabled={save.isPending}
                onClick={() => set(listed.filter((one) => one !== origin))}
              >
                <Icon name="close" size={16} />
              </button>
            </li>
          ))}
        </ul>
      ) : (
        <p className={page.dim}>{w(`${field}_none`)}</p>
      )}
    </Section>
  );
}

/** Whole addresses are pasted more often than origins are typed. */
function originOf(text: string): string | null {
  const trimmed = text.trim();
  try {
    const { protocol, origin, hostname } = new URL(
      /^https?:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`,
    );
    return /^https?:$/.test(protocol) && hostname ? origin : null;
  } catch {
    return null;
  }
}
