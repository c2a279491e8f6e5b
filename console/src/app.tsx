import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useState } from 'react';
import { Redirect, Route, Router, Switch } from 'wouter';
import { session, useToken } from './api/session';
import { type Catalog, type Locale, loadCatalog, rememberLocale, SpeechProvider } from './i18n';
import { queryClient } from './live/cache';
import { Failure, Loading } from './patterns/failure';
import { Notices } from './patterns/notices';
import { Shell } from './shell/frame';
import { LanguageContext } from './shell/language';
import { styleNonce, theme, variables } from './theme';

// Whoever is signed in already does not need them.
const SignIn = lazy(() => import('./screens/sign-in/sign-in').then((m) => ({ default: m.SignIn })));
const Accept = lazy(() => import('./screens/sign-in/accept').then((m) => ({ default: m.Accept })));

export function App(initial: { locale: Locale; catalog: Catalog }) {
  const [spoken, setSpoken] = useState(initial);
  const speakIn = async (locale: Locale): Promise<void> => {
    const catalog = await loadCatalog(locale);
    rememberLocale(locale);
    setSpoken({ locale, catalog });
  };
  useEffect(() => {
    document.documentElement.lang = spoken.locale;
  }, [spoken.locale]);
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={variables}
      defaultColorScheme="auto"
      getStyleNonce={styleNonce}
    >
      <SpeechProvider {...spoken}>
        <LanguageContext value={speakIn}>
          <QueryClientProvider client={queryClient}>
            <Notices />
            <Failure>
              <Router base="/console">
                <Suspense fallback={<Loading />}>
                  <Pages />
                </Suspense>
              </Router>
            </Failure>
          </QueryClientProvider>
        </LanguageContext>
      </SpeechProvider>
    </MantineProvider>
  );
}

function Pages() {
  const token = useToken();
  return (
    <Switch>
      <Route path="/accept" component={Accept} />
      <Route path="/sign-in">{token ? <Redirect to="/" replace /> : <SignIn ended={session.ended} />}</Route>
      <Route>{token ? <Shell key={token} /> : <SignIn ended={session.ended} />}</Route>
    </Switch>
  );
}
