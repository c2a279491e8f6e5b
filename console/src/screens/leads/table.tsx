import { Button } from '@mantine/core';
import { Fragment, useState } from 'react';
import { useSpeech } from '../../i18n';
import { Loading, Quiet, Refused } from '../../patterns/failure';
import { Icon } from '../../patterns/icons';
import { useMinute } from '../../patterns/minute';
import { rubricWords, useRubric, whyText } from '../inbox/lead-data';
import { nameOf } from '../inbox/names';
import { QualityBadge } from '../inbox/quality';
import { type LeadFilter, type LeadRow, useLeads } from './data';
import { LeadDetail } from './detail';
import styles from './leads.module.css';
import { useWords } from './words';

const SHOWN_REASONS = 2;

export function LeadTable({ filter, gaps = false }: { filter: LeadFilter; gaps?: boolean }) {
  const w = useWords();
  const leads = useLeads(filter, gaps);
  const [opened, open] = useState<string | null>(null);
  if (leads.isPending) return <Loading />;
  if (leads.isError && !leads.data) return <Refused error={leads.error} retry={() => void leads.refetch()} />;
  const rows = leads.data.pages.flatMap((page) => page.data);
  if (!rows.length) return <Nothing narrowed={Object.values(filter).some(Boolean)} gaps={gaps} />;
  const columns = ['tier', 'who', gaps ? 'gap' : 'why', 'item', 'campaign', 'outcome', 'since'] as const;
  return (
    <div className={styles.scroll}>
      <table className={styles.table} aria-busy={leads.isFetching}>
        <caption className="sr-only">{w(gaps ? 'tab_gaps' : 'tab_leads')}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {w(`column_${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((lead) => (
            <Fragment key={lead.uuid}>
              <Row
                lead={lead}
                gaps={gaps}
                opened={opened === lead.uuid}
                onOpen={() => open(opened === lead.uuid ? null : lead.uuid)}
              />
              {opened === lead.uuid && (
                <tr className={styles.detailRow}>
                  <td colSpan={columns.length}>
                    <LeadDetail uuid={lead.uuid} />
                  </td>
                </tr>
              )}
            </Fragment>
          ))}
        </tbody>
      </table>
      {leads.hasNextPage && (
        <div className={styles.more}>
          <Button
            variant="default"
            loading={leads.isFetchingNextPage}
            onClick={() => void leads.fetchNextPage()}
          >
            {w('more')}
          </Button>
        </div>
      )}
    </div>
  );
}

function Nothing({ narrowed, gaps }: { narrowed: boolean; gaps: boolean }) {
  const { t } = useSpeech();
  const w = useWords();
  if (narrowed) return <Quiet icon="search" title={t('nothing_found')} text={t('nothing_found_text')} />;
  if (gaps) return <Quiet icon="check" title={w('no_gaps')} text={w('no_gaps_text')} />;
  return <Quiet icon="leads" title={w('no_leads')} text={w('no_leads_text')} />;
}

interface RowProps {
  lead: LeadRow;
  gaps: boolean;
  opened: boolean;
  onOpen: () => void;
}

function Row({ lead, gaps, opened, onOpen }: RowProps) {
  const speech = useSpeech();
  const { t } = speech;
  const w = useWords();
  const words = rubricWords(useRubric().data, speech.locale);
  const now = new Date(useMinute() * 60_000);
  const { contact, gap } = lead;
  const name = contact.hidden ? w('hidden') : nameOf(speech, lead);
  // Who cannot be written to although they said how: that is what to know of them here.
  const instead =
    contact.hidden || gaps
      ? ''
      : gap && !gap.dismissed_at
        ? w(`gap_${gap.code}` as 'gap_no_consent')
        : w('no_way');
  const why = (lead.reasons ?? []).filter((r) => r.key !== 'missing' || !lead.reasons?.some(worthMore));
  return (
    <tr className={styles.row} data-opened={opened} onClick={onOpen}>
      <td data-label={w('column_tier')}>
        {lead.quality ? <QualityBadge quality={lead.quality} /> : t('quality_none')}
        {lead.score !== null && <small>{lead.score}</small>}
      </td>
      <th scope="row">
        <button
          type="button"
          className={styles.opener}
          aria-expanded={opened}
          onClick={(event) => {
            event.stopPropagation();
            onOpen();
          }}
        >
          <Icon name="down" size={14} />
          {name}
        </button>
        <small>{contact.email ?? contact.phone ?? instead}</small>
      </th>
      <td data-label={w(gaps ? 'column_gap' : 'column_why')} className={styles.why}>
        {gaps && gap
          ? w(`gap_${gap.code}` as Parameters<typeof w>[0])
          : [...new Set(why.map((reason) => whyText(speech, words, reason)))]
              .slice(0, SHOWN_REASONS)
              .join(' · ')}
      </td>
      <td data-label={w('column_item')}>{lead.item?.title}</td>
      <td data-label={w('column_campaign')}>{lead.last_touch?.utm_campaign}</td>
      <td data-label={w('column_outcome')}>{t(`outcome_${lead.outcome}`)}</td>
      <td data-label={w('column_since')}>
        <time dateTime={lead.created_at} title={speech.dateTime(new Date(lead.created_at))}>
          {speech.ago(new Date(gaps && gap ? gap.since : lead.created_at), now)}
        </time>
      </td>
    </tr>
  );
}

const worthMore = (reason: { points: number }): boolean => reason.points !== 0;
