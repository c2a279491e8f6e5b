import { Route, Switch } from 'wouter';
import { useSpeech } from '../../i18n';
import { Loaded, Page } from '../../patterns/page';
import { AppearanceForm } from './appearance';
import { useSite } from './data';
import { Embed } from './embed';
import { Keys } from './keys';
import { Privacy } from './privacy';
import { useWords } from './words';

/** How the widget looks, where it may be, who vouches for visitors, and for how long anybody is kept. */
export default function SiteScreen() {
  const { t } = useSpeech();
  const w = useWords();
  const site = useSite();
  const tabs = [
    { to: '/site', name: w('tab_appearance') },
    { to: '/site/embed', name: w('tab_embed') },
    { to: '/site/keys', name: w('tab_keys') },
    { to: '/site/privacy', name: w('tab_privacy') },
  ];
  return (
    <Page title={t('nav_site')} tabs={tabs} label={w('parts')}>
      <Loaded query={site}>
        {(data) => (
          <Switch>
            <Route path="/site/embed">
              <Embed site={data} />
            </Route>
            <Route path="/site/keys">
              <Keys site={data} />
            </Route>
            <Route path="/site/privacy">
              <Privacy site={data} />
            </Route>
            <Route>
              <AppearanceForm key={JSON.stringify([data.name, data.appearance])} site={data} />
            </Route>
          </Switch>
        )}
      </Loaded>
    </Page>
  );
}
