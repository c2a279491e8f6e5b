import { Button, TextInput } from '@mantine/core';
import { type Key, useSpeech } from '../../i18n';
import { OUTCOMES } from '../../api/types';
import { Icon } from '../../patterns/icons';
import { QUALITIES, QualityDot } from '../inbox/quality';
import { type LeadCounts, type LeadFilter, NO_FILTER } from './data';
import styles from './leads.module.css';
import { useWords } from './words';

export interface FiltersProps {
  filter: LeadFilter;
  onFilter: (filter: LeadFilter) => void;
  counts?: LeadCounts | undefined;
  /** Gaps are of every tier; an export takes whom it may, and text is for looking. */
  part?: 'leads' | 'gaps' | 'exports';
}

const CONSENTS = ['granted', 'refused', 'none'] as const;

export function Filters({ filter, onFilter, counts, part = 'leads' }: FiltersProps) {
  const { t, number } = useSpeech();
  const w = useWords();
  const set = (change: Partial<LeadFilter>): void => onFilter({ ...filter, ...change });
  const exporting = part === 'exports';
  const { text, quality: _quality, consent, ...rest } = filter;
  const narrowing = [...Object.values(rest), !exporting && consent].filter(Boolean).length;
  const narrowed = narrowing > 0 || filter.quality || (!exporting && text);
  return (
    <form className={styles.filters} role="search" onSubmit={(event) => event.preventDefault()}>
      {!exporting && (
        <TextInput
          type="search"
          className={styles.search}
          aria-label={w('search')}
          placeholder={w('search')}
          leftSection={<Icon name="search" size={16} />}
          maxLength={200}
          value={text}
          onChange={(e) => set({ text: e.currentTarget.value })}
        />
      )}
      {part !== 'gaps' && (
        <div className={styles.tiers} role="group" aria-label={t('quality')}>
          {QUALITIES.map((quality) => (
            <button
              key={quality}
              type="button"
              aria-pressed={filter.quality === quality}
              onClick={() => set({ quality: filter.quality === quality ? '' : quality })}
            >
              <span aria-hidden="true">
                <QualityDot quality={quality} />
              </span>
              {t(`quality_${quality}`)}
              {counts && <small>{number(counts.quality[quality])}</small>}
            </button>
          ))}
        </div>
      )}
      <details className={styles.moreFilters}>
        <summary>{narrowing ? w('more_filters_count', { count: narrowing }) : w('more_filters')}</summary>
        <div>
          <Choice
            label={t('outcome')}
            value={filter.outcome}
            options={OUTCOMES.map((o) => [o, t(`outcome_${o}` as Key)])}
            onChange={(outcome) => set({ outcome: outcome as LeadFilter['outcome'] })}
          />
          {!exporting && (
            <Choice
              label={w('consent')}
              value={consent}
              options={CONSENTS.map((c) => [c, w(`consent_${c}`)])}
              onChange={(one) => set({ consent: one as LeadFilter['consent'] })}
            />
          )}
          <Short label={w('campaign')} value={filter.campaign} onChange={(campaign) => set({ campaign })} />
          <Short label={w('item')} value={filter.item} onChange={(item) => set({ item })} />
          <Day label={w('from')} value={filter.from} onChange={(from) => set({ from })} />
          <Day label={w('to')} value={filter.to} onChange={(to) => set({ to })} />
        </div>
      </details>
      {narrowed && (
        <Button variant="subtle" size="xs" onClick={() => onFilter(NO_FILTER)}>
          {w('clear')}
        </Button>
      )}
    </form>
  );
}

interface FieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
}

function Choice({ label, value, options, onChange }: FieldProps & { options: [string, string][] }) {
  const w = useWords();
  return (
    <label className={styles.field}>
      <span>{label}</span>
      <select value={value} onChange={(e) => onChange(e.currentTarget.value)}>
        <option value="">{w('any')}</option>
        {options.map(([code, name]) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

function Short({ label, value, onChange }: FieldProps) {
  return (
    <label className={styles.field}>
      <span>{label}</span>
      <input value={value} maxLength={200} onChange={(e) => onChange(e.currentTarget.value)} />
    </label>
  );
}

function Day({ label, value, onChange }: FieldProps) {
  return (
    <label className={styles.field}>
      <span>{label}</span>
      <input type="date" value={value} onChange={(e) => onChange(e.currentTarget.value)} />
    </label>
  );
}
