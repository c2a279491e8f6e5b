// Where the visitor writes. Enter sends, unless an input method is still composing; Shift+Enter breaks the line.

import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { lastSeq } from '../chat';
import type { Engine } from '../engine';
import type { View } from '../store';
import { load, save } from '../keep';
import { EmojiPicker } from './emoji';
import { Icon } from './icons';

const LIMIT = 4000;
const DRAFT = 'talia:draft';

export const Composer = ({ view, engine }: { view: View; engine: Engine }) => {
  const { speech, chat } = view;
  const { t } = speech;
  const area = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(() => load(DRAFT, ''));
  const [picking, setPicking] = useState(false);
  const over = text.trim().length - LIMIT;

  useLayoutEffect(() => {
    const element = area.current!;
    // Its height follows the text; `auto` first, so that it can shrink again.
    element.style.setProperty('height', 'auto');
    element.style.setProperty('height', Math.min(element.scrollHeight, 140) + 'px');
    save(DRAFT, text || null);
  }, [text]);

  useEffect(() => {
    if (view.open) area.current!.focus({ preventScroll: true });
  }, [view.open, view.phase === 'ready']);

  useEffect(() => {
    if (!view.prefill.serial) return;
    setText(view.prefill.text);
    area.current!.focus();
  }, [view.prefill.serial]);

  const send = (): void => {
    // What stands in the field, not what was last drawn: Enter may come in the same moment as the last letter.
    const now = area.current!.value;
    if (!now.trim() || now.trim().length > LIMIT) return;
    engine.send(now);
    setText('');
    setPicking(false);
    area.current!.focus();
  };

  const insert = (emoji: string): void => {
    const element = area.current!;
    const [from, to] = [element.selectionStart, element.selectionEnd];
    setText(text.slice(0, from) + emoji + text.slice(to));
    setPicking(false);
    element.focus();
    requestAnimationFrame(() => element.setSelectionRange(from + emoji.length, from + emoji.length));
  };

  const newest = chat.messages[chat.messages.length - 1];
  const offered =
    chat.messages.length === 0
      ? (view.site?.quick_replies[speech.locale] ?? []).map((label) => ({ label, value: label, icon: null }))
      : (newest?.author !== 'visitor' && newest?.context.quick_replies) || [];
  const suggestions =
    chat.running || view.pending.length || (view.form === 'open' && lastSeq(chat) <= view.formAt)
      ? []
      : offered;

  return (
    <footer class="foot">
      {suggestions.length > 0 && (
        <div class="suggestions" role="group" aria-label={t('quick_replies')}>
          {suggestions.map((reply) => (
            <button
              type="button"
              onClick={() => {
                engine.send(reply.value);
                area.current!.focus();
              }}
            >
              {reply.icon && <span aria-hidden="true">{reply.icon} </span>}
              {reply.label}
            </button>
          ))}
        </div>
      )}
      {picking && (
        <EmojiPicker speech={speech} pick={insert} close={() => (setPicking(false), area.current!.focus())} />
      )}
      <form
        class="composer"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <button
          type="button"
          class="round"
          aria-label={t('emoji')}
          aria-expanded={picking}
          title={t('emoji')}
          onClick={() => setPicking(!picking)}
        >
          <Icon name="smile" size={22} />
        </button>
        <textarea
          ref={area}
          rows={1}
          dir="auto"
          value={text}
          placeholder={t('write')}
          aria-label={t('message')}
          aria-invalid={over > 0 ? 'true' : undefined}
          aria-describedby={over > 0 ? 'too-long' : undefined}
          enterkeyhint="send"
          autocomplete="off"
          disabled={view.phase === 'blocked' || view.phase === 'refused'}
          onInput={(event) => {
            setText(event.currentTarget.value);
            engine.typing();
          }}
          onKeyDown={(event) => {
            // 229: some browsers end a composition with the very Enter that confirms it.
            if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
            event.preventDefault();
            send();
          }}
        />
        <button
          type="submit"
          class="round send"
          aria-label={t('send')}
          title={t('send')}
          disabled={!text.trim() || over > 0}
        >
          <Icon name="send" size={20} />
        </button>
      </form>
      {over > 0 && (
        <p class="error" id="too-long" role="status">
          {t('too_long', { count: over })}
        </p>
      )}
    </footer>
  );
};
