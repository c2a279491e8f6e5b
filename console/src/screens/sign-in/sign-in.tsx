import { Alert, Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api, read } from '../../api/client';
import { type Ended, session } from '../../api/session';
import { useSpeech } from '../../i18n';
import { queryClient } from '../../live/cache';
import { problemText } from '../../patterns/problems';
import { Door } from './door';

/** Raises ApiProblem; afterwards somebody is signed in. */
export async function signIn(email: string, password: string): Promise<void> {
  const answer = await read<{ token: string }>(
    api.POST('/api/v1/staff/sign-in', { body: { email, password } }),
  );
  queryClient.clear();
  session.begin(answer.token);
}

export function SignIn({ ended }: { ended: Ended }) {
  const speech = useSpeech();
  const { t } = speech;
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const enter = useMutation({ mutationFn: () => signIn(email.trim(), password) });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    enter.mutate();
  };
  return (
    <Door title={t('sign_in_title')}>
      <form onSubmit={submit}>
        <Stack>
          {ended && !enter.isError && (
            <Alert variant="light" role="status">
              {t(ended === 'expired' ? 'session_expired' : 'signed_out')}
            </Alert>
          )}
          {enter.isError && (
            <Alert color="red" variant="light" role="alert">
              {problemText(speech, enter.error)}
            </Alert>
          )}
          <TextInput
            label={t('email')}
            type="email"
            name="email"
            autoComplete="username"
            value={email}
            onChange={(e) => setEmail(e.currentTarget.value)}
            autoFocus
            required
          />
          <PasswordInput
            label={t('password')}
            name="password"
            autoComplete="current-password"
            value={password}
            onChange={(e) => setPassword(e.currentTarget.value)}
            visibilityToggleButtonProps={{ 'aria-label': t('password_show') }}
            required
          />
          <Button type="submit" loading={enter.isPending}>
            {t('sign_in')}
          </Button>
          <Text c="dimmed">{t('password_forgotten')}</Text>
        </Stack>
      </form>
    </Door>
  );
}
