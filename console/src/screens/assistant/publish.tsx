import { Button, Modal } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { Link } from 'wouter';
import { ApiProblem } from '../../api/problem';
import { useSpeech } from '../../i18n';
import { page } from '../../patterns/page';
import { problemText } from '../../patterns/problems';
import styles from './assistant.module.css';
import { useVersionActs, type Versions } from './data';
import { versionName } from './names';
import { useWords } from './words';

/** How many, when, and why; and, when blocking cases do not pass, which, and the reason for doing it all the same. */
export function PublishDialog(props: { number: number; all: Versions; onClose: () => void }) {
  const { number, all, onClose } = props;
  const { t } = useSpeech();
  const w = useWords();
  const { publish } = useVersionActs();
  const trial = all.canary?.number === number;
  const [percent, setPercent] = useState(trial ? '100' : '10');
  const [at, setAt] = useState('');
  const [reason, setReason] = useState('');
  const [override, setOverride] = useState('');
  const gate = publish.error instanceof ApiProblem && publish.error.code === 'prompt.cases_fail';
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    publish.mutate(
      {
        number,
        percent: Number(percent),
        ...(at && { at: new Date(at).toISOString() }),
        ...(reason.trim() && { reason: reason.trim() }),
        ...(gate && { override: override.trim() }),
      },
      { onSuccess: onClose },
    );
  };
  const names = { version: versionName(w, number), live: versionName(w, all.live) };
  return (
    <Modal
      opened
      onClose={onClose}
      title={w('publish_version', names)}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <form className={page.stack} onSubmit={submit}>
        <p>{percent === '100' ? w('replaces', names) : w('tries', { ...names, percent: percent || '…' })}</p>
        <div className={page.row}>
          <label className={page.field}>
            <span>{w('percent')}</span>
            <input
              required
              type="number"
              min={1}
              max={100}
              value={percent}
              onChange={(e) => setPercent(e.currentTarget.value)}
            />
          </label>
          <label className={page.field}>
            <span>{w('when')}</span>
            <input type="datetime-local" value={at} onChange={(e) => setAt(e.currentTarget.value)} />
          </label>
        </div>
        <small className={page.dim}>{w('when_rule')}</small>
        <label className={page.field}>
          <span>{w('reason')}</span>
          <input maxLength={500} value={reason} onChange={(e) => setReason(e.currentTarget.value)} />
        </label>
        {publish.isError && <Refusal error={publish.error} number={number} onLeave={onClose} />}
        {gate && (
          <label className={page.field}>
            <span>{w('override')}</span>
            <input
              required
              minLength={3}
              maxLength={500}
              value={override}
              onChange={(e) => setOverride(e.currentTarget.value)}
            />
            <small>{w('override_rule')}</small>
          </label>
        )}
        <div className={page.row}>
          <Button type="submit" color={gate ? 'red' : undefined} loading={publish.isPending}>
            {w(gate ? 'publish_anyway' : at ? 'schedule' : 'publish')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

function Refusal(props: { error: Error; number: number; onLeave: () => void }) {
  const { error, number, onLeave } = props;
  const speech = useSpeech();
  const w = useWords();
  const code = error instanceof ApiProblem ? error.code : '';
  const known: Record<string, string> = {
    'prompt.cases_fail': w('cases_fail'),
    'prompt.archived': w('is_archived'),
    'prompt.other_trial': w('other_trial'),
  };
  return (
    <div role="alert" className={styles.mistakes}>
      <strong>{known[code] ?? problemText(speech, error)}</strong>
      {code === 'prompt.cases_fail' && error instanceof ApiProblem && (
        <>
          <ul>
            {error.fields.map((one) => (
              <li key={one.field}>
                {one.message} · {w(one.code === 'not_run' ? 'case_not_run' : 'case_failed')}
              </li>
            ))}
          </ul>
          <p>
            <Link
              className={styles.link}
              href={`/assistant/evals?tested=${number}&which=blocking`}
              onClick={onLeave}
            >
              {w('to_cases', { version: versionName(w, number) })}
            </Link>
          </p>
        </>
      )}
    </div>
  );
}
