import { useVirtualizer } from '@tanstack/react-virtual';
import { type Ref, useEffect, useImperativeHandle, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { Conversation } from '../../api/types';
import { useSpeech } from '../../i18n';
import { unreadOf } from '../../live/lines';
import { Icon } from '../../patterns/icons';
import { useMe } from '../../shell/me';
import { ItemCard } from './cards';
import type { Now } from './conversation-state';
import type { Thread } from './thread-state';
import { Markdown } from './markdown';
import { MessageRow } from './message';
import { nameOf } from './names';
import { useOutbox } from './outbox';
import { OutgoingRow } from './outgoing';
import styles from './thread.module.css';
import { rowsOf, type ThreadRow } from './thread-rows';

export interface ThreadHandle {
  /** Brings a message into view and marks it, however far back it lies. */
  show: (messageId: string) => void;
}

export interface ThreadProps {
  ref: Ref<ThreadHandle>;
  conversation: Conversation;
  thread: Thread;
  older: (far?: boolean) => Promise<void>;
  now: Now;
  onBottom: (atBottom: boolean) => void;
}

const NEAR_PX = 60;
const MOVED_PX = 4;
const TOP_PX = 200;
const SETTLED_MS = 200;
const MARKED_MS = 2500;
const GLIDE_ROWS = 60;

export function ThreadView({ ref, conversation, thread, older, now, onBottom }: ThreadProps) {
  const speech = useSpeech();
  const { t } = speech;
  const me = useMe().uuid;
  const outbox = useOutbox(conversation.uuid);
  const [unreadFrom] = useState(() => firstUnread(conversation, thread, me));
  const box = useRef<HTMLDivElement>(null);
  const [atBottom, setAtBottom] = useState(true);
  const [marked, mark] = useState<string | null>(null);
  const { running, visitorTypes } = now;
  // One's own typing comes back on the stream: only who has the conversation is meant.
  const { assignee } = conversation;
  const colleague =
    now.sellerTypes && assignee && assignee.uuid !== me ? (assignee.name ?? t('a_colleague')) : null;
  const rows = useMemo(
    () => rowsOf(thread, outbox, { running, visitorTypes, colleague }, unreadFrom),
    [thread, outbox, running, visitorTypes, colleague, unreadFrom],
  );
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: (index) => (rows[index]!.kind === 'message' ? 64 : 40),
    getItemKey: (index) => rows[index]!.key,
    overscan: 8,
    anchorTo: 'end',
    paddingStart: 12,
    paddingEnd: 16,
  });
  useEffect(() => {
    // A page that came in while one was at the very top moves nothing, so nothing says that the next one is wanted.
    const timer = setTimeout(() => {
      if (box.current && box.current.scrollTop < TOP_PX) void older();
    }, SETTLED_MS);
    return () => clearTimeout(timer);
  }, [older]);
  const wanted = useRef<string | null>(null);
  const seek = (): void => {
    if (wanted.current === null) return;
    const id = wanted.current;
    const index = rows.findIndex((row) => row.kind === 'message' && row.message.message_id === id);
    if (index < 0) {
      void older(true);
      return;
    }
    wanted.current = null;
    stay(false);
    virtual.scrollToIndex(index, { align: 'center' });
    mark(id);
    setTimeout(() => mark(null), MARKED_MS);
  };
  // What lies further back is fetched page by page until it is there.
  useEffect(seek, [rows]);
  useImperativeHandle(ref, () => ({
    show(messageId) {
      wanted.current = messageId;
      seek();
    },
  }));
  const stay = (bottom: boolean): void => {
    if (bottom === atBottom) return;
    setAtBottom(bottom);
    onBottom(bottom);
  };
  const height = virtual.getTotalSize();
  useLayoutEffect(() => {
    if (atBottom && box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [atBottom, height, rows.length]);
  const sending = outbox.length;
  const sent = useRef(sending);
  useEffect(() => {
    // What one sends is what one wants to see.
    if (sending > sent.current) stay(true);
    sent.current = sending;
  });
  const top = useRef(0);
  const looked = (): void => {
    const el = box.current!;
    // Only who scrolls up leaves the end: it also moves away by itself, when rows come in or turn out to be higher.
    if (el.scrollHeight - el.scrollTop - el.clientHeight < NEAR_PX) stay(true);
    else if (el.scrollTop < top.current - MOVED_PX) stay(false);
    top.current = el.scrollTop;
    if (el.scrollTop < TOP_PX) void older();
  };
  const toEnd = (): void => {
    const away = rows.length - (virtual.getVirtualItems().at(-1)?.index ?? 0);
    // Gliding past thousands of rows would draw all of them.
    virtual.scrollToIndex(rows.length - 1, { align: 'end', behavior: away > GLIDE_ROWS ? 'auto' : 'smooth' });
  };
  const name = nameOf(speech, conversation);
  return (
    <div className={styles.frame}>
      {conversation.taggable_info && <ItemCard item={conversation.taggable_info} />}
      <div
        ref={box}
        className={styles.scroll}
        onScroll={looked}
        tabIndex={0}
        role="log"
        aria-live="off"
        aria-label={t('messages_with', { name })}
      >
        <div className={styles.rows} style={{ height }}>
          {virtual.getVirtualItems().map((item) => (
            <div
              key={item.key}
              ref={virtual.measureElement}
              data-index={item.index}
              className={styles.row}
              style={{ transform: `translateY(${item.start}px)` }}
            >
              <RowView row={rows[item.index]!} name={name} marked={marked} />
            </div>
          ))}
        </div>
      </div>
      {!atBottom && (
        <button type="button" className={styles.down} onClick={toEnd}>
          <Icon name="down" size={16} />
          {t('to_newest')}
        </button>
      )}
      <Announcer thread={thread} name={name} />
    </div>
  );
}

function RowView(props: { row: ThreadRow; name: string; marked: string | null }) {
  const speech = useSpeech();
  const { t } = speech;
  const { row, name } = props;
  switch (row.kind) {
    case 'day':
      return (
        <p className={styles.day}>
          <span>{speech.day(row.at)}</span>
        </p>
      );
    case 'new':
      return (
        <p className={styles.day} data-new="true">
          <span>{t('new_messages')}</span>
        </p>
      );
    case 'message':
      return (
        <MessageRow
          message={row.message}
          follows={row.follows}
          name={name}
          marked={props.marked === row.message.message_id}
        />
      );
    case 'outgoing':
      return <OutgoingRow outgoing={row.outgoing} />;
    case 'running':
      return (
        <div className={styles.running}>
          <span className={styles.speaker}>{t('assistant')}</span>
          <div className={styles.bubble} data-author="assistant">
            <Markdown text={row.text} />
            <span className={styles.caret} aria-hidden="true" />
          </div>
        </div>
      );
    case 'typing':
      return (
        <p className={styles.typing}>
          <span className={styles.dots} aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
          {t('is_typing', { name: row.who ?? name })}
        </p>
      );
  }
}

/** Says aloud what comes in while the conversation is open; the log itself is silent, because it scrolls and reloads. */
function Announcer({ thread, name }: { thread: Thread; name: string }) {
  const { t } = useSpeech();
  const from = useRef(thread.lastSeq);
  const last = thread.messages.findLast((m) => m.author === 'visitor');
  const said = last && last.seq > from.current ? t('said', { name, text: last.context.text }) : '';
  return (
    <p className="sr-only" aria-live="polite">
      {said}
    </p>
  );
}

function firstUnread(conversation: Conversation, thread: Thread, me: string): number | null {
  const unread = unreadOf(conversation, me);
  if (!unread) return null;
  const theirs = thread.messages.filter((m) => m.author === 'visitor');
  const first = theirs.at(-unread);
  return first ? first.seq - 1 : null;
}
