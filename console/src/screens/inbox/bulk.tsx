import { ActionIcon, Button, Modal, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { Outcome } from '../../api/types';
import { type Key, useSpeech } from '../../i18n';
import { Icon, type IconName } from '../../patterns/icons';
import { problemText, tell } from '../../patterns/problems';
import { useShortcuts } from '../../shell/keys';
import { type BulkAct, type Failed, useBulk } from './bulk-acts';
import styles from './bulk.module.css';
import { useWords } from './bulk-words';
import { nameOf } from './names';
import { MomentPick, OutcomePick, PeoplePick } from './picks';
import type { Selection } from './selection';

type DialogName = 'assign' | 'tag' | 'snooze' | 'close';

const TOOLS: readonly { name: DialogName; label: Key; icon: IconName; keys: string }[] = [
  { name: 'assign', label: 'assign', icon: 'assign', keys: 'A' },
  { name: 'tag', label: 'tags', icon: 'tag', keys: 'G' },
  { name: 'snooze', label: 'snooze', icon: 'clock', keys: 'Z' },
  { name: 'close', label: 'close_conversation', icon: 'check', keys: 'E' },
];

export interface BulkProps {
  selection: Selection;
  /** They are unread again: whoever goes on looking at one has read it. */
  onUnread: () => void;
}

/** What can be done with all that is chosen, how far it is, and what could not be done. */
export default function Bulk({ selection, onUnread }: BulkProps) {
  const { t } = useSpeech();
  const { n } = useBulkWords();
  const w = useWords();
  const { chosen, all, clear, drop, hold } = selection;
  const [dialog, show] = useState<DialogName | null>(null);
  const { progress, run, forget } = useBulk((done) => drop(done.map((line) => line.uuid)));
  const start = async (what: BulkAct, lines = chosen): Promise<void> => {
    show(null);
    if (what.kind === 'unread') onUnread();
    hold(true);
    const failed = await run(lines, what).finally(() => hold(false));
    if (failed.length) return;
    tell(n('done', lines.length));
    clear();
  };
  const ready = chosen.length > 0 && !progress?.running;
  const unread = (): void => void start({ kind: 'unread' });
  useShortcuts(
    'keys_several',
    [
      ...TOOLS.map(({ name, label, keys }) => ({
        keys: keys.toLowerCase(),
        label,
        run: () => ready && show(name),
      })),
      { keys: 'u', label: 'mark_unread' as const, run: () => ready && unread() },
      { keys: 'Escape', label: 'cancel' as const, run: clear },
    ],
    { first: true },
  );
  return (
    <section className={styles.bar} aria-label={w('bar')}>
      {progress && !progress.running && (
        <Failures
          failed={progress.failed}
          onAgain={() =>
            void start(
              progress.what,
              progress.failed.map(({ line }) => line),
            )
          }
          onClose={forget}
        />
      )}
      <div className={styles.line}>
        <p className={styles.count} role="status">
          {progress?.running
            ? w('doing', { done: progress.done, total: progress.total })
            : n('chosen', chosen.length)}
        </p>
        {progress?.running ? (
          <progress
            className={styles.progress}
            aria-label={w('bar')}
            max={progress.total}
            value={progress.done}
          />
        ) : (
          <>
            {TOOLS.map(({ name, label, icon, keys }) => (
              <Tool
                key={name}
                icon={icon}
                label={t(label)}
                keys={keys}
                disabled={!ready}
                onClick={() => show(name)}
              />
            ))}
            <Tool icon="mail" label={t('mark_unread')} keys="U" disabled={!ready} onClick={unread} />
            <Tool icon="checks" label={w('all')} onClick={all} />
            <Tool icon="close" label={w('none')} keys="Esc" onClick={clear} />
          </>
        )}
      </div>
      {dialog && (
        <BulkDialog
          name={dialog}
          count={chosen.length}
          onStart={(what) => void start(what)}
          onClose={() => show(null)}
        />
      )}
    </section>
  );
}

function useBulkWords(): { n: (key: 'chosen' | 'done' | 'failed', count: number) => string } {
  const w = useWords();
  return { n: (key, count) => w(count === 1 ? `${key}_one` : `${key}_many`, { count }) };
}

function Tool(props: {
  icon: IconName;
  label: string;
  keys?: string;
  disabled?: boolean;
  onClick: () => void;
}) {
  const { icon, label, keys, disabled, onClick } = props;
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="lg"
      aria-label={label}
      title={keys ? `${label} · ${keys}` : label}
      disabled={disabled ?? false}
      onClick={onClick}
    >
      <Icon name={icon} />
    </ActionIcon>
  );
}

/** Each by its name, with the reason in words: whoever chose forty must see which two are left. */
function Failures(props: { failed: readonly Failed[]; onAgain: () => void; onClose: () => void }) {
  const speech = useSpeech();
  const { n } = useBulkWords();
  const w = useWords();
  return (
    <div className={styles.failures} role="alert">
      <p>{n('failed', props.failed.length)}</p>
      <ul tabIndex={0} aria-label={n('failed', props.failed.length)}>
        {props.failed.map(({ line, error }) => (
          <li key={line.uuid}>
            <strong>{nameOf(speech, line)}</strong> {problemText(speech, error)}
          </li>
        ))}
      </ul>
      <Button size="compact-sm" variant="default" onClick={props.onAgain}>
        {w('again')}
      </Button>
      <Button size="compact-sm" variant="subtle" color="gray" onClick={props.onClose}>
        {speech.t('close')}
      </Button>
    </div>
  );
}

interface BulkDialogProps {
  name: DialogName;
  count: number;
  onStart: (what: BulkAct) => void;
  onClose: () => void;
}

function BulkDialog({ name, count, onStart, onClose }: BulkDialogProps) {
  const { t } = useSpeech();
  const w = useWords();
  return (
    <Modal
      opened
      onClose={onClose}
      title={w(`${name}_several`, { count })}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {name === 'assign' && <PeoplePick busy={false} onPick={(to) => onStart({ kind: 'assign', to })} />}
      {name === 'snooze' && (
        <MomentPick busy={false} onPick={(until) => onStart({ kind: 'snooze', until })} />
      )}
      {name === 'tag' && <TagForm onTag={(tag) => onStart({ kind: 'tag', tag })} />}
      {name === 'close' && (
        <CloseForm onOutcome={(outcome) => onStart({ kind: 'close', outcome, quality: null })} />
      )}
    </Modal>
  );
}

function TagForm({ onTag }: { onTag: (tag: string) => void }) {
  const w = useWords();
  const [text, setText] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (text.trim()) onTag(text.trim());
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          data-autofocus
          required
          maxLength={40}
          label={w('tag_name')}
          value={text}
          onChange={(e) => setText(e.currentTarget.value)}
        />
        <Button type="submit">{w('tag_add')}</Button>
      </Stack>
    </form>
  );
}

function CloseForm({ onOutcome }: { onOutcome: (outcome: Outcome) => void }) {
  const { t } = useSpeech();
  const [outcome, setOutcome] = useState<Outcome>('pending');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onOutcome(outcome);
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <OutcomePick value={outcome} onPick={setOutcome} />
        <Button type="submit">{t('close_conversation')}</Button>
      </Stack>
    </form>
  );
}
