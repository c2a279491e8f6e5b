import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Lead } from '../../api/types';
import { useSpeech } from '../../i18n';
import { Icon } from '../../patterns/icons';
import { rubricWords, useLeadActs, useRubric, whyText } from './lead-data';
import styles from './lead.module.css';

export interface WhyProps {
  lead: Lead;
  onJump: (messageId: string) => void;
}

/** Why the lead is what it is: each reason with its points, and the message it rests on one click away. */
export function Why({ lead, onJump }: WhyProps) {
  const speech = useSpeech();
  const { t } = speech;
  const words = rubricWords(useRubric().data, speech.locale);
  const quoteOf = (message: string | undefined): string | undefined =>
    lead.facts.find((fact) => fact.message_id === message)?.quote ?? undefined;
  return (
    <>
      <ul className={styles.reasons}>
        {lead.reasons?.map((reason, i) => {
          const evidence = reason.evidence[0];
          const text = whyText(speech, words, reason);
          return (
            <li key={reason.key + i} data-sign={Math.sign(reason.points)}>
              {evidence ? (
                <button type="button" title={quoteOf(evidence)} onClick={() => onJump(evidence)}>
                  {text}
                  <span className="sr-only"> {t('show_evidence')}</span>
                </button>
              ) : (
                <span>{text}</span>
              )}
              {reason.points !== 0 && (
                <span className={styles.points}>
                  {reason.points > 0 ? '+' : '−'}
                  {Math.abs(reason.points)}
                </span>
              )}
            </li>
          );
        })}
      </ul>
      <Verdict lead={lead} />
    </>
  );
}

function Verdict({ lead }: { lead: Lead }) {
  const { t } = useSpeech();
  const { judge } = useLeadActs(lead.uuid);
  const [wrong, setWrong] = useState(false);
  const [reason, setReason] = useState('');
  if (wrong)
    return (
      <form
        className={styles.verdict}
        onSubmit={(event) => {
          event.preventDefault();
          judge.mutate({ verdict: 'wrong', reason }, { onSuccess: () => setWrong(false) });
        }}
      >
        <TextInput
          autoFocus
          size="xs"
          flex={1}
          required
          maxLength={1000}
          label={t('verdict_why')}
          value={reason}
          onChange={(e) => setReason(e.currentTarget.value)}
        />
        <Button type="submit" size="xs" loading={judge.isPending}>
          {t('save')}
        </Button>
      </form>
    );
  const said = lead.verdict?.verdict;
  return (
    <div className={styles.verdict}>
      <span>{t('verdict_ask')}</span>
      <button
        type="button"
        aria-pressed={said === 'right'}
        onClick={() => judge.mutate({ verdict: 'right' })}
      >
        <Icon name="check" size={14} />
        {t('yes')}
      </button>
      <button type="button" aria-pressed={said === 'wrong'} onClick={() => setWrong(true)}>
        <Icon name="close" size={14} />
        {t('no')}
      </button>
    </div>
  );
}

/** What the visitor agreed to. */
export function Consents({ lead }: { lead: Lead }) {
  const { t } = useSpeech();
  const { consents } = lead.contact;
  return (
    <ul className={styles.consents}>
      {(['contact', 'marketing'] as const).map((purpose) => {
        const given = consents[purpose];
        return (
          <li key={purpose} data-given={given ?? 'none'}>
            <Icon name={given ? 'check' : given === false ? 'ban' : 'more'} size={14} />
            {t(`consent_${purpose}`)}:{' '}
            {t(given ? 'consent_yes' : given === false ? 'consent_no' : 'consent_none')}
          </li>
        );
      })}
    </ul>
  );
}
