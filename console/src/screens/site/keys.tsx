import { Button, Modal, Text } from '@mantine/core';
import { useState } from 'react';
import { rememberSite } from '../../api/session';
import { useSpeech } from '../../i18n';
import { CopyText, page, Pick, Section } from '../../patterns/page';
import { Sure } from '../../patterns/sure';
import { type AdminSite, useKeyActs } from './data';
import { useWords } from './words';

export function Keys({ site }: { site: AdminSite }) {
  return (
    <>
      <PublicKey site={site} />
      <Identity since={site.identity_secret_at} />
    </>
  );
}

function PublicKey({ site }: { site: AdminSite }) {
  const { dateTime } = useSpeech();
  const w = useWords();
  const { retire } = useKeyActs();
  const [replacing, replace] = useState(false);
  const [ending, end] = useState<string | null>(null);
  return (
    <>
      <Section title={w('public_key')} why={w('public_key_why')}>
        <CopyText text={site.public_key} label={w('public_key')} button={w('copy')} copied={w('copied')} />
        {site.key_is_a_setting ? (
          <p className={page.dim}>{w('key_is_a_setting')}</p>
        ) : (
          <Button variant="default" onClick={() => replace(true)}>
            {w('rotate_key')}
          </Button>
        )}
      </Section>
      {site.former_keys.length > 0 && (
        <Section title={w('former_keys')} why={w('former_keys_why')}>
          <ul className={page.list}>
            {site.former_keys.map(({ public_key, until }) => (
              <li key={public_key}>
                <span className={page.grow}>
                  <code>{public_key}</code>
                  <small>{w('former_until', { when: dateTime(new Date(until)) })}</small>
                </span>
                <Button
                  size="xs"
                  variant="subtle"
                  color="red"
                  aria-label={w('retire_of', { key: public_key })}
                  onClick={() => end(public_key)}
                >
                  {w('retire')}
                </Button>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {replacing && <Replace slug={site.slug} onClose={() => replace(false)} />}
      {ending && (
        <Sure
          title={w('retire')}
          act={w('retire')}
          pending={retire.isPending}
          onYes={() => retire.mutate(ending, { onSettled: () => end(null) })}
          onClose={() => end(null)}
        >
          <Text>{w('retire_sure', { key: ending })}</Text>
        </Sure>
      )}
    </>
  );
}

const KEPT_DAYS = ['7', '1', '30', '0'] as const;
const DAY_MS = 86_400_000;

function Replace({ slug, onClose }: { slug: string; onClose: () => void }) {
  const { dateTime } = useSpeech();
  const w = useWords();
  const { key } = useKeyActs();
  const [days, keep] = useState<string>(KEPT_DAYS[0]);
  const [now] = useState(Date.now);
  const rotate = (): void =>
    key.mutate(Number(days), {
      // The console itself speaks for the new key from here on.
      onSuccess: ({ public_key }) => {
        rememberSite(public_key);
        location.reload();
      },
      onError: onClose,
    });
  const until = dateTime(new Date(now + Number(days) * DAY_MS));
  const address = `${location.origin}/console?site=${slug}`;
  return (
    <Sure
      title={w('rotate_key')}
      act={w('rotate_key')}
      pending={key.isPending}
      onYes={rotate}
      onClose={onClose}
    >
      <Pick
        label={w('rotate_key_keep')}
        value={days}
        options={KEPT_DAYS.map((n) => [n, w(`keep_${n}`)])}
        onPick={keep}
      />
      <Text aria-live="polite">
        {days === '0' ? w('rotate_key_now', { address }) : w('rotate_key_later', { when: until })}
      </Text>
      <Text>{w('rotate_key_visitors')}</Text>
    </Sure>
  );
}

function Identity({ since }: { since: string | null }) {
  const { dateTime } = useSpeech();
  const w = useWords();
  const { secret } = useKeyActs();
  const [asked, ask] = useState(false);
  const [shown, show] = useState<string | null>(null);
  const make = (): void =>
    secret.mutate(undefined, { onSuccess: (made) => show(made.secret), onSettled: () => ask(false) });
  return (
    <>
      <Section title={w('identity')} why={w('identity_why')}>
        <p>{since ? w('identity_since', { when: dateTime(new Date(since)) }) : w('identity_none')}</p>
        <Button
          variant="default"
          onClick={() => (since ? ask(true) : make())}
          loading={secret.isPending && !asked}
        >
          {w(since ? 'rotate_secret' : 'make_secret')}
        </Button>
      </Section>
      {asked && (
        <Sure
          title={w('rotate_secret')}
          act={w('rotate_secret')}
          pending={secret.isPending}
          onYes={make}
          onClose={() => ask(false)}
        >
          <Text>{w('rotate_secret_sure')}</Text>
        </Sure>
      )}
      {shown && <Secret secret={shown} onClose={() => show(null)} />}
    </>
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
