// One line of the conversation. A row is drawn again only when something about it changed.

import { Component, type ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Party, WireMessage } from '../../generated/events';
import { type Key, type Speech, timeOf } from '../i18n';
import { safeLink } from '../markdown';
import type { Pending } from '../outbox';
import { allowedImage, type Card, CardView } from './cards';
import { Icon } from './icons';
import { type React, ReactButton, Reactions } from './reactions';
import { Link, Markdown } from './text';

export interface Row {
  key: string;
  author: WireMessage['author'];
  text: string;
  at: Date;
  sender: Party | null;
  message: WireMessage | null;
  pending: Pending | null;
  running: boolean;
  /** First and last of a run of the same author's messages. */
  first: boolean;
  last: boolean;
  seen: boolean;
  /** The newest one that can be reacted to. */
  reach: boolean;
}

interface RowProps {
  row: Row;
  speech: Speech;
  images: readonly string[];
  assistant: string;
  retry: (id: string) => void;
  react: React;
}

/** What the other side said, once it is stored. */
export const reactable = ({ message }: Row): boolean =>
  (message?.author === 'assistant' || message?.author === 'seller') && !message.status.is_deleted;

const SYSTEM: Record<string, Key> = {
  'handoff.requested': 'sys_handoff',
  'conversation.closed': 'sys_closed',
  'agent.joined': 'joined',
  'agent.left': 'left',
};

export class MessageRow extends Component<RowProps> {
  override shouldComponentUpdate(next: RowProps): boolean {
    const [a, b] = [this.props.row, next.row];
    return (
      next.speech !== this.props.speech ||
      next.images !== this.props.images ||
      a.text !== b.text ||
      a.message !== b.message ||
      a.pending !== b.pending ||
      a.running !== b.running ||
      a.first !== b.first ||
      a.last !== b.last ||
      a.seen !== b.seen ||
      a.reach !== b.reach
    );
  }

  override render() {
    const { row, speech } = this.props;
    if (row.author === 'system') return <SystemLine row={row} speech={speech} images={this.props.images} />;
    const mine = row.author === 'visitor';
    return (
      <div
        class={`row ${mine ? 'mine' : 'theirs'}${row.first ? ' first' : ''}${row.last ? ' last' : ''}${
          row.pending?.state === 'failed' ? ' failed' : ''
        }`}
      >
        {mine ? <span class="unseen">{speech.t('you')}: </span> : row.first && this.speaker()}
        {reactable(row) ? (
          <div class="said">
            <div class="bubble">{this.content()}</div>
            <ReactButton message={row.message!} speech={speech} reach={row.reach} react={this.props.react} />
          </div>
        ) : (
          <div class="bubble">{this.content()}</div>
        )}
        {row.message?.context.cards?.map((card) => (
          <CardView card={card as Card} images={this.props.images} speech={speech} />
        ))}
        {!!row.message?.reactions.length && <Reactions message={row.message} speech={speech} />}
        {row.message?.attachments.map((file) => (
          <Attachment file={file} speech={speech} />
        ))}
        {this.meta()}
      </div>
    );
  }

  private speaker(): ComponentChildren {
    const { row, speech, images } = this.props;
    const name = row.sender?.name || this.props.assistant;
    return (
      <p class="speaker">
        <Avatar party={row.sender ?? { uuid: null, name }} images={images} ai={row.author === 'assistant'} />
        <span>{name}</span>
        {row.author === 'assistant' && (
          <abbr class="ai" title={speech.t('ai_assistant')}>
            {speech.t('ai_badge')}
          </abbr>
        )}
      </p>
    );
  }

  private content(): ComponentChildren {
    const { row, speech } = this.props;
    if (row.message?.status.is_deleted) return <em>{speech.t('deleted')}</em>;
    if (row.author === 'visitor') return <p class="plain">{row.text}</p>;
    if (row.running && !row.text) return <Dots />;
    return <Markdown text={row.text} speech={speech} />;
  }

  private meta(): ComponentChildren {
    const { row, speech, retry } = this.props;
    if (row.pending?.state === 'failed') {
      return (
        <p class="meta">
          <Icon name="alert" size={14} /> {speech.t('not_sent')}
          <button type="button" class="link" onClick={() => retry(row.pending!.id)}>
            {speech.t('retry')}
          </button>
        </p>
      );
    }
    if (!row.last || row.running) return null;
    const state: Key | null =
      row.author !== 'visitor' ? null : row.pending ? 'sending' : row.seen ? 'read' : 'sent';
    return (
      <p class="meta">
        <time dateTime={row.at.toISOString()}>{timeOf(speech.tag, row.at)}</time>
        {state && (
          <span class={'receipt ' + state}>
            <Icon name={state === 'sending' ? 'clock' : state === 'read' ? 'checks' : 'check'} size={15} />
            <span class="unseen">{speech.t(state)}</span>
          </span>
        )}
      </p>
    );
  }
}

const SystemLine = ({ row, speech, images }: { row: Row; speech: Speech; images: readonly string[] }) => {
  const key = SYSTEM[row.text];
  if (!key) return null;
  return (
    <p class="system">
      {row.sender && <Avatar party={row.sender} images={images} />}
      <span>{speech.t(key, { name: row.sender?.name ?? speech.t('someone') })}</span>
    </p>
  );
};

const Attachment = ({ file, speech }: { file: Record<string, unknown>; speech: Speech }) => {
  const link = safeLink(String(file['url'] ?? ''), String(file['file_name'] ?? speech.t('attachment')));
  return link ? (
    <p class="attachment">
      <Icon name="file" size={18} />
      <Link href={link.href} label={link.label} host={link.host} speech={speech} />
    </p>
  ) : null;
};

export const Dots = () => (
  <span class="dots" aria-hidden="true">
    <i />
    <i />
    <i />
  </span>
);

/** A picture where there is an allowed one, else the initials; the assistant has its own mark. */
export const Avatar = ({
  party,
  images,
  ai,
  size = '',
}: {
  party: Party;
  images: readonly string[];
  ai?: boolean;
  size?: string;
}) => {
  const [absent, setAbsent] = useState('');
  const picture = images && allowedImage(party.avatar, images);
  return (
    <span class={`avatar ${size}`} aria-hidden="true">
      {picture && picture !== absent ? (
        <img src={picture} alt="" referrerpolicy="no-referrer" onError={() => setAbsent(picture)} />
      ) : ai ? (
        <Icon name="spark" size={size ? 22 : 14} />
      ) : (
        initials(party.name)
      )}
    </span>
  );
};

function initials(name: string | null | undefined): string {
  const words = (name ?? '').trim().split(/\s+/).filter(Boolean);
  const letters = words.length > 1 ? [words[0]!, words[words.length - 1]!] : words;
  return letters.map((w) => [...w][0]!.toUpperCase()).join('') || '·';
}
