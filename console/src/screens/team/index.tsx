import { Route, Switch } from 'wouter';
import { useSpeech } from '../../i18n';
import { Page } from '../../patterns/page';
import { useMe } from '../../shell/me';
import { Canned } from './canned';
import { Hours } from './hours';
import { People } from './people';
import { Targets } from './targets';
import { useWords } from './words';

/** Who works here, when, by when they answer, and what they need not write twice. */
export default function TeamScreen() {
  const { t } = useSpeech();
  const w = useWords();
  // Marketing does not answer visitors: it sees who is who, and no more.
  const answers = useMe().role !== 'marketing';
  const tabs = [
    { to: '/team', name: w('tab_people') },
    ...(answers
      ? [
          { to: '/team/hours', name: w('tab_hours') },
          { to: '/team/targets', name: w('tab_targets') },
          { to: '/team/replies', name: w('tab_replies') },
        ]
      : []),
  ];
  return (
    <Page title={t('nav_team')} tabs={tabs} label={w('parts')}>
      <Switch>
        {answers && <Route path="/team/hours" component={Hours} />}
        {answers && <Route path="/team/targets" component={Targets} />}
        {answers && <Route path="/team/replies" component={Canned} />}
        <Route component={People} />
      </Switch>
    </Page>
  );
}
