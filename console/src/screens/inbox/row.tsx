import { memo } from 'react';
import { plainText } from '../../../../widget/src/panel/markdown';
import { Link } from 'wouter';
import type { Line } from '../../api/types';
import { useSpeech } from '../../i18n';
import { receiptOf, unreadOf } from '../../live/lines';
import { Avatar } from '../../patterns/avatar';
import { Icon } from '../../patterns/icons';
import { Due } from './due';
import { hasDraft } from './drafts';
import { nameOf, stateText } from './names';
import { QualityDot } from './quality';
import styles from './row.module.css';

export const ROW_HEIGHT = 88;

export interface RowProps {
  line: Line;
  opened: boolean;
  me: string;
  minute: number;
  chosen: boolean;
  /** Some are chosen already, or it was asked for: the box is there without being pointed at. */
  choosing: boolean;
  onChoose: (uuid: string, range: boolean) => void;
}

/** One conversation of the list: who, about what, the last words, and what it asks of the reader. */
export const Row = memo(function Row(props: RowProps) {
  const { line, chosen, choosing, onChoose } = props;
  const speech = useSpeech();
  return (
    <div className={styles.place} data-chosen={chosen} data-choosing={choosing}>
      <Told {...props} />
      <label className={styles.choose}>
        <input
          type="checkbox"
          tabIndex={choosing ? 0 : -1}
          checked={chosen}
          aria-label={speech.t('choose_name', { name: nameOf(speech, line) })}
          // Only a click tells whether Shift is held; Space is one too.
          onClick={(click) => onChoose(line.uuid, click.shiftKey)}
          onChange={() => undefined}
        />
      </label>
    </div>
  );
});

function Told({ line, opened, me, minute }: RowProps) {
  const speech = useSpeech();
  const { t } = speech;
  const unread = unreadOf(line, me);
  const name = nameOf(speech, line);
  const receipt = receiptOf(line);
  const now = new Date(minute * 60_000 + 59_999);
  return (
    <Link
      href={`/messages/${line.uuid}`}
      className={styles.row}
      aria-current={opened ? 'true' : undefined}
      data-unread={unread > 0}
      data-state={line.state}
      data-conversation={line.uuid}
    >
      <Avatar name={line.contact.name} />
      <span className={styles.body}>
        <span className={styles.top}>
          <span className={styles.name}>{name}</span>
          <QualityDot quality={line.lead_quality} />
          {line.last_message_at && (
            <time className={styles.time} dateTime={line.last_message_at}>
              {speech.ago(new Date(line.last_message_at), now)}
            </time>
          )}
        </span>
        <span className={styles.item}>
          {line.taggable_info?.title ??
            line.contact.email ??
            line.contact.phone ??
            stateText(speech, line, me)}
        </span>
        <span className={styles.bottom}>
          {receipt && (
            <span
              className={styles.receipt}
              data-read={receipt === 'read'}
              title={t(receipt === 'read' ? 'read' : 'sent')}
            >
              <Icon name={receipt === 'read' ? 'checks' : 'check'} size={15} />
              <span className="sr-only">{t(receipt === 'read' ? 'read' : 'sent')}</span>
            </span>
          )}
          <span className={styles.preview}>
            {!opened && hasDraft(me, line.uuid) && <em>{t('draft')}: </em>}
            {plainText(line.last_message_text ?? '')}
          </span>
          <Due line={line} now={now} />
          <StateMark line={line} me={me} />
          {unread > 0 && (
            <span className={styles.unread}>
              {unread > 99 ? '99+' : unread}
              <span className="sr-only"> {t('unread')}</span>
            </span>
          )}
        </span>
      </span>
    </Link>
  );
}

/** Who has it, where that is not the reader. */
function StateMark({ line, me }: { line: Line; me: string }) {
  const { t } = useSpeech();
  if (line.state === 'bot')
    return (
      <span className={styles.mark} title={t('state_bot')}>
        <Icon name="bot" size={15} />
        <span className="sr-only">{t('state_bot')}</span>
      </span>
    );
  if (line.state === 'open' && line.assignee && line.assignee.uuid !== me)
    return (
      <span className={styles.mark} title={line.assignee.name ?? ''}>
        <Avatar name={line.assignee.name} size="sm" />
        <span className="sr-only">{line.assignee.name}</span>
      </span>
    );
  if (line.state === 'snoozed' || line.state === 'closed' || line.state === 'blocked')
    return <span className={styles.label}>{t(`state_${line.state}`)}</span>;
  return null;
}
