// What both sides think of a message in one emoji, and the few that a visitor may choose from.

import { useRef, useState } from 'preact/hooks';
import type { WireMessage } from '../../generated/events';
import type { Speech } from '../i18n';
import { Icon } from './icons';

const OFFERED = ['👍', '❤️', '😂', '😮', '😢', '🙏'];

export type React = (message: WireMessage, emoji: string, on: boolean) => void;

interface Props {
  message: WireMessage;
  speech: Speech;
  /** One of them all is in the order of the Tab key; from it the arrows go to the others. */
  reach: boolean;
  react: React;
}

/** Beside a message of the other side. */
export const ReactButton = ({ message, speech: { t }, reach, react }: Props) => {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const mine = message.reactions.filter((r) => r.user_uuid === message.receiver?.uuid).map((r) => r.emoji);
  const shut = (): void => {
    setOpen(false);
    button.current!.focus({ preventScroll: true });
  };
  const keys = (event: KeyboardEvent): void => {
    const step = { ArrowUp: -1, ArrowDown: 1, ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (event.key === 'Escape' && open) {
      event.preventDefault();
      shut();
    } else if (step) {
      event.preventDefault();
      const all = [...document.querySelectorAll<HTMLElement>(open ? '.choices button' : '.react')];
      all[all.indexOf(event.target as HTMLElement) + step]?.focus();
    }
  };
  return (
    <span class="reacting" onKeyDown={keys}>
      <button
        ref={button}
        type="button"
        class="react"
        aria-label={t('react')}
        title={t('react')}
        aria-expanded={open}
        tabIndex={reach ? 0 : -1}
        onClick={() => setOpen(!open)}
      >
        <Icon name="smile" size={18} />
      </button>
      {open && (
        <span class="choices" role="group" aria-label={t('react')}>
          {OFFERED.map((emoji, i) => (
            <button
              type="button"
              ref={i ? undefined : focus}
              aria-pressed={mine.includes(emoji)}
              onClick={() => {
                react(message, emoji, !mine.includes(emoji));
                shut();
              }}
            >
              {emoji}
            </button>
          ))}
        </span>
      )}
    </span>
  );
};

const focus = (element: HTMLElement | null): void => element?.focus();

export const Reactions = ({ message, speech }: { message: WireMessage; speech: Speech }) => (
  <p class="reactions">
    <span class="unseen">{speech.t('reactions')}: </span>
    {message.reactions.map((reaction) => reaction.emoji).join(' ')}
  </p>
);
