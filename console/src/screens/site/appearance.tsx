import { Button } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useSpeech } from '../../i18n';
import { page, Pick, Section } from '../../patterns/page';
import { contrast, full, isColour, READABLE, USUAL_ACCENT } from './colours';
import { type AdminSite, type Appearance, useSaveSite } from './data';
import { Preview } from './preview';
import styles from './site.module.css';
import { useWords } from './words';

type Text = 'title' | 'subtitle' | 'logo';
const TEXTS: readonly Text[] = ['title', 'subtitle', 'logo'];
const MOST: Record<Text, number> = { title: 80, subtitle: 80, logo: 2000 };

export function AppearanceForm({ site }: { site: AdminSite }) {
  const { t, number } = useSpeech();
  const w = useWords();
  const save = useSaveSite();
  const [name, setName] = useState(site.name);
  const [draft, setDraft] = useState<Appearance>(site.appearance);
  const set = (change: Appearance): void => setDraft({ ...draft, ...change });
  const given = chosen(draft);
  const faint = faintness(given);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (faint === null) save.mutate({ name: name.trim(), appearance: given });
  };
  return (
    <div className={styles.columns}>
      <form onSubmit={submit}>
        <Section title={w('tab_appearance')} why={w('appearance_why')}>
          <div className={page.stack}>
            <label className={page.field}>
              <span>{w('site_name')}</span>
              <input required maxLength={200} value={name} onChange={(e) => setName(e.currentTarget.value)} />
            </label>
            <div className={page.row}>
              <Colour
                label={w('accent')}
                value={draft.accent}
                usual={USUAL_ACCENT}
                onChange={(accent) => set({ accent })}
              />
              <Colour
                label={w('accent_text')}
                value={draft.accentText}
                usual="#ffffff"
                onChange={(accentText) => set({ accentText })}
              />
            </div>
            {faint !== null && (
              <p className={page.warning} role="alert">
                {w('faint', { ratio: number(Math.floor(faint * 100) / 100) })}
              </p>
            )}
            <div className={page.row}>
              <Pick
                label={w('position')}
                value={draft.position ?? 'bottom-right'}
                options={(['bottom-right', 'bottom-left'] as const).map((p) => [p, w(p)])}
                onPick={(position) => set({ position: position as Appearance['position'] })}
              />
              <Pick
                label={w('theme')}
                value={draft.theme ?? 'auto'}
                options={(['auto', 'light', 'dark'] as const).map((theme) => [theme, w(`theme_${theme}`)])}
                onPick={(theme) => set({ theme: theme as Appearance['theme'] })}
              />
            </div>
            {TEXTS.map((field) => (
              <label key={field} className={page.field}>
                <span>{w(field)}</span>
                <input
                  type={field === 'logo' ? 'url' : 'text'}
                  maxLength={MOST[field]}
                  placeholder={field === 'title' ? name : undefined}
                  value={draft[field] ?? ''}
                  onChange={(e) => set({ [field]: e.currentTarget.value })}
                />
                {field === 'logo' && <small>{w('logo_why')}</small>}
              </label>
            ))}
          </div>
        </Section>
        <Button type="submit" loading={save.isPending} disabled={faint !== null}>
          {t('save')}
        </Button>
      </form>
      <Preview
        site={site}
        name={name}
        appearance={faint === null ? given : { ...given, accentText: undefined }}
      />
    </div>
  );
}

/** What was chosen; the rest is the widget's own. */
function chosen(draft: Appearance): Appearance {
  const kept = Object.entries(draft)
    .map(([field, value]) => [field, String(value ?? '').trim()] as const)
    .filter(([field, value]) => value && (!field.startsWith('accent') || isColour(value)));
  const appearance = Object.fromEntries(kept) as Appearance;
  // A text colour is one on an accent.
  if (appearance.accentText && !appearance.accent) appearance.accent = USUAL_ACCENT;
  return appearance;
}

/** The contrast of the chosen pair where it is too low; null where it can be read. */
function faintness({ accent, accentText }: Appearance): number | null {
  if (!accentText) return null;
  const ratio = contrast(accent ?? USUAL_ACCENT, accentText);
  return ratio < READABLE ? ratio : null;
}

interface ColourProps {
  label: string;
  value: string | undefined;
  usual: string;
  onChange: (value: string | undefined) => void;
}

/** By eye or by its number; without one, the widget chooses. */
function Colour({ label, value, usual, onChange }: ColourProps) {
  const w = useWords();
  return (
    <div className={page.field} role="group" aria-label={label}>
      <span aria-hidden="true">{label}</span>
      <div className={styles.colour}>
        <input
          type="color"
          aria-label={w('by_eye', { label })}
          value={value && isColour(value) ? full(value) : usual}
          onChange={(e) => onChange(e.currentTarget.value)}
        />
        <input
          aria-label={w('by_number', { label })}
          placeholder={w('automatic')}
          pattern="#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})"
          title="#0f766e"
          maxLength={7}
          value={value ?? ''}
          onChange={(e) => onChange(e.currentTarget.value.trim() || undefined)}
        />
      </div>
    </div>
  );
}
