import { useEffect, useState } from 'react';
import { Link, Route, Switch, useLocation } from 'wouter';
import { useSpeech } from '../../i18n';
import { Quiet } from '../../patterns/failure';
import { useMe } from '../../shell/me';
import { type LeadFilter, NO_FILTER, useLeadCounts } from './data';
import { Exports } from './exports';
import { Filters } from './filters';
import styles from './leads.module.css';
import { LeadTable } from './table';
import { useWords } from './words';

const SETTLE_MS = 300;

/** Who may become a customer, why we think so, what still has to be cleared up, and the way out to other tools. */
export default function LeadsScreen() {
  const { t } = useSpeech();
  const { role } = useMe();
  const [filter, setFilter] = useState(NO_FILTER);
  const asked = useSettled(filter);
  const counts = useLeadCounts(asked).data;
  const w = useWords();
  return (
    <div className={styles.leads}>
      <header className={styles.head}>
        <h1>{t('nav_leads')}</h1>
        <nav className={styles.tabs} aria-label={w('parts')}>
          <Tab to="/leads" name={w('tab_leads')} count={counts?.total} />
          {role !== 'marketing' && <Tab to="/leads/gaps" name={w('tab_gaps')} count={counts?.gaps} />}
          {role !== 'seller' && <Tab to="/leads/exports" name={w('tab_exports')} />}
        </nav>
      </header>
      <Switch>
        <Route path="/leads/gaps">
          <Filters filter={filter} onFilter={setFilter} part="gaps" />
          <LeadTable key="gaps" filter={asked} gaps />
        </Route>
        <Route path="/leads/exports">
          {role === 'seller' ? (
            <Quiet icon="ban" title={t('no_permission')} text={t('no_permission_text')} />
          ) : (
            <Exports filter={filter} onFilter={setFilter} />
          )}
        </Route>
        <Route>
          <Filters filter={filter} onFilter={setFilter} counts={counts} />
          <LeadTable key="leads" filter={asked} />
        </Route>
      </Switch>
    </div>
  );
}

function Tab({ to, name, count }: { to: string; name: string; count?: number | undefined }) {
  const [location] = useLocation();
  const { number } = useSpeech();
  return (
    <Link href={to} className={styles.tab} aria-current={location === to ? 'page' : undefined}>
      {name}
      {count !== undefined && count > 0 && <span>{number(count)}</span>}
    </Link>
  );
}

/** The filter once typing has settled; a choice from a list is a single change and waits no longer. */
function useSettled(filter: LeadFilter): LeadFilter {
  const [settled, settle] = useState(filter);
  useEffect(() => {
    const timer = setTimeout(() => settle(filter), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [filter]);
  return settled;
}
