import { Button } from '@mantine/core';
import { Link, useLocation } from 'wouter';
import { type Lead, OUTCOMES, type Outcome } from '../../api/types';
import { useSpeech } from '../../i18n';
import { Loading, Quiet, Refused } from '../../patterns/failure';
import { useMe } from '../../shell/me';
import { rubricWords, useLead, useRubric, whyText } from '../inbox/lead-data';
import { Consents, Why } from '../inbox/lead-why';
import { useLeadChanges } from './data';
import styles from './leads.module.css';
import { useWords } from './words';

/** One lead, opened under its row: the reasons with the words they rest on, and what may be done about it. */
export function LeadDetail({ uuid }: { uuid: string }) {
  const w = useWords();
  const lead = useLead(uuid);
  if (lead.isPending) return <Loading />;
  if (lead.isError) return <Refused error={lead.error} retry={() => void lead.refetch()} />;
  if (lead.data === null) return <Quiet icon="ban" title={w('gone')} />;
  return <Detail lead={lead.data} />;
}

/** What was said in the visitor's own words, each once: several criteria may rest on the same ones. */
const quotesOf = ({ facts }: Lead): string[] => [
  ...new Set(facts.flatMap(({ holds, quote }) => (holds && quote ? [quote] : []))),
];

function Detail({ lead }: { lead: Lead }) {
  const speech = useSpeech();
  const { t } = speech;
  const w = useWords();
  const [, go] = useLocation();
  const { role } = useMe();
  const acts = role !== 'marketing';
  const quotes = quotesOf(lead);
  const jump = (message: string): void => go(`/messages/${lead.conversation_uuid}#message-${message}`);
  return (
    <div className={styles.detail}>
      <section aria-label={w('column_why')}>
        <h2>
          {w('column_why')}
          {lead.manual_quality && <small>{w('by_hand')}</small>}
        </h2>
        {acts ? <Why lead={lead} onJump={jump} /> : <Reasons lead={lead} />}
      </section>
      <section aria-label={w('said')}>
        <h2>{w('said')}</h2>
        {quotes.length > 0 ? (
          <ul className={styles.quotes}>
            {quotes.map((quote) => (
              <li key={quote}>
                <q>{quote}</q>
              </li>
            ))}
          </ul>
        ) : (
          <p className={styles.dim}>{w('said_nothing')}</p>
        )}
      </section>
      <section aria-label={w('state')}>
        <h2>{w('state')}</h2>
        <Consents lead={lead} />
        <Origin lead={lead} />
        {acts ? (
          <Acts lead={lead} />
        ) : (
          <p>
            {t('outcome')}: {t(`outcome_${lead.outcome}`)}
          </p>
        )}
      </section>
    </div>
  );
}

/** Where the visitor came from, as far as it is known. */
function Origin({ lead }: { lead: Lead }) {
  const w = useWords();
  const { first_touch: first, last_touch: last, page } = lead;
  const known = [
    [w('page'), page?.title],
    [w('column_campaign'), last?.utm_campaign],
    [w('first_seen'), first?.utm_source ?? hostOf(first?.referrer)],
  ].filter(([, value]) => value);
  if (!known.length) return null;
  return (
    <dl className={styles.origin}>
      {known.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function hostOf(url: string | null | undefined): string | null {
  try {
    return url ? new URL(url).hostname : null;
  } catch {
    return null;
  }
}

/** For those who may read why, but not judge it nor open the conversation. */
function Reasons({ lead }: { lead: Lead }) {
  const speech = useSpeech();
  const words = rubricWords(useRubric().data, speech.locale);
  return (
    <ul className={styles.quotes}>
      {lead.reasons?.map((reason, i) => (
        <li key={reason.key + i}>{whyText(speech, words, reason)}</li>
      ))}
    </ul>
  );
}

function Acts({ lead }: { lead: Lead }) {
  const { t } = useSpeech();
  const w = useWords();
  const { outcome, dismiss } = useLeadChanges(lead.uuid);
  return (
    <>
      <label className={styles.field}>
        <span>{t('outcome')}</span>
        <select
          value={lead.outcome}
          disabled={outcome.isPending}
          onChange={(e) => outcome.mutate(e.currentTarget.value as Outcome)}
        >
          {OUTCOMES.map((one) => (
            <option key={one} value={one}>
              {t(`outcome_${one}`)}
            </option>
          ))}
        </select>
      </label>
      <div className={styles.acts}>
        <Button component={Link} href={`/messages/${lead.conversation_uuid}`} size="xs">
          {w('open_conversation')}
        </Button>
        {lead.gap && !lead.gap.dismissed_at && (
          <Button size="xs" variant="default" loading={dismiss.isPending} onClick={() => dismiss.mutate()}>
            {w('dismiss_gap')}
          </Button>
        )}
      </div>
    </>
  );
}
