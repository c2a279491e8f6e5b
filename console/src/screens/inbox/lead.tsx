import { useQuery } from '@tanstack/react-query';
import { memo } from 'react';
import { Link } from 'wouter';
import { api, read } from '../../api/client';
import {
  type Conversation,
  type Lead,
  type LinePage,
  OUTCOMES,
  type Outcome,
  type Visit,
} from '../../api/types';
import { useSpeech } from '../../i18n';
import { Avatar } from '../../patterns/avatar';
import { useAct } from './acts';
import { ContactPart } from './lead-contact';
import { Handoff } from './handoff';
import { useLead } from './lead-data';
import styles from './lead.module.css';
import { Fact, Part } from './lead-parts';
import { Tasks } from './lead-tasks';
import { Why } from './lead-why';
import { nameOf } from './names';
import { QualityChoice } from './quality-choice';
import { Tags } from './tags';

export interface LeadProps {
  conversation: Conversation;
  /** Shows a message of the thread. */
  onJump: (messageId: string) => void;
}

/** Who the visitor is, how good a lead, where they came from, and what was before. */
export const LeadPane = memo(function LeadPane({ conversation, onJump }: LeadProps) {
  const speech = useSpeech();
  const { t } = speech;
  const { contact } = conversation;
  const lead = useLead(conversation.uuid).data;
  return (
    <div className={styles.lead}>
      <div className={styles.head}>
        <Avatar name={contact.name} size="lg" />
        <div>
          <h3>{nameOf(speech, conversation)}</h3>
          <small>{t(`identity_${contact.identity}`)}</small>
        </div>
      </div>
      {conversation.handoff_reason && conversation.state !== 'closed' && (
        <Handoff conversation={conversation} />
      )}
      <ContactPart conversation={conversation} lead={lead} />
      <Labels conversation={conversation} lead={lead} onJump={onJump} />
      <Tasks uuid={conversation.uuid} onJump={onJump} />
      <Visits visits={conversation.visits} />
      {contact.identity === 'verified' && contact.email && (
        <Previous email={contact.email} except={conversation.uuid} />
      )}
      <Part title={t('details')}>
        <Fact icon="clock" label={t('began')} value={speech.dateTime(new Date(conversation.created_at))} />
        {conversation.rating !== null && (
          <Fact icon="star" label={t('rating')} value={`${conversation.rating} / 5`} />
        )}
      </Part>
    </div>
  );
});

function Labels({ conversation, lead, onJump }: LeadProps & { lead: Lead | null | undefined }) {
  const { t } = useSpeech();
  const act = useAct(conversation.uuid);
  return (
    <Part title={t('qualification')}>
      <QualityChoice
        label={t('quality') + (conversation.lead_score === null ? '' : ` · ${conversation.lead_score}`)}
        value={conversation.lead_quality}
        onChange={(lead_quality) => act.mutate({ kind: 'label', lead_quality })}
      />
      {lead?.reasons && lead.reasons.length > 0 && <Why lead={lead} onJump={onJump} />}
      <label className={styles.field}>
        <span>{t('outcome')}</span>
        <select
          className={styles.select}
          value={conversation.outcome ?? ''}
          onChange={(e) =>
            act.mutate({ kind: 'label', outcome: (e.currentTarget.value || null) as Outcome | null })
          }
        >
          <option value="">{t('outcome_none')}</option>
          {OUTCOMES.map((name) => (
            <option key={name} value={name}>
              {t(`outcome_${name}`)}
            </option>
          ))}
        </select>
      </label>
      <Tags tags={conversation.tags} onChange={(tags) => act.mutate({ kind: 'label', tags })} />
    </Part>
  );
}

function Visits({ visits }: { visits: readonly Visit[] }) {
  const speech = useSpeech();
  const { t } = speech;
  const newest = visits[0];
  if (!newest) return null;
  const { page, touch, location } = newest;
  const place = [location?.city, location?.country].filter(Boolean).join(', ');
  const campaign =
    touch && [touch.utm_source, touch.utm_medium, touch.utm_campaign].filter(Boolean).join(' / ');
  if (!page?.url && !campaign && !touch?.referrer && !page?.referrer && !place && visits.length < 2)
    return null;
  const link = /^https?:\/\//.test(page?.url ?? '') ? page?.url : null;
  return (
    <Part title={t('visit')}>
      {page?.url && <Fact icon="link" label={t('page')} value={page.title || page.url} href={link} />}
      {campaign && <Fact icon="chart" label={t('campaign')} value={campaign} />}
      {(touch?.referrer || page?.referrer) && (
        <Fact icon="back" label={t('referrer')} value={touch?.referrer || page?.referrer} />
      )}
      {place && <Fact icon="globe" label={t('place')} value={place} />}
      {visits.length > 1 && (
        <Fact icon="reopen" label={t('visits')} value={speech.n('visits', visits.length)} />
      )}
    </Part>
  );
}

/** Earlier conversations of somebody whose address is verified: what only says that it is theirs opens nothing. */
function Previous({ email, except }: { email: string; except: string }) {
  const speech = useSpeech();
  const { t } = speech;
  const { data } = useQuery({
    queryKey: ['previous', email],
    queryFn: () =>
      read<LinePage>(
        api.GET('/api/v1/chat/conversations', { params: { query: { view: 'all', q: email, limit: 10 } } }),
      ),
  });
  const lines = data?.data.filter((line) => line.uuid !== except && line.contact.email === email) ?? [];
  if (!lines.length) return null;
  return (
    <Part title={t('previous')}>
      <ul className={styles.previous}>
        {lines.map((line) => (
          <li key={line.uuid}>
            <Link href={`/messages/${line.uuid}`}>
              <span>{line.taggable_info?.title ?? line.last_message_text}</span>
              <small>
                {line.last_message_at && speech.ago(new Date(line.last_message_at))}
                {/* Whoever typed the same address then may have been somebody else. */}
                {line.contact.identity !== 'verified' && ` · ${t('identity_claimed')}`}
              </small>
            </Link>
          </li>
        ))}
      </ul>
    </Part>
  );
}
