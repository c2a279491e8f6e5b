import { Button } from '@mantine/core';
import { useSpeech } from '../../i18n';
import { useColleagues } from '../../live/colleagues';
import { page, Section } from '../../patterns/page';
import { type Letter, useLetters, useReplay } from './data';
import { useWords } from './words';

const SHOWN = 50;

/** For admins: what was tried in vain and put aside. Nothing to see while there is nothing. */
export function Undelivered() {
  const w = useWords();
  const letters = useLetters();
  if (!letters.data?.length) return null;
  return (
    <Section title={w('undelivered', { count: letters.data.length })} why={w('undelivered_why')}>
      <ul className={page.list}>
        {letters.data.slice(0, SHOWN).map((one) => (
          <One key={one.id} one={one} />
        ))}
      </ul>
    </Section>
  );
}

function One({ one }: { one: Letter }) {
  const { dateTime } = useSpeech();
  const w = useWords();
  const replay = useReplay();
  const staff = useColleagues().find(({ uuid }) => uuid === one.staff_id)?.name;
  const name = [w(`letter_${one.kind}`), one.channel && w(one.channel), staff].filter(Boolean).join(' · ');
  return (
    <li>
      <div className={page.grow}>
        <strong>{name}</strong>
        <small>
          {dateTime(new Date(one.created_at))} · {w('attempts', { count: one.attempts })}
          {one.failure && (
            <>
              {' · '}
              <code>{one.failure}</code>
            </>
          )}
        </small>
      </div>
      <Button
        size="xs"
        variant="default"
        aria-label={w('replay_of', { name })}
        loading={replay.isPending}
        onClick={() => replay.mutate(one.id)}
      >
        {w('replay')}
      </Button>
    </li>
  );
}
