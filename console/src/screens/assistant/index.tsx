import { useState } from 'react';
import { Route, Switch } from 'wouter';
import { useSpeech } from '../../i18n';
import { Loaded, Page } from '../../patterns/page';
import { Compare } from './compare';
import { useVersions } from './data';
import { Editor } from './editor';
import { Evals } from './evals';
import { Playground } from './playground';
import { useRehearsalWords } from './playground-words';
import { Releases } from './releases';
import { Replay } from './replay';
import { VersionList } from './versions';
import { useWords } from './words';

/** What the assistant is told: its versions, how they differ, and what is in force. */
export default function AssistantScreen() {
  const { t } = useSpeech();
  const w = useWords();
  const r = useRehearsalWords();
  const versions = useVersions();
  const [edited, edit] = useState<number | null>(null);
  const tabs = [
    { to: '/assistant', name: w('tab_versions') },
    { to: '/assistant/compare', name: w('tab_compare') },
    { to: '/assistant/playground', name: r('tab_playground') },
    { to: '/assistant/replay', name: r('tab_replay') },
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
            <Route path="/assistant/playground">
              <Playground all={all} />
            </Route>
            <Route path="/assistant/replay">
              <Replay all={all} />
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
