import { useState } from 'react';
import { Route, Switch } from 'wouter';
import { useSpeech } from '../../i18n';
import { Loaded, Page } from '../../patterns/page';
import { Compare } from './compare';
import { useVersions } from './data';
import { Editor } from './editor';
import { Evals } from './evals';
import { Releases } from './releases';
import { VersionList } from './versions';
import { useWords } from './words';

/** What the assistant is told: its versions, how they differ, and what is in force. */
export default function AssistantScreen() {
  const { t } = useSpeech();
  const w = useWords();
  const versions = useVersions();
  const [edited, edit] = useState<number | null>(null);
  const tabs = [
    { to: '/assistant', name: w('tab_versions') },
    { to: '/assistant/compare', name: w('tab_compare') },
    { to: '/assistant/evals', name: w('tab_evals') },
    { to: '/assistant/releases', name: w('tab_releases') },
  ];
  return (
    <Page title={t('nav_assistant')} tabs={tabs} label={w('parts')}>
      <Loaded query={versions}>
        {(all) => (
          <Switch>
            <Route path="/assistant/compare">
              <Compare all={all} />
            </Route>
            <Route path="/assistant/evals">
              <Evals all={all} />
            </Route>
            <Route path="/assistant/releases">
              <Releases all={all} />
            </Route>
            <Route>
              {edited === null ? (
                <VersionList all={all} onEdit={edit} />
              ) : (
                <Editor key={edited} base={edited} onClose={() => edit(null)} />
              )}
            </Route>
          </Switch>
        )}
      </Loaded>
    </Page>
  );
}
