import { Button } from '@mantine/core';
import { useSpeech } from '../../i18n';
import { Quiet } from '../../patterns/failure';
import { page, Section } from '../../patterns/page';
import { type Release, useVersionActs, type Versions } from './data';
import { versionName } from './names';
import { useWords } from './words';

/** What was published, by whom and why; and what is still to come, which can be called off. */
export function Releases({ all }: { all: Versions }) {
  const w = useWords();
  const coming = new Set(all.scheduled.map((one) => one.id));
  return (
    <Section title={w('tab_releases')} why={w('releases_why')} wide>
      {all.releases.length ? (
        <ul className={page.list}>
          {all.releases.map((one) => (
            <Line key={one.id} one={one} coming={coming.has(one.id)} />
          ))}
        </ul>
      ) : (
        <Quiet icon="clock" title={w('releases_none')} />
      )}
    </Section>
  );
}

function Line({ one, coming }: { one: Release; coming: boolean }) {
  const { dateTime } = useSpeech();
  const w = useWords();
  const { cancel } = useVersionActs();
  const marks = [
    one.rollback && w('was_rollback'),
    one.overridden && w('was_overridden'),
    one.cancelled && w('was_cancelled'),
    coming && w('state_scheduled'),
  ];
  return (
    <li>
      <div className={page.grow}>
        <strong>{w('release', { version: versionName(w, one.number), percent: one.percent })}</strong>
        <small>{[dateTime(new Date(one.at)), one.by, ...marks].filter(Boolean).join(' · ')}</small>
        {one.reason && <div>{one.reason}</div>}
      </div>
      {coming && (
        <Button variant="default" size="xs" loading={cancel.isPending} onClick={() => cancel.mutate(one.id)}>
          {w('call_off')}
        </Button>
      )}
    </li>
  );
}
