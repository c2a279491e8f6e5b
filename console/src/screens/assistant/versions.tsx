import { Button } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'wouter';
import { useSpeech } from '../../i18n';
import { Icon } from '../../patterns/icons';
import { page, Section } from '../../patterns/page';
import styles from './assistant.module.css';
import { useVersionActs, type Version, type Versions } from './data';
import { versionName } from './names';
import { useRehearsalWords } from './playground-words';
import { PublishDialog } from './publish';
import { useWords } from './words';

/** `onEdit` is given the version to begin from. */
export function VersionList({ all, onEdit }: { all: Versions; onEdit: (number: number) => void }) {
  const w = useWords();
  const [publishing, publish] = useState<number | null>(null);
  return (
    <>
      <InForce all={all} onPublish={publish} />
      <Section title={w('tab_versions')} why={w('versions_why')} wide>
        <Button
          leftSection={<Icon name="plus" size={16} />}
          onClick={() => onEdit(all.canary?.number ?? all.live)}
        >
          {w('new_version')}
        </Button>
        <ul className={page.list}>
          {all.data.map((one) => (
            <Line
              key={one.number}
              one={one}
              live={all.live}
              onEdit={() => onEdit(one.number)}
              onPublish={() => publish(one.number)}
            />
          ))}
          <li>
            <div className={page.grow}>
              <strong>{w('shipped')}</strong>
              <small>{w('shipped_why')}</small>
            </div>
            <Button variant="default" size="xs" onClick={() => onEdit(0)}>
              {w('begin_from', { version: w('shipped') })}
            </Button>
          </li>
        </ul>
      </Section>
      {publishing !== null && <PublishDialog number={publishing} all={all} onClose={() => publish(null)} />}
    </>
  );
}

function InForce({ all, onPublish }: { all: Versions; onPublish: (number: number) => void }) {
  const { dateTime } = useSpeech();
  const w = useWords();
  const { rollBack } = useVersionActs();
  const { live, since, canary } = all;
  return (
    <Section title={w('in_force')} wide>
      <p role="status" className={styles.force}>
        <strong>{versionName(w, live)}</strong>
        {since && <span>{w('since', { when: dateTime(new Date(since)) })}</span>}
        {canary && (
          <span>{w('on_trial', { version: versionName(w, canary.number), percent: canary.percent })}</span>
        )}
      </p>
      <div className={page.row}>
        {canary && <Button onClick={() => onPublish(canary.number)}>{w('trial_for_all')}</Button>}
        {(canary !== null || live !== 0) && (
          <Button
            variant="default"
            leftSection={<Icon name="reopen" size={16} />}
            loading={rollBack.isPending}
            onClick={() => rollBack.mutate()}
          >
            {w(canary ? 'end_trial' : 'roll_back')}
          </Button>
        )}
      </div>
    </Section>
  );
}

interface LineProps {
  one: Version;
  live: number;
  onEdit: () => void;
  onPublish: () => void;
}

function Line({ one, live, onEdit, onPublish }: LineProps) {
  const { dateTime } = useSpeech();
  const w = useWords();
  const r = useRehearsalWords();
  const { archive } = useVersionActs();
  const version = versionName(w, one.number);
  return (
    <li>
      <div className={page.grow}>
        <strong>{version}</strong>{' '}
        <span className={styles.state} data-state={one.state}>
          {w(`state_${one.state}`)}
        </span>
        <small>
          {[
            one.author,
            dateTime(new Date(one.created_at)),
            one.base !== null && w('made_from', { version: versionName(w, one.base) }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </small>
        {one.note && <div>{one.note}</div>}
      </div>
      <Link className={styles.link} href={`/assistant/compare?old=${live}&new=${one.number}`}>
        {w('differences')}
        <span className="sr-only"> {version}</span>
      </Link>
      <Link className={styles.link} href={`/assistant/playground?version=${one.number}`}>
        {r('try_it')}
        <span className="sr-only"> {version}</span>
      </Link>
      <Button variant="default" size="xs" onClick={onEdit} aria-label={w('begin_from', { version })}>
        {w('edit')}
      </Button>
      {one.state === 'draft' && (
        <Button
          variant="subtle"
          size="xs"
          loading={archive.isPending}
          aria-label={w('archive_version', { version })}
          onClick={() => archive.mutate(one.number)}
        >
          {w('archive')}
        </Button>
      )}
      {one.state !== 'published' && !one.put_away && (
        <Button size="xs" onClick={onPublish} aria-label={w('publish_version', { version })}>
          {w('publish')}
        </Button>
      )}
    </li>
  );
}
