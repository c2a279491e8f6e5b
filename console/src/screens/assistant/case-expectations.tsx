import { Switch } from '@mantine/core';
import { LOCALE_NAMES, LOCALES } from '../../i18n';
import { page, Pick } from '../../patterns/page';
import styles from './assistant.module.css';
import type { CaseDraft, Field, YesNo } from './case-draft';
import { useModelName } from './evals-data';
import { useEvalWords } from './evals-words';

const FIELDS: readonly Field[] = ['name', 'email', 'phone'];
const TIERS = ['hot', 'warm', 'cold'] as const;

interface Props {
  draft: CaseDraft;
  onChange: (some: Partial<CaseDraft>) => void;
}

/** Everything that a reply can be held to. What is left empty is not checked. */
export function Expectations({ draft, onChange }: Props) {
  const w = useEvalWords();
  return (
    <fieldset className={styles.expectations}>
      <legend>{w('expectations')}</legend>
      <Texts draft={draft} onChange={onChange} />
      <div className={page.row}>
        <Pick
          label={w('case_language')}
          value={draft.language}
          options={[['', w('any')], ...LOCALES.map((one) => [one, LOCALE_NAMES[one]] as const)]}
          onPick={(language) => onChange({ language: language as CaseDraft['language'] })}
        />
        <Ask label={w('case_consent')} value={draft.consent} onPick={(consent) => onChange({ consent })} />
        <Ask
          label={w('case_hands_off')}
          value={draft.handsOff}
          onPick={(handsOff) => onChange({ handsOff })}
        />
        <Pick
          label={w('case_tier')}
          value={draft.tier}
          options={[['', w('any')], ...TIERS.map((one) => [one, w(`tier_${one}`)] as const)]}
          onPick={(tier) => onChange({ tier: tier as CaseDraft['tier'] })}
        />
        <label className={page.field}>
          <span>{w('case_words')}</span>
          <input
            type="number"
            min={1}
            max={2000}
            value={draft.words}
            onChange={(e) => onChange({ words: e.currentTarget.value })}
          />
        </label>
        <label className={page.field}>
          <span>{w('case_card')}</span>
          <input
            maxLength={300}
            value={draft.card}
            onChange={(e) => onChange({ card: e.currentTarget.value })}
          />
        </label>
      </div>
      <Captures draft={draft} onChange={onChange} />
      <Switch
        label={w('case_no_price')}
        checked={draft.noPrice}
        onChange={(e) => onChange({ noPrice: e.currentTarget.checked })}
      />
      <Judge draft={draft} onChange={onChange} />
    </fieldset>
  );
}

function Texts({ draft, onChange }: Props) {
  const w = useEvalWords();
  const texts = [
    ['contains', w('case_has'), undefined],
    ['lacks', w('case_lacks'), undefined],
    ['regex', w('case_regex'), w('case_regex_rule')],
  ] as const;
  return texts.map(([key, label, rule]) => (
    <label key={key} className={page.field}>
      <span>{label}</span>
      <textarea
        rows={2}
        spellCheck={key !== 'regex'}
        value={draft[key]}
        onChange={(e) => onChange({ [key]: e.currentTarget.value })}
      />
      {rule && <small>{rule}</small>}
    </label>
  ));
}

function Ask(props: { label: string; value: YesNo; onPick: (value: YesNo) => void }) {
  const w = useEvalWords();
  return (
    <Pick
      label={props.label}
      value={props.value}
      options={[
        ['', w('any')],
        ['yes', w('must')],
        ['no', w('must_not')],
      ]}
      onPick={(value) => props.onPick(value as YesNo)}
    />
  );
}

function Captures({ draft, onChange }: Props) {
  const w = useEvalWords();
  const toggle = (field: Field, on: boolean): void =>
    onChange({ captures: FIELDS.filter((one) => (one === field ? on : draft.captures.includes(one))) });
  return (
    <fieldset className={styles.choices}>
      <legend>{w('case_captures')}</legend>
      {FIELDS.map((field) => (
        <label key={field}>
          <input
            type="checkbox"
            checked={draft.captures.includes(field)}
            onChange={(e) => toggle(field, e.currentTarget.checked)}
          />
          {w(`field_${field}`)}
        </label>
      ))}
    </fieldset>
  );
}

function Judge({ draft, onChange }: Props) {
  const w = useEvalWords();
  const model = useModelName();
  return (
    <label className={page.field}>
      <span>{w('case_judge')}</span>
      <textarea
        rows={2}
        maxLength={1000}
        value={draft.judge}
        onChange={(e) => onChange({ judge: e.currentTarget.value })}
      />
      <small>{w(model.data === null ? 'case_judge_none' : 'case_judge_rule')}</small>
    </label>
  );
}
