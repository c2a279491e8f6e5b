import { Alert, Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useLocation } from 'wouter';
import { api, read } from '../../api/client';
import { session } from '../../api/session';
import { useSpeech } from '../../i18n';
import { problemText } from '../../patterns/problems';
import { Door } from './door';
import { signIn } from './sign-in';

/** The link of an invitation or of a forgotten password: `/console/accept#sl_…`. What follows the # is sent to nobody. */
export function Accept() {
  const speech = useSpeech();
  const { t } = speech;
  const [, go] = useLocation();
  const [token] = useState(() => location.hash.slice(1));
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const accept = useMutation({
    async mutationFn() {
      const body = { token, password, ...(name.trim() ? { name: name.trim() } : {}) };
      const { email } = await read<{ email: string }>(api.POST('/api/v1/staff/accept', { body }));
      session.end(null);
      await signIn(email, password);
    },
    onSuccess: () => go('/', { replace: true }),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    accept.mutate();
  };
  const broken = !/^sl_[\w-]{43}$/.test(token);
  return (
    <Door title={t('accept_title')}>
      <form onSubmit={submit}>
        <Stack>
          {(broken || accept.isError) && (
            <Alert color="red" variant="light" role="alert">
              {broken ? t('problem_link') : problemText(speech, accept.error)}
            </Alert>
          )}
          <TextInput
            label={t('name')}
            description={t('accept_name_why')}
            autoComplete="name"
            value={name}
            onChange={(e) => setName(e.currentTarget.value)}
            disabled={broken}
          />
          <PasswordInput
            label={t('password_new')}
            description={t('password_rule')}
            autoComplete="new-password"
            minLength={10}
            value={password}
            onChange={(e) => setPassword(e.currentTarget.value)}
            visibilityToggleButtonProps={{ 'aria-label': t('password_show') }}
            disabled={broken}
            required
          />
          <Button type="submit" loading={accept.isPending} disabled={broken}>
            {t('accept')}
          </Button>
        </Stack>
      </form>
    </Door>
  );
}
