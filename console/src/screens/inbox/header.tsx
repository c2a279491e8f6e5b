import { ActionIcon, Button, Menu } from '@mantine/core';
import { Link } from 'wouter';
import type { Conversation } from '../../api/types';
import { useSpeech } from '../../i18n';
import { useColleagues } from '../../live/colleagues';
import { Avatar } from '../../patterns/avatar';
import { Icon, type IconName } from '../../patterns/icons';
import { useMinute } from '../../patterns/minute';
import { useMe } from '../../shell/me';
import type { useAct } from './acts';
import styles from './conversation.module.css';
import type { DialogName } from './dialogs';
import { Due } from './due';
import { nameOf, stateText } from './names';
import { QualityDot } from './quality';

export interface HeaderProps {
  conversation: Conversation;
  visitorHere: boolean | null;
  onDialog: (name: DialogName) => void;
  act: ReturnType<typeof useAct>;
  onUnread: () => void;
  onLead: () => void;
  leadShown: boolean;
}

/** Whom one talks to, who has it, who else looks at it, and what can be done with it. */
export function Header(props: HeaderProps) {
  const speech = useSpeech();
  const { t } = speech;
  const { conversation } = props;
  const me = useMe().uuid;
  const minute = useMinute();
  return (
    <header className={styles.header}>
      <Link href="/messages" className={styles.back} aria-label={t('back_to_list')}>
        <ActionIcon component="span" variant="subtle" color="gray" size="lg">
          <Icon name="back" />
        </ActionIcon>
      </Link>
      <Avatar name={conversation.contact.name} online={props.visitorHere ?? undefined} />
      <div className={styles.who}>
        <h2>
          <span>{nameOf(speech, conversation)}</span>
          <QualityDot quality={conversation.lead_quality} />
        </h2>
        <p className={styles.about}>
          <span className={styles.state} data-state={conversation.state}>
            {stateText(speech, conversation, me)}
          </span>
          <Due line={conversation} now={new Date(minute * 60_000 + 59_999)} inWords />
        </p>
      </div>
      <Viewers conversation={conversation} />
      <Acts {...props} />
    </header>
  );
}

/** Colleagues who have it open, the reader left out. */
function Viewers({ conversation }: { conversation: Conversation }) {
  const { t } = useSpeech();
  const me = useMe().uuid;
  const viewers = useColleagues().filter((c) => c.viewing === conversation.uuid && c.uuid !== me);
  if (!viewers.length) return null;
  const names = viewers.map((v) => v.name).join(', ');
  return (
    <span
      className={styles.viewers}
      role="img"
      aria-label={t('viewed_by', { names })}
      title={t('viewed_by', { names })}
    >
      {viewers.slice(0, 3).map((viewer) => (
        <Avatar key={viewer.uuid} name={viewer.name} size="sm" />
      ))}
    </span>
  );
}

function Acts({ conversation, onDialog, act, onUnread, onLead, leadShown }: HeaderProps) {
  const { t } = useSpeech();
  const me = useMe();
  const { state, handler, assignee } = conversation;
  // One that is only offered has nobody until it is taken.
  const mine = handler === 'seller' && assignee?.uuid === me.uuid;
  if (conversation.lost) return null;
  const active = state !== 'closed' && state !== 'blocked';
  const taken = handler === 'seller' && !mine && me.role !== 'admin';
  return (
    <div className={styles.acts}>
      {active && !mine && !taken && (
        <Button
          size="xs"
          className={styles.secondary}
          onClick={() => act.mutate({ kind: 'take' })}
          loading={act.isPending}
        >
          {t('take_over')}
        </Button>
      )}
      {state === 'closed' && (
        <Button
          size="xs"
          variant="default"
          onClick={() => act.mutate({ kind: 'reopen' })}
          loading={act.isPending}
        >
          {t('reopen')}
        </Button>
      )}
      {active && (
        <>
          <Tool icon="assign" label={t('assign')} keys="A" onClick={() => onDialog('assign')} secondary />
          <Tool icon="clock" label={t('snooze')} keys="Z" onClick={() => onDialog('snooze')} secondary />
          <Tool icon="check" label={t('close_conversation')} keys="E" onClick={() => onDialog('close')} />
        </>
      )}
      <More conversation={conversation} onDialog={onDialog} act={act} onUnread={onUnread} />
      <Tool icon="panel" label={t('lead')} keys="I" onClick={onLead} pressed={leadShown} />
    </div>
  );
}

function Tool(props: {
  icon: IconName;
  label: string;
  keys: string;
  onClick: () => void;
  secondary?: boolean;
  pressed?: boolean;
}) {
  return (
    <ActionIcon
      variant={props.pressed ? 'light' : 'subtle'}
      color={props.pressed ? 'ink' : 'gray'}
      size="lg"
      className={props.secondary ? styles.secondary : undefined}
      aria-label={props.label}
      title={`${props.label} · ${props.keys}`}
      aria-pressed={props.pressed}
      onClick={props.onClick}
    >
      <Icon name={props.icon} />
    </ActionIcon>
  );
}

function More({
  conversation,
  onDialog,
  act,
  onUnread,
}: Omit<HeaderProps, 'visitorHere' | 'onLead' | 'leadShown'>) {
  const { t } = useSpeech();
  const { state, handler } = conversation;
  const active = state !== 'closed' && state !== 'blocked';
  return (
    <Menu position="bottom-end" width={230}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('more_acts')}>
          <Icon name="more" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<Icon name="mail" size={16} />} onClick={onUnread}>
          {t('mark_unread')}
        </Menu.Item>
        {active && (
          <>
            <Menu.Item leftSection={<Icon name="assign" size={16} />} onClick={() => onDialog('assign')}>
              {t('assign')}
            </Menu.Item>
            <Menu.Item leftSection={<Icon name="clock" size={16} />} onClick={() => onDialog('snooze')}>
              {t('snooze')}
            </Menu.Item>
          </>
        )}
        {active && handler !== 'assistant' && (
          <Menu.Item leftSection={<Icon name="bot" size={16} />} onClick={() => onDialog('return')}>
            {t('return_to_bot')}
          </Menu.Item>
        )}
        {state === 'snoozed' && (
          <Menu.Item
            leftSection={<Icon name="bell" size={16} />}
            onClick={() => act.mutate({ kind: 'snooze', until: null })}
          >
            {t('wake')}
          </Menu.Item>
        )}
        {state === 'blocked' ? (
          <Menu.Item
            leftSection={<Icon name="ban" size={16} />}
            onClick={() => act.mutate({ kind: 'block', blocked: false })}
          >
            {t('unblock')}
          </Menu.Item>
        ) : (
          <Menu.Item
            leftSection={<Icon name="ban" size={16} />}
            className={styles.danger}
            onClick={() => onDialog('block')}
          >
            {t('block')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
