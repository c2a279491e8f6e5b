import { Button, Text } from '@mantine/core';
import { useState } from 'react';
import { useSpeech } from '../../i18n';
import { Section } from '../../patterns/page';
import { Sure } from '../../patterns/sure';
import { type Invitation, type StaffLink, useInvitations, usePeopleActs } from './data';
import styles from './team.module.css';
import { useWords } from './words';

/** Who was asked and has not joined: to be asked again, or not wanted any more. Nothing to see while there is nobody. */
export function Invitations({ onLink }: { onLink: (link: StaffLink) => void }) {
  const w = useWords();
  const pending = useInvitations();
  if (!pending.data?.length) return null;
  return (
    <Section title={w('invited')} why={w('invited_why')} wide>
      <ul className={styles.people}>
        {pending.data.map((one) => (
          <Invited key={one.id} one={one} onLink={onLink} />
        ))}
      </ul>
    </Section>
  );
}

function Invited({ one, onLink }: { one: Invitation; onLink: (link: StaffLink) => void }) {
  const { t, dateTime } = useSpeech();
  const w = useWords();
  const { invite, withdraw } = usePeopleActs();
  const [asked, ask] = useState(false);
  const { email, role, name } = one;
  const until = w(one.expired ? 'invited_expired' : 'invited_until', {
    when: dateTime(new Date(one.expires_at)),
  });
  return (
    <li>
      <div className={styles.who}>
        <strong>{name ?? email}</strong>
        {name && <small>{email}</small>}
        <small>
          {[t(`role_${role}`), until, one.invited_by && w('invited_by', { name: one.invited_by })]
            .filter(Boolean)
            .join(' · ')}
        </small>
      </div>
      <div className={styles.controls}>
        <Button
          size="xs"
          variant="default"
          aria-label={w('send_again_to', { email })}
          loading={invite.isPending}
          onClick={() => invite.mutate({ email, role, ...(name && { name }) }, { onSuccess: onLink })}
        >
          {w('send_again')}
        </Button>
        <Button
          size="xs"
          variant="subtle"
          color="red"
          aria-label={w('withdraw_of', { email })}
          onClick={() => ask(true)}
        >
          {w('withdraw')}
        </Button>
      </div>
      {asked && (
        <Sure
          title={w('withdraw_of', { email })}
          act={w('withdraw')}
          pending={withdraw.isPending}
          onYes={() => withdraw.mutate(one.id, { onSettled: () => ask(false) })}
          onClose={() => ask(false)}
        >
          <Text>{w('withdraw_sure', { email })}</Text>
        </Sure>
      )}
    </li>
  );
}
