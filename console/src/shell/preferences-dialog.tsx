import { Button, Modal, PasswordInput, Stack, Switch, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api, read } from '../api/client';
import type { Me } from '../api/types';
import { useSpeech } from '../i18n';
import { problemText, tell, tellProblem } from '../patterns/problems';
import { ME, useMe } from './me';
import { preferences, usePreferences } from './preferences';

/** How one appears to others, how much one takes, and how the console behaves in this browser. */
export default function PreferencesDialog(props: { opened: boolean; onClose: () => void }) {
  const { t } = useSpeech();
  return (
    <Modal {...props} title={t('preferences')} size="md" closeButtonProps={{ 'aria-label': t('close') }}>
      <Stack gap="xl">
        <Here />
        <Profile />
        <Password />
      </Stack>
    </Modal>
  );
}

function Here() {
  const { t } = useSpeech();
  const { sound, enterSends, letters } = usePreferences();
  const switches = { sound, enterSends, letters } as const;
  return (
    <Stack gap="sm">
      {(Object.keys(switches) as (keyof typeof switches)[]).map((name) => (
        <Switch
          key={name}
          checked={switches[name]}
          label={t(`preference_${name}`)}
          onChange={(change) => preferences.set({ [name]: change.currentTarget.checked })}
        />
      ))}
    </Stack>
  );
}

function Profile() {
  const speech = useSpeech();
  const { t } = speech;
  const me = useMe();
  const cache = useQueryClient();
  const [name, setName] = useState(me.name);
  const [languages, setLanguages] = useState(me.languages.join(' '));
  const [capacity, setCapacity] = useState(String(me.capacity));
  const save = useMutation({
    mutationFn() {
      const codes = languages.toLowerCase().match(/\b[a-z]{2}\b/g) ?? [];
      const body = { name, languages: [...new Set(codes)], capacity: Number(capacity) };
      return read<Me>(api.PATCH('/api/v1/staff/me', { body }));
    },
    onSuccess: (changed) => {
      cache.setQueryData<Me>(ME, (old) => old && { ...old, ...changed, site: old.site });
      tell(t('saved'));
    },
    onError: (error) => tellProblem(speech, error),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <TextInput label={t('name')} value={name} onChange={(e) => setName(e.currentTarget.value)} required />
        <TextInput
          label={t('languages')}
          description={t('languages_why')}
          value={languages}
          onChange={(e) => setLanguages(e.currentTarget.value)}
        />
        <TextInput
          type="number"
          label={t('capacity')}
          description={t('capacity_why')}
          min={0}
          max={100}
          value={capacity}
          onChange={(e) => setCapacity(e.currentTarget.value)}
        />
        <Button type="submit" loading={save.isPending} variant="default">
          {t('save')}
        </Button>
      </Stack>
    </form>
  );
}

function Password() {
  const speech = useSpeech();
  const { t } = speech;
  const [before, setBefore] = useState('');
  const [after, setAfter] = useState('');
  const change = useMutation({
    mutationFn: () =>
      read(api.POST('/api/v1/staff/me/password', { body: { old_password: before, new_password: after } })),
    onSuccess: () => {
      setBefore('');
      setAfter('');
      tell(t('password_changed'));
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    change.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <PasswordInput
          label={t('password_old')}
          autoComplete="current-password"
          value={before}
          onChange={(e) => setBefore(e.currentTarget.value)}
          error={change.isError && problemText(speech, change.error)}
          required
        />
        <PasswordInput
          label={t('password_new')}
          description={t('password_rule')}
          autoComplete="new-password"
          minLength={10}
          value={after}
          onChange={(e) => setAfter(e.currentTarget.value)}
          required
        />
        <Button type="submit" loading={change.isPending} variant="default">
          {t('password_change')}
        </Button>
      </Stack>
    </form>
  );
}
