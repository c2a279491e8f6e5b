import { Button, Progress } from '@mantine/core';
import { useState } from 'react';
import { useSpeech } from '../../i18n';
import { Loading, Quiet, Refused } from '../../patterns/failure';
import { Icon } from '../../patterns/icons';
import { tellProblem } from '../../patterns/problems';
import {
  download,
  type ExportRequest,
  type LeadExport,
  type LeadFilter,
  useExportActs,
  useExports,
} from './data';
import { Filters, type FiltersProps } from './filters';
import styles from './leads.module.css';
import { useWords } from './words';

const PROFILES = ['full', 'hubspot', 'salesforce', 'mailchimp', 'excel'] as const;
const FORMATS = ['csv', 'xlsx', 'jsonl'] as const;
const UNITS = ['lead', 'conversation'] as const;

/** Files for other tools: asked for here, made by the server in the background, kept for a day. */
export function Exports({ filter, onFilter }: FiltersProps) {
  const w = useWords();
  const exports = useExports();
  return (
    <div className={styles.scroll}>
      <Filters part="exports" filter={filter} onFilter={onFilter} />
      <NewExport filter={filter} />
      {exports.isPending ? (
        <Loading />
      ) : exports.isError ? (
        <Refused error={exports.error} retry={() => void exports.refetch()} />
      ) : exports.data.length ? (
        <ul className={styles.exports} aria-label={w('tab_exports')}>
          {exports.data.map((one) => (
            <OneExport key={one.id} one={one} />
          ))}
        </ul>
      ) : (
        <Quiet icon="download" title={w('exports_none')} text={w('exports_none_text')} />
      )}
    </div>
  );
}

function NewExport({ filter }: { filter: LeadFilter }) {
  const w = useWords();
  const { start } = useExportActs();
  const [profile, setProfile] = useState<(typeof PROFILES)[number]>('full');
  const [format, setFormat] = useState<(typeof FORMATS)[number]>('csv');
  const [unit, setUnit] = useState<(typeof UNITS)[number]>('lead');
  const [missing, setMissing] = useState('');
  const submit = (): void => {
    const body = {
      profile,
      format: profile === 'excel' ? 'csv' : format,
      unit,
      filter: filterOf(filter),
      ...(missing.trim() && { missing: missing.trim() }),
    } satisfies Partial<ExportRequest>;
    start.mutate(body as ExportRequest);
  };
  return (
    <form
      className={styles.newExport}
      aria-label={w('export_new')}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <p>{w('export_why')}</p>
      <Pick
        label={w('profile')}
        value={profile}
        options={PROFILES.map((p) => [p, w(`profile_${p}`)])}
        onPick={setProfile}
      />
      {profile !== 'excel' && (
        <Pick
          label={w('format')}
          value={format}
          options={FORMATS.map((f) => [f, f.toUpperCase()])}
          onPick={setFormat}
        />
      )}
      <Pick label={w('unit')} value={unit} options={UNITS.map((u) => [u, w(`unit_${u}`)])} onPick={setUnit} />
      {profile === 'salesforce' && (
        <label className={styles.field} title={w('missing_why')}>
          <span>{w('missing')}</span>
          <input maxLength={200} value={missing} onChange={(e) => setMissing(e.currentTarget.value)} />
        </label>
      )}
      <Button type="submit" loading={start.isPending} leftSection={<Icon name="download" size={16} />}>
        {w('export_start')}
      </Button>
    </form>
  );
}

/** The list's filter, as far as an export knows it: consent is the export's own matter, and text is for looking. */
function filterOf({ from, to, quality, outcome, campaign, item }: LeadFilter) {
  return {
    ...(from && { from }),
    ...(to && { to }),
    ...(quality && { quality: [quality] }),
    ...(outcome && { outcome: [outcome] }),
    ...(campaign && { campaign }),
    ...(item && { item }),
  };
}

interface PickProps<T extends string> {
  label: string;
  value: T;
  options: (readonly [T, string])[];
  onPick: (value: T) => void;
}

function Pick<T extends string>({ label, value, options, onPick }: PickProps<T>) {
  return (
    <label className={styles.field}>
      <span>{label}</span>
      <select value={value} onChange={(e) => onPick(e.currentTarget.value as T)}>
        {options.map(([code, name]) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

function OneExport({ one }: { one: LeadExport }) {
  const speech = useSpeech();
  const w = useWords();
  const { end } = useExportActs();
  const at = `/api/v1/leads/exports/${one.id}`;
  const name = one.manifest?.file.name ?? 'leads';
  const save = (path: string, file: string): void =>
    void download(path, file).catch((error: unknown) => tellProblem(speech, error));
  const running = one.state === 'running';
  const { number } = speech;
  return (
    <li data-state={one.state}>
      <div>
        <strong>
          {w(`profile_${one.request.profile}` as 'profile_full')} · {one.request.format.toUpperCase()}
        </strong>
        <small>{speech.dateTime(new Date(one.created_at))}</small>
      </div>
      <p role="status">
        {w(`state_${one.state}`, {
          scanned: number(one.scanned),
          total: one.total === null ? '…' : number(one.total),
          rows: number(one.rows ?? 0),
        })}
      </p>
      {running && (
        <Progress
          aria-label={w('progress')}
          value={one.total ? (100 * one.scanned) / one.total : 0}
          size="sm"
        />
      )}
      {one.state === 'done' && (
        <>
          <Button size="xs" onClick={() => save(`${at}/file`, name)}>
            {w('download')}
          </Button>
          <Button size="xs" variant="default" onClick={() => save(`${at}/manifest`, `${name}.manifest.json`)}>
            {w('manifest')}
          </Button>
        </>
      )}
      {(running || one.state === 'done') && (
        <Button size="xs" variant="subtle" loading={end.isPending} onClick={() => end.mutate(one.id)}>
          {w(running ? 'cancel_export' : 'remove_export')}
        </Button>
      )}
    </li>
  );
}
