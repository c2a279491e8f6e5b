import { ActionIcon, Group, Menu, TextInput } from '@mantine/core';
import { useSpeech } from '../../i18n';
import { Icon } from '../../patterns/icons';
import styles from './composer.module.css';
import type { Extras } from './outbox';

export const NO_EXTRAS: Required<Extras> = { quick_replies: [], cards: [] };
const MOST_REPLIES = 10;

export interface ExtrasProps {
  extras: Required<Extras>;
  onChange: (extras: Required<Extras>) => void;
}

/** What goes with a reply besides words: answers to tap, or something of the site's to look at. */
export function ExtrasMenu({ extras, onChange }: ExtrasProps) {
  const { t } = useSpeech();
  return (
    <Menu position="top-start" width={220}>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          title={t('add_extras')}
          aria-label={t('add_extras')}
        >
          <Icon name="plus" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<Icon name="replies" size={16} />}
          disabled={extras.quick_replies.length >= MOST_REPLIES}
          onClick={() =>
            onChange({ ...extras, quick_replies: [...extras.quick_replies, { label: '', value: '' }] })
          }
        >
          {t('add_quick_reply')}
        </Menu.Item>
        <Menu.Item
          leftSection={<Icon name="card" size={16} />}
          disabled={extras.cards.length > 0}
          onClick={() => onChange({ ...extras, cards: [{ title: '' }] })}
        >
          {t('add_card')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

export function ExtrasEditor({ extras, onChange }: ExtrasProps) {
  const { t } = useSpeech();
  const { quick_replies, cards } = extras;
  const card = cards[0];
  if (!quick_replies.length && !card) return null;
  const setCard = (change: Partial<NonNullable<typeof card>>): void =>
    onChange({ ...extras, cards: [{ ...card!, ...change }] });
  return (
    <div className={styles.extras}>
      {quick_replies.map((reply, i) => (
        <Group key={i} gap="xs" wrap="nowrap">
          <TextInput
            size="xs"
            flex={1}
            autoFocus
            aria-label={t('quick_reply_number', { number: i + 1 })}
            placeholder={t('quick_reply_number', { number: i + 1 })}
            maxLength={80}
            value={reply.label}
            onChange={(e) => {
              const label = e.currentTarget.value;
              onChange({ ...extras, quick_replies: quick_replies.with(i, { label, value: label }) });
            }}
          />
          <Remove onClick={() => onChange({ ...extras, quick_replies: quick_replies.toSpliced(i, 1) })} />
        </Group>
      ))}
      {card && (
        <Group gap="xs" wrap="nowrap">
          <TextInput
            size="xs"
            flex={2}
            autoFocus
            aria-label={t('card_title')}
            placeholder={t('card_title')}
            maxLength={200}
            value={card.title}
            onChange={(e) => setCard({ title: e.currentTarget.value })}
          />
          <TextInput
            size="xs"
            flex={2}
            aria-label={t('card_url')}
            placeholder="https://…"
            type="url"
            value={card.url ?? ''}
            onChange={(e) => setCard({ url: e.currentTarget.value })}
          />
          <TextInput
            size="xs"
            flex={1}
            type="number"
            min={0}
            aria-label={t('card_price')}
            placeholder={t('card_price')}
            value={card.price ?? ''}
            onChange={(e) => setCard({ price: e.currentTarget.value ? Number(e.currentTarget.value) : null })}
          />
          <Remove onClick={() => onChange({ ...extras, cards: [] })} />
        </Group>
      )}
    </div>
  );
}

function Remove({ onClick }: { onClick: () => void }) {
  const { t } = useSpeech();
  return (
    <ActionIcon variant="subtle" color="gray" aria-label={t('remove')} onClick={onClick}>
      <Icon name="close" size={16} />
    </ActionIcon>
  );
}

/** What may be sent: without what was left empty. */
export function filled({ quick_replies, cards }: Required<Extras>): Required<Extras> {
  return {
    quick_replies: quick_replies.filter((reply) => reply.label.trim()),
    cards: cards
      .filter((card) => card.title.trim())
      .map((card) => ({ ...card, url: /^https?:\/\/\S+$/.test(card.url ?? '') ? card.url : null })),
  };
}
