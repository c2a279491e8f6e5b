import { ActionIcon, Menu } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { memo, useState } from 'react';
import { api, read } from '../../api/client';
import type { Message } from '../../api/types';
import { useSpeech } from '../../i18n';
import { Icon } from '../../patterns/icons';
import { tellProblem } from '../../patterns/problems';
import { useMe } from '../../shell/me';
import { Cards } from './cards';
import { threadKey } from './data';
import { type Thread, withMessage } from './thread-state';
import { Markdown } from './markdown';
import { MessageEditor } from './message-editor';
import { Origin } from './origin';
import { SystemRow } from './system';
import { Words } from './text';
import styles from './thread.module.css';

export interface MessageProps {
  message: Message;
  /** It stands under one of the same author. */
  follows: boolean;
  /** The visitor's. */
  name: string;
  marked: boolean;
}

export const MessageRow = memo(function MessageRow(props: MessageProps) {
  if (props.message.author === 'system') return <SystemRow message={props.message} />;
  return <Said {...props} />;
});

function Said({ message, follows, name, marked }: MessageProps) {
  const speech = useSpeech();
  const { t } = speech;
  const [editing, edit] = useState(false);
  const ours = message.author !== 'visitor';
  const { is_deleted } = message.status;
  const at = new Date(message.timestamps.created_at);
  const edited = message.timestamps.updated_at !== message.timestamps.created_at;
  const speaker = speakerOf(speech.t, message, name);
  return (
    <div
      className={`${styles.message} ${marked ? styles.marked : ''}`}
      data-side={ours ? 'ours' : 'theirs'}
      data-follows={follows}
    >
      <span className={follows ? 'sr-only' : styles.speaker}>
        {message.private && <Icon name="note" size={14} />}
        {message.private ? t('note_by', { name: speaker }) : speaker}
      </span>
      <div className={styles.line}>
        {editing ? (
          <MessageEditor message={message} onDone={() => edit(false)} />
        ) : (
          <div
            className={styles.bubble}
            data-author={message.author}
            data-private={message.private}
            data-deleted={is_deleted}
            dir="auto"
          >
            {is_deleted ? t('message_deleted') : <Text message={message} />}
          </div>
        )}
        <span className={styles.beside}>
          <span className={styles.meta}>
            {edited && !is_deleted && `${t('edited')} · `}
            <time dateTime={message.timestamps.created_at} title={speech.dateTime(at)}>
              {speech.time(at)}
            </time>
            <Receipt message={message} />
          </span>
          {!is_deleted && !editing && <Tools message={message} onEdit={() => edit(true)} />}
        </span>
      </div>
      <Cards cards={message.context.cards} />
      <Under message={message} />
      {message.author === 'assistant' && !is_deleted && <Origin message={message} />}
    </div>
  );
}

function speakerOf(t: ReturnType<typeof useSpeech>['t'], message: Message, visitor: string): string {
  if (message.author === 'visitor') return visitor;
  if (message.author === 'assistant') return t('assistant');
  return message.sender.name ?? t('a_colleague');
}

/** Marked up where the visitor sees it so: what a visitor or a note says is only words. */
function Content({ message, text }: { message: Message; text: string }) {
  return message.author === 'visitor' || message.private ? <Words text={text} /> : <Markdown text={text} />;
}

/** In the reader's language, where there is a translation; the words as written are one click away. */
function Text({ message }: { message: Message }) {
  const { t, locale } = useSpeech();
  const [original, showOriginal] = useState(false);
  const translated = message.context.texts?.[locale];
  if (!translated || translated === message.context.text)
    return <Content message={message} text={message.context.text} />;
  return (
    <>
      <Content message={message} text={original ? message.context.text : translated} />
      <br />
      <button type="button" className={styles.linkish} onClick={() => showOriginal(!original)}>
        {t(original ? 'show_translation' : 'show_original')}
      </button>
    </>
  );
}

/** ✓ stored, ✓✓ read by the visitor; only on what went to them. */
function Receipt({ message }: { message: Message }) {
  const { t } = useSpeech();
  if (message.author === 'visitor' || message.private || message.status.is_deleted) return null;
  const { is_read } = message.status;
  return (
    <span data-read={is_read} title={t(is_read ? 'read' : 'sent')}>
      <Icon name={is_read ? 'checks' : 'check'} size={14} />
      <span className="sr-only">{t(is_read ? 'read' : 'sent')}</span>
    </span>
  );
}

function Under({ message }: { message: Message }) {
  const { quick_replies } = message.context;
  if (!quick_replies?.length && !message.reactions.length) return null;
  const counted = Map.groupBy(message.reactions, (reaction) => reaction.emoji);
  return (
    <div className={styles.under}>
      {quick_replies?.map((reply) => (
        <span key={reply.value} className={styles.quick}>
          {reply.icon} {reply.label}
        </span>
      ))}
      {[...counted].map(([emoji, all]) => (
        <span key={emoji} className={styles.reaction}>
          {emoji} {all.length > 1 && all.length}
        </span>
      ))}
    </div>
  );
}

const EMOJI = ['👍', '❤️', '😊', '🙏', '🎉'];
const EDIT_MS = 15 * 60_000;

function Tools({ message, onEdit }: { message: Message; onEdit: () => void }) {
  const speech = useSpeech();
  const { t } = speech;
  const me = useMe().uuid;
  const cache = useQueryClient();
  const mine = message.author === 'seller' && message.sender.uuid === me;
  const changeable = mine && Date.now() - Date.parse(message.timestamps.created_at) < EDIT_MS;
  const params = { path: { message_id: message.message_id } };
  const keep = (call: Promise<{ data: Message }>): void => {
    call.then(
      ({ data }) =>
        cache.setQueryData<Thread>(
          threadKey(message.conversation_uuid),
          (old) => old && withMessage(old, data),
        ),
      (error: unknown) => tellProblem(speech, error),
    );
  };
  const react = (emoji: string): void => {
    const path = '/api/v1/chat/messages/{message_id}/reactions';
    const there = message.reactions.some((r) => r.user_uuid === me && r.emoji === emoji);
    const body = { emoji };
    keep(read(there ? api.DELETE(path, { params, body }) : api.POST(path, { params, body })));
  };
  return (
    <span className={styles.tools}>
      <Menu position="top" width={200}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size="sm" aria-label={t('message_acts')}>
            <Icon name="more" size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {message.author === 'visitor' &&
            EMOJI.map((emoji) => (
              <Menu.Item key={emoji} onClick={() => react(emoji)}>
                {t('react_with', { emoji })}
              </Menu.Item>
            ))}
          <Menu.Item
            leftSection={<Icon name="copy" size={16} />}
            onClick={() => void navigator.clipboard?.writeText(message.context.text)}
          >
            {t('copy')}
          </Menu.Item>
          {changeable && (
            <>
              <Menu.Item leftSection={<Icon name="pencil" size={16} />} onClick={onEdit}>
                {t('edit')}
              </Menu.Item>
              <Menu.Item
                leftSection={<Icon name="trash" size={16} />}
                className={styles.danger}
                onClick={() => keep(read(api.DELETE('/api/v1/chat/messages/{message_id}', { params })))}
              >
                {t('delete')}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
    </span>
  );
}
