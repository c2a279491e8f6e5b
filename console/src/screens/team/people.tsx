import { Button, Modal } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { Colleague, Role } from '../../api/types';
import { useSpeech } from '../../i18n';
import { Avatar } from '../../patterns/avatar';
import { Icon } from '../../patterns/icons';
import { CopyText, Loaded, page, Pick, ReadOnly, Section } from '../../patterns/page';
import { useMe } from '../../shell/me';
import { linkOf, type StaffLink, usePeople, usePeopleActs } from './data';
import { Invitations } from './invitations';
import styles from './team.module.css';
import { useWords } from './words';

const ROLES: readonly Role[] = ['seller', 'marketing', 'admin'];

export function People() {
  const w = useWords();
  const me = useMe();
  const people = usePeople();
  const [link, show] = useState<StaffLink | null>(null);
  const admin = me.role === 'admin';
  return (
    <>
      {admin ? <Invite onLink={show} /> : <ReadOnly text={w('read_only')} />}
      <Section title={w('people')} why={admin ? w('people_why') : undefined} wide>
        <Loaded query={people}>
          {(all) => (
            <ul className={styles.people}>
              {all.map((one) => (
                <Person key={one.uuid} one={one} admin={admin} onLink={show} />
              ))}
            </ul>
          )}
        </Loaded>
      </Section>
      {admin && <Invitations onLink={show} />}
      {link && <LinkDialog link={link} onClose={() => show(null)} />}
    </>
  );
}

function Invite({ onLink }: { onLink: (link: StaffLink) => void }) {
  const { t } = useSpeech();
  const w = useWords();
  const { invite } = usePeopleActs();
  const [email, setEmail] = useState('');
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('seller');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const body = { email: email.trim(), role, ...(name.trim() && { name: name.trim() }) };
    invite.mutate(body, {
      onSuccess: (link) => {
        setEmail('');
        setName('');
        onLink(link);
      },
    });
  };
  return (
    <Section title={w('invite')} why={w('invite_why')} wide>
      <form className={page.row} onSubmit={submit}>
        <label className={page.field} data-wide>
          <span>{t('email')}</span>
          <input
            type="email"
            required
            maxLength={254}
            value={email}
            onChange={(e) => setEmail(e.currentTarget.value)}
          />
        </label>
        <label className={page.field} data-wide>
          <span>{w('name_optional')}</span>
          <input maxLength={200} value={name} onChange={(e) => setName(e.currentTarget.value)} />
        </label>
        <RolePick value={role} onPick={setRole} />
        <Button type="submit" loading={invite.isPending} leftSection={<Icon name="plus" size={16} />}>
          {w('invite_act')}
        </Button>
      </form>
    </Section>
  );
}

function RolePick(props: {
  value: Role;
  onPick: (role: Role) => void;
  disabled?: boolean;
  hidden?: boolean;
  label?: string;
}) {
  const { t } = useSpeech();
  const w = useWords();
  return (
    <Pick
      label={props.label ?? w('role')}
      value={props.value}
      options={ROLES.map((role) => [role, t(`role_${role}`)])}
      onPick={(role) => props.onPick(role as Role)}
      disabled={props.disabled}
      hidden={props.hidden}
    />
  );
}

interface PersonProps {
  one: Colleague;
  admin: boolean;
  onLink: (link: StaffLink) => void;
}

function Person({ one, admin, onLink }: PersonProps) {
  const { t, languageName } = useSpeech();
  const w = useWords();
  const me = useMe();
  const { change, reset } = usePeopleActs();
  const self = one.uuid === me.uuid;
  const answers = one.role !== 'marketing';
  // Whoever looks at this is here, whatever was known when the list was made.
  const online = one.online || self;
  return (
    <li data-disabled={one.disabled}>
      <Avatar name={one.name} online={online && !one.away} />
      <div className={styles.who}>
        <strong>
          {one.name}
          {self && ` (${w('you')})`}
        </strong>
        <small>{one.email}</small>
        <small>
          {stateOf({ ...one, online }, w)}
          {one.languages.length > 0 && ` · ${one.languages.map(languageName).join(', ')}`}
        </small>
      </div>
      {admin ? (
        <div className={styles.controls}>
          <RolePick
            label={w('role_of', { name: one.name })}
            hidden
            value={one.role}
            disabled={change.isPending || one.disabled}
            onPick={(role) => change.mutate({ uuid: one.uuid, role })}
          />
          {answers ? (
            <Capacity
              key={one.capacity}
              one={one}
              onSet={(capacity) => change.mutate({ uuid: one.uuid, capacity })}
            />
          ) : (
            <span className={styles.capacity} aria-hidden="true" />
          )}
          <Button
            size="xs"
            variant="default"
            aria-label={w('reset_of', { name: one.name })}
            loading={reset.isPending}
            disabled={one.disabled}
            onClick={() => reset.mutate(one.uuid, { onSuccess: onLink })}
          >
            {w('reset')}
          </Button>
          <Button
            size="xs"
            variant="subtle"
            color={one.disabled ? undefined : 'red'}
            aria-label={w(one.disabled ? 'enable_of' : 'disable_of', { name: one.name })}
            disabled={self}
            loading={change.isPending}
            onClick={() => change.mutate({ uuid: one.uuid, disabled: !one.disabled })}
          >
            {w(one.disabled ? 'enable' : 'disable')}
          </Button>
        </div>
      ) : (
        <span className={styles.role}>{t(`role_${one.role}`)}</span>
      )}
    </li>
  );
}

function stateOf(one: Colleague, w: ReturnType<typeof useWords>): string {
  if (one.disabled) return w('state_disabled');
  if (one.away) return w('state_away');
  return w(one.online ? 'state_online' : 'state_offline');
}

/** How many conversations at once; written when one leaves the field, or with Enter. */
function Capacity({ one, onSet }: { one: Colleague; onSet: (capacity: number) => void }) {
  const w = useWords();
  const [text, setText] = useState(String(one.capacity));
  const settle = (): void => {
    const capacity = Math.min(100, Math.max(0, Math.round(Number(text))));
    if (text.trim() === '' || Number.isNaN(capacity) || capacity === one.capacity)
      setText(String(one.capacity));
    else onSet(capacity);
  };
  return (
    <label className={page.field} title={w('capacity_why')}>
      <span className="sr-only">{w('capacity_of', { name: one.name })}</span>
      <input
        type="number"
        className={styles.capacity}
        min={0}
        max={100}
        value={text}
        disabled={one.disabled}
        onChange={(e) => setText(e.currentTarget.value)}
        onBlur={settle}
        onKeyDown={(e) => e.key === 'Enter' && settle()}
      />
    </label>
  );
}

function LinkDialog({ link, onClose }: { link: StaffLink; onClose: () => void }) {
  const { t, dateTime } = useSpeech();
  const w = useWords();
  const { slug } = useMe().site;
  const until = dateTime(new Date(link.expires_at));
  return (
    <Modal
      opened
      onClose={onClose}
      title={w(link.token ? 'link_title' : 'mailed_title')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <p>{w(link.token ? 'link_text' : 'mailed_text', { email: link.email, until })}</p>
      {link.token && (
        <CopyText text={linkOf(link.token, slug)} label={w('link')} button={w('copy')} copied={w('copied')} />
      )}
    </Modal>
  );
}
