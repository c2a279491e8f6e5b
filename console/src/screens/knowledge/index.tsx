import { Route, Switch } from 'wouter';
import { useSpeech } from '../../i18n';
import { Page } from '../../patterns/page';
import { Documents } from './documents';
import { Items } from './items';
import { Trial } from './trial';
import { useWords } from './words';

/** What the assistant may state as fact: the items, the documents, and what it would find for a question. */
export default function KnowledgeScreen() {
  const { t } = useSpeech();
  const w = useWords();
  const tabs = [
    { to: '/knowledge', name: w('tab_items') },
    { to: '/knowledge/documents', name: w('tab_documents') },
    { to: '/knowledge/try', name: w('tab_try') },
  ];
  return (
    <Page title={t('nav_knowledge')} tabs={tabs} label={w('parts')}>
      <Switch>
        <Route path="/knowledge/documents" component={Documents} />
        <Route path="/knowledge/try" component={Trial} />
        <Route component={Items} />
      </Switch>
    </Page>
  );
}
