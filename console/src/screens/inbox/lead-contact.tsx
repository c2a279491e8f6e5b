import { ActionIcon, Button, Group, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { Conversation, Lead } from '../../api/types';
import { useSpeech } from '../../i18n';
import { Icon } from '../../patterns/icons';
import { problemText } from '../../patterns/problems';
import { Fact, Part } from './lead-parts';
import { useLeadActs } from './lead-data';
import { Consents } from './lead-why';

/** How to reach them, and whether one may; what a seller knows better can be put right. */
export function ContactPart({
  conversation,
  lead,
}: {
  conversation: Conversation;
  lead: Lead | null | undefined;
}) {
  const speech = useSpeech();
  const { t } = speech;
  const [editing, edit] = useState(false);
  const { contact, locale } = conversation;
  const pencil = lead && !editing && (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="sm"
      aria-label={t('edit_contact')}
      onClick={() => edit(true)}
    >
      <Icon name="pencil" size={15} />
    </ActionIcon>
  );
  return (
    <Part title={t('contact')} act={pencil}>
      {editing ? (
        <ContactForm conversation={conversation} onDone={() => edit(false)} />
      ) : (
        <>
          <Fact
            icon="mail"
            label={t('email')}
            value={contact.email}
            href={contact.email && `mailto:${contact.email}`}
          />
          <Fact
            icon="phone"
            label={t('phone')}
            value={contact.phone}
            href={contact.phone && `tel:${contact.phone}`}
          />
          {locale && (
            <Fact icon="globe" label={t('language')} value={speech.languageName(locale.slice(0, 2))} />
          )}
          {lead && <Consents lead={lead} />}
        </>
      )}
    </Part>
  );
}

function ContactForm({ conversation, onDone }: { conversation: Conversation; onDone: () => void }) {
  const speech = useSpeech();
  const { t } = speech;
  const { correct } = useLeadActs(conversation.uuid);
  const [contact, setContact] = useState({
    name: conversation.contact.name ?? '',
    email: conversation.contact.email ?? '',
    phone: conversation.contact.phone ?? '',
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const before = conversation.contact;
    const changed = Object.entries(contact)
      .map(([name, value]) => [name, value.trim() || null] as const)
      .filter(([name, value]) => value !== before[name as keyof typeof contact]);
    if (!changed.length) return onDone();
    correct.mutate({ contact: Object.fromEntries(changed) }, { onSuccess: onDone });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="xs">
        {(['name', 'email', 'phone'] as const).map((name) => (
          <TextInput
            key={name}
            size="xs"
            autoFocus={name === 'name'}
            label={t(name)}
            value={contact[name]}
            onChange={(e) => setContact({ ...contact, [name]: e.currentTarget.value })}
          />
        ))}
        {correct.isError && <p role="alert">{problemText(speech, correct.error)}</p>}
        <Group gap="xs" justify="flex-end">
          <Button size="compact-sm" variant="default" onClick={onDone}>
            {t('cancel')}
          </Button>
          <Button size="compact-sm" type="submit" loading={correct.isPending}>
            {t('save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
