// The controls of an assistant's form. Each knows its place in the file, and what the server says is wrong there.

import { createContext, type ReactNode, use, useId, useState } from 'react';
import { page } from '../../patterns/page';
import styles from './assistant.module.css';
import { linesOf, type Mistake } from './definition-data';

const MistakesContext = createContext<readonly Mistake[]>([]);

export function MistakesAt(props: { mistakes: readonly Mistake[]; children: ReactNode }) {
  return <MistakesContext value={props.mistakes}>{props.children}</MistakesContext>;
}

export const isAt = (mistake: Mistake, place: string): boolean =>
  mistake.field === place || mistake.field.startsWith(`${place}.`);

function useMistakes(place: string): { id: string; invalid: boolean; told: ReactNode } {
  const id = useId();
  const own = use(MistakesContext).filter((one) => isAt(one, place));
  return {
    id,
    invalid: own.length > 0,
    told: own.length > 0 && (
      <small id={id} className={styles.wrong}>
        {/* The server's own words: what is wrong is too various to translate by code. */}
        {own.map((one, n) => (
          <span key={n} lang="en">
            {one.message}
          </span>
        ))}
      </small>
    ),
  };
}

interface FieldProps {
  place: string;
  label: string;
  rule?: string;
  value: string;
  onChange: (value: string) => void;
}

export function Line(props: FieldProps & { numeric?: { min: number; max: number; step: number } }) {
  const { place, label, rule, value, onChange, numeric } = props;
  const { id, invalid, told } = useMistakes(place);
  return (
    <label className={page.field}>
      <span>{label}</span>
      <input
        {...(numeric && { type: 'number', ...numeric })}
        data-place={place}
        aria-invalid={invalid}
        aria-describedby={invalid ? id : undefined}
        value={value}
        onChange={(e) => onChange(e.currentTarget.value)}
      />
      {rule && <small>{rule}</small>}
      {told}
    </label>
  );
}

export function Area(props: FieldProps & { rows: number }) {
  const { place, label, rule, value, onChange, rows } = props;
  const { id, invalid, told } = useMistakes(place);
  return (
    <label className={page.field}>
      <span>{label}</span>
      <textarea
        rows={rows}
        data-place={place}
        aria-invalid={invalid}
        aria-describedby={invalid ? id : undefined}
        value={value}
        onChange={(e) => onChange(e.currentTarget.value)}
      />
      {rule && <small>{rule}</small>}
      {told}
    </label>
  );
}

interface LinesProps extends Omit<FieldProps, 'value' | 'onChange'> {
  rows: number;
  value: readonly string[];
  onChange: (value: string[]) => void;
}

/** A list with one on a line. What is typed stays as typed: empty lines are where the next one begins. */
export function Lines({ value, onChange, ...rest }: LinesProps) {
  const [text, setText] = useState(value.join('\n'));
  const shown = linesOf(text).join('\n') === value.join('\n') ? text : value.join('\n');
  return (
    <Area
      {...rest}
      value={shown}
      onChange={(typed) => {
        setText(typed);
        onChange(linesOf(typed));
      }}
    />
  );
}

export function Checks(props: {
  place: string;
  label: string;
  value: readonly string[];
  options: readonly (readonly [string, string])[];
  onChange: (value: string[]) => void;
}) {
  const { place, label, value, options, onChange } = props;
  const { id, invalid, told } = useMistakes(place);
  const known = options.map(([code]) => code);
  const toggle = (code: string, on: boolean): void =>
    onChange(
      on ? known.filter((one) => one === code || value.includes(one)) : value.filter((one) => one !== code),
    );
  return (
    <fieldset className={styles.choices} aria-describedby={invalid ? id : undefined}>
      <legend>{label}</legend>
      {options.map(([code, name], n) => (
        <label key={code}>
          <input
            type="checkbox"
            data-place={n === 0 ? place : undefined}
            aria-invalid={invalid}
            checked={value.includes(code)}
            onChange={(e) => toggle(code, e.currentTarget.checked)}
          />
          {name}
        </label>
      ))}
      {told}
    </fieldset>
  );
}

export function Group({ title, why, children }: { title: string; why?: string; children: ReactNode }) {
  return (
    <section className={styles.group} aria-label={title}>
      <h3>{title}</h3>
      {why && <p className={page.dim}>{why}</p>}
      {children}
    </section>
  );
}
