import { ActionIcon, Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import {
  type KeyboardEvent,
  type Ref,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import type { Conversation } from '../../api/types';
import { useSpeech } from '../../i18n';
import { Icon } from '../../patterns/icons';
import { isMac, useShortcuts } from '../../shell/keys';
import { useMe } from '../../shell/me';
import { usePreferences } from '../../shell/preferences';
import type { useAct } from './acts';
import { Banner } from './banner';
import { CannedList, useCannedChoice } from './canned';
import styles from './composer.module.css';
import { loadDraft, type Mode, saveDraft } from './drafts';
import { EmojiPicker } from './emoji';
import { ExtrasEditor, ExtrasMenu, filled, NO_EXTRAS } from './extras';
import { send } from './outbox';
import { takeBack } from './put-back';
import { Suggest } from './suggestion';
import { useTypingNotice } from './typing';

export interface ComposerHandle {
  write: (mode: Mode) => void;
}

export interface ComposerProps {
  ref: Ref<ComposerHandle>;
  conversation: Conversation;
  lastSeq: number;
  act: ReturnType<typeof useAct>;
}

export const MOST_TEXT = 4000;

/** Where one answers, or leaves a note for colleagues. */
export function Composer({ ref, conversation, lastSeq, act }: ComposerProps) {
  const { t } = useSpeech();
  const me = useMe();
  const cache = useQueryClient();
  const { enterSends } = usePreferences();
  const { uuid } = conversation;
  const [draft, setDraft] = useState(() => loadDraft(me.uuid, uuid));
  const [extras, setExtras] = useState(NO_EXTRAS);
  const [byAi, setByAi] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const notice = useTypingNotice(uuid);
  const mine = conversation.handler === 'seller' && conversation.assignee?.uuid === me.uuid;
  const blocked = conversation.state === 'blocked';
  const others = conversation.handler === 'seller' && !mine;
  const canReply = !blocked && (mine || !others || me.role === 'admin');
  const mode: Mode = draft.mode === 'reply' && !canReply ? 'note' : draft.mode;

  const change = (to: Partial<typeof draft>): void => {
    const next = { ...draft, mode, ...to };
    setDraft(next);
    saveDraft(me.uuid, uuid, next);
  };
  const canned = useCannedChoice(uuid, mode === 'reply' ? draft.text : '', (text) => {
    change({ text });
    field.current?.focus();
  });
  useImperativeHandle(ref, () => ({
    write(wanted) {
      change({ mode: wanted });
      field.current?.focus();
    },
  }));
  useEffect(
    () =>
      takeBack(uuid, (back) => {
        setDraft(back);
        saveDraft(me.uuid, uuid, back);
        field.current?.focus();
      }),
    [uuid, me.uuid],
  );
  const takeSuggestion = (text: string): void => {
    change({ text: draft.text.trim() ? `${draft.text.trimEnd()}\n${text}` : text });
    setByAi(true);
    field.current?.focus();
  };
  useGrowing(field, draft.text);

  const queued = useRef<Mode | null>(null);
  const submit = async (): Promise<void> => {
    const text = draft.text.trim();
    if (!text || text.length > MOST_TEXT) return;
    if (act.isPending) {
      // It is just being taken over: whoever was quick need not press again.
      queued.current = mode;
      return;
    }
    if (mode === 'reply' && !mine) {
      // Answering is taking over: whoever was faster is named, and nothing is sent.
      const taken = await act.mutateAsync({ kind: 'take' }).catch(() => null);
      if (!taken) return;
    }
    notice.stop();
    const chosen = mode === 'reply' ? filled(extras) : NO_EXTRAS;
    send(cache, { conversation: uuid, mode, text, seen: lastSeq, ...chosen });
    setExtras(NO_EXTRAS);
    change({ text: '' });
    setByAi(false);
    field.current?.focus();
  };
  useEffect(() => {
    if (act.isPending || queued.current === null) return;
    // Where a colleague was faster only notes are left, and a reply must not become one.
    const same = queued.current === mode;
    queued.current = null;
    if (same) void submit();
  });
  const pressed = (press: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (press.nativeEvent.isComposing || canned.onKey(press)) return;
    const mod = isMac ? press.metaKey : press.ctrlKey;
    if (press.key === 'Enter' && enterSends && !press.shiftKey && !mod) {
      press.preventDefault();
      void submit();
    }
    if (press.key === 'Escape') {
      press.stopPropagation();
      field.current?.blur();
    }
  };
  useShortcuts('keys_writing', [
    {
      keys: 'mod+Enter',
      label: 'send',
      inFields: true,
      run: () => document.activeElement === field.current && void submit(),
    },
    {
      keys: '/',
      label: 'canned',
      run: () => {
        if (!draft.text.trim()) change({ mode: canReply ? 'reply' : 'note', text: canReply ? '/' : '' });
        field.current?.focus();
      },
    },
  ]);
  const label = mode === 'note' ? t('note') : t('reply');
  if (conversation.lost)
    return (
      <div className={styles.composer}>
        <Banner conversation={conversation} act={act} />
      </div>
    );
  const listed = canned.open && canned.found.length > 0;
  return (
    <div className={styles.composer} data-mode={mode}>
      <Banner conversation={conversation} act={act} />
      <CannedList {...canned} />
      {mode === 'reply' && <ExtrasEditor extras={extras} onChange={setExtras} />}
      <div className={styles.modes} role="group" aria-label={t('write_what')}>
        <button
          type="button"
          aria-pressed={mode === 'reply'}
          disabled={!canReply}
          onClick={() => change({ mode: 'reply' })}
        >
          {t('reply')}
        </button>
        <button type="button" aria-pressed={mode === 'note'} onClick={() => change({ mode: 'note' })}>
          <Icon name="note" size={14} />
          {t('note')}
        </button>
      </div>
      <textarea
        ref={field}
        className={styles.field}
        rows={1}
        value={draft.text}
        aria-label={label}
        placeholder={t(mode === 'note' ? 'write_note' : 'write_reply')}
        maxLength={MOST_TEXT}
        enterKeyHint={enterSends ? 'send' : 'enter'}
        aria-controls={listed ? canned.id : undefined}
        aria-activedescendant={listed ? canned.activeId : undefined}
        aria-autocomplete={mode === 'reply' ? 'list' : undefined}
        onChange={(e) => {
          change({ text: e.currentTarget.value });
          if (mode === 'reply' && mine) notice.typing();
        }}
        onKeyDown={pressed}
        onBlur={notice.stop}
      />
      <div className={styles.tools}>
        {mode === 'reply' && (
          <>
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              title={t('canned')}
              aria-label={t('canned')}
              onClick={() => {
                change({ text: '/' });
                field.current?.focus();
              }}
              disabled={draft.text.trim() !== ''}
            >
              <Icon name="replies" />
            </ActionIcon>

            <ExtrasMenu extras={extras} onChange={setExtras} />
            <Suggest uuid={uuid} onText={takeSuggestion} />
          </>
        )}
        <EmojiPicker
          onPick={(emoji) => {
            change({ text: draft.text + emoji });
            field.current?.focus();
          }}
        />
        <span className={styles.hint}>
          {byAi && draft.text && t('draft_by_ai')}
          {draft.text.length > MOST_TEXT - 400 && `${draft.text.length} / ${MOST_TEXT}`}
        </span>
        <Button
          size="sm"
          color={mode === 'note' ? 'yellow' : undefined}
          autoContrast={mode === 'note'}
          disabled={!draft.text.trim()}
          loading={act.isPending && draft.text.trim() !== ''}
          onClick={() => void submit()}
          rightSection={<Icon name="send" size={16} />}
        >
          {t(mode === 'note' ? 'save_note' : mine ? 'send' : 'take_and_send')}
        </Button>
      </div>
    </div>
  );
}

/** The field is as high as its text, up to what the stylesheet allows. */
function useGrowing(field: React.RefObject<HTMLTextAreaElement | null>, text: string): void {
  useLayoutEffect(() => {
    const el = field.current;
    if (!el) return;
    el.style.height = 'auto';
    el.style.height = `${el.scrollHeight}px`;
  }, [field, text]);
}
