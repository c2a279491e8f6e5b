import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { Link } from 'wouter';
import type { Line } from '../../api/types';
import { useSpeech } from '../../i18n';
import { Loading, Quiet, Refused } from '../../patterns/failure';
import { page } from '../../patterns/page';
import { nameOf } from '../inbox/names';
import { useConversations } from './playground-data';
import { useRehearsalWords } from './playground-words';
import styles from './playground.module.css';

const SETTLE_MS = 300;

interface PickProps {
  /** What is looked for. */
  text: string;
  onSeek: (text: string) => void;
  /** Where a conversation is replayed. */
  to: (uuid: string) => string;
}

/** Which conversation: the newest ones, or those in which something was said. */
export function PickConversation({ text: sought, onSeek, to }: PickProps) {
  const w = useRehearsalWords();
  const [text, setText] = useState(sought);
  useEffect(() => {
    const wanted = text.trim();
    if (wanted === sought) return;
    const timer = setTimeout(() => onSeek(wanted), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [text, sought, onSeek]);
  return (
    <>
      <div className={styles.search}>
        <label className={page.field}>
          <span>{w('search')}</span>
          <input
            type="search"
            maxLength={200}
            value={text}
            onChange={(e) => setText(e.currentTarget.value)}
          />
        </label>
      </div>
      <Conversations text={sought} to={to} />
    </>
  );
}

function Conversations({ text, to }: { text: string; to: (uuid: string) => string }) {
  const w = useRehearsalWords();
  const found = useConversations(text);
  if (found.isPending) return <Loading />;
  if (found.isError && !found.data) return <Refused error={found.error} retry={() => void found.refetch()} />;
  const lines = found.data.pages.flatMap((one) => one.data);
  if (!lines.length)
    return <Quiet icon="search" title={w(text ? 'conversations_no_match' : 'conversations_none')} />;
  return (
    <>
      <ul className={styles.conversations} aria-label={w('conversations')}>
        {lines.map((line) => (
          <One key={line.uuid} line={line} href={to(line.uuid)} />
        ))}
      </ul>
      {found.hasNextPage && (
        <Button
          variant="default"
          loading={found.isFetchingNextPage}
          onClick={() => void found.fetchNextPage()}
        >
          {w('more')}
        </Button>
      )}
    </>
  );
}

function One({ line, href }: { line: Line; href: string }) {
  const speech = useSpeech();
  return (
    <li>
      <Link href={href}>
        <strong>{nameOf(speech, line)}</strong>
        <time dateTime={line.last_message_at ?? line.created_at}>
          {speech.dateTime(new Date(line.last_message_at ?? line.created_at))}
        </time>
        <span>{line.last_message_text}</span>
      </Link>
    </li>
  );
}
