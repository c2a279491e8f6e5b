import { Button, Group, Modal, Stack } from '@mantine/core';
import { useState } from 'react';
import { rememberSite } from '../../api/session';
import { useSpeech } from '../../i18n';
import { CopyText, page, Section } from '../../patterns/page';
import { type AdminSite, useKeyActs } from './data';
import { useWords } from './words';

type Asked = 'secret' | 'key' | null;

export function Keys({ site }: { site: AdminSite }) {
  const { dateTime } = useSpeech();
  const w = useWords();
  const { secret, key } = useKeyActs();
  const [asked, ask] = useState<Asked>(null);
  const [shown, show] = useState<string | null>(null);
  const since = site.identity_secret_at;
  const rotate = (): void => {
    if (asked === 'secret')
      secret.mutate(undefined, { onSuccess: (made) => show(made.secret), onSettled: () => ask(null) });
    else
      key.mutate(undefined, {
        // The console itself speaks for the new key from here on.
        onSuccess: ({ public_key }) => {
          rememberSite(public_key);
          location.reload();
        },
        onError: () => ask(null),
      });
  };
  return (
    <>
      <Section title={w('public_key')} why={w('public_key_why')}>
        <CopyText text={site.public_key} label={w('public_key')} button={w('copy')} copied={w('copied')} />
        {site.key_is_a_setting ? (
          <p className={page.dim}>{w('key_is_a_setting')}</p>
        ) : (
          <Button variant="default" onClick={() => ask('key')}>
            {w('rotate_key')}
          </Button>
        )}
      </Section>
      <Section title={w('identity')} why={w('identity_why')}>
        <p>{since ? w('identity_since', { when: dateTime(new Date(since)) }) : w('identity_none')}</p>
        <Button
          variant="default"
          onClick={() =>
            since ? ask('secret') : secret.mutate(undefined, { onSuccess: (made) => show(made.secret) })
          }
          loading={secret.isPending}
        >
          {w(since ? 'rotate_secret' : 'make_secret')}
        </Button>
      </Section>
      {asked && (
        <Sure
          title={w(asked === 'key' ? 'rotate_key' : 'rotate_secret')}
          text={w(asked === 'key' ? 'rotate_key_sure' : 'rotate_secret_sure', { slug: site.slug })}
          pending={secret.isPending || key.isPending}
          onYes={rotate}
          onClose={() => ask(null)}
        />
      )}
      {shown && <Secret secret={shown} onClose={() => show(null)} />}
    </>
  );
}

function Sure(props: {
  title: string;
  text: string;
  pending: boolean;
  onYes: () => void;
  onClose: () => void;
}) {
  const { t } = useSpeech();
  return (
    <Modal opened onClose={props.onClose} title={props.title} closeButtonProps={{ 'aria-label': t('close') }}>
      <Stack>
        <p>{props.text}</p>
        <Group justify="flex-end">
          <Button variant="default" onClick={props.onClose} data-autofocus>
            {t('cancel')}
          </Button>
          <Button color="red" loading={props.pending} onClick={props.onYes}>
            {props.title}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

/** Only a button closes it: by a slip it would be gone for good. */
function Secret({ secret, onClose }: { secret: string; onClose: () => void }) {
  const { t } = useSpeech();
  const w = useWords();
  return (
    <Modal
      opened
      onClose={onClose}
      closeOnClickOutside={false}
      closeOnEscape={false}
      title={w('secret_title')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <p>{w('secret_text')}</p>
      <CopyText text={secret} label={w('identity')} button={w('copy')} copied={w('copied')} />
    </Modal>
  );
}
