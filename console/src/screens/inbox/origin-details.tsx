import { useQueryClient } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { Message, ReplyOrigin } from '../../api/types';
import { useSpeech } from '../../i18n';
import { useMe } from '../../shell/me';
import { threadKey } from './data';
import { versionOf } from './origin';
import styles from './origin.module.css';
import { useWords } from './origin-words';
import { type Thread, turnBefore } from './thread-state';

/** All that is kept of how a reply was made, and what an admin can do about it. */
export default function OriginDetails({ message, origin }: { message: Message; origin: ReplyOrigin }) {
  const speech = useSpeech();
  const w = useWords();
  const admin = useMe().role === 'admin';
  const { prompt_ref, model, source, failure, rubric, input_tokens, output_tokens, first_text_ms } = origin;
  const facts: readonly (readonly [string, string | null])[] = [
    [w('version'), prompt_ref && `${versionOf(speech, prompt_ref)} (${prompt_ref})`],
    [w('model'), source === 'model' ? model : w('no_model')],
    ['', failure && w('instead_of_model', { code: failure })],
    [w('rubric'), rubric],
    [
      w('tokens'),
      input_tokens
        ? w('tokens_both', {
            input: speech.number(input_tokens),
            output: speech.number(output_tokens ?? 0),
          })
        : null,
    ],
    [w('first_text'), first_text_ms === null ? null : `${speech.number(first_text_ms)} ms`],
  ];
  return (
    <div className={styles.details}>
      <dl>
        {facts.map(
          ([name, value]) =>
            value && (
              <div key={name + value}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
        <dt>{w('sources')}</dt>
        <dd>
          <Sources sources={origin.sources} linked={admin} />
        </dd>
      </dl>
      {admin && <Acts message={message} />}
    </div>
  );
}

/** Only admins have both the inbox and the knowledge. */
function Sources({ sources, linked }: { sources: ReplyOrigin['sources']; linked: boolean }) {
  const w = useWords();
  if (!sources.length) return w('no_sources');
  return (
    <ul>
      {sources.map(({ kind, id, title }) => (
        <li key={`${kind} ${id} ${title}`}>
          {linked ? <Link href={placeOf(kind, id)}>{title}</Link> : title}{' '}
          <small>{w(kind === 'item' ? 'source_item' : 'source_document')}</small>
        </li>
      ))}
    </ul>
  );
}

const placeOf = (kind: 'item' | 'document', id: string): string =>
  kind === 'item'
    ? `/knowledge?item=${encodeURIComponent(id)}`
    : `/knowledge/documents?document=${encodeURIComponent(id)}`;

function Acts({ message }: { message: Message }) {
  const w = useWords();
  const cache = useQueryClient();
  const { conversation_uuid: uuid } = message;
  const thread = cache.getQueryData<Thread>(threadKey(uuid));
  const turn = thread && turnBefore(thread, message.seq);
  const place = new URLSearchParams({ conversation: uuid, ...(turn && { upto: String(turn) }) });
  return (
    <div className={styles.acts}>
      <Link href={`/assistant/replay?conversation=${uuid}`}>{w('replay')}</Link>
      <Link href={`/assistant/evals?${place}`}>{w('to_evals')}</Link>
    </div>
  );
}
