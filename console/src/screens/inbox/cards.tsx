import type { Item, Message } from '../../api/types';
import { useSpeech } from '../../i18n';
import { Icon } from '../../patterns/icons';
import styles from './cards.module.css';

/** What the conversation is about (seed 000's card above the thread). Pictures are on other hosts, so there are none. */
export function ItemCard({ item }: { item: Item }) {
  return (
    <div className={styles.about}>
      <CardBody card={item} />
    </div>
  );
}

export function Cards({ cards }: { cards: Message['context']['cards'] }) {
  if (!cards?.length) return null;
  return (
    <ul className={styles.cards}>
      {cards.map((card, i) => (
        <li key={i} className={styles.card}>
          <CardBody card={card as unknown as Item} />
        </li>
      ))}
    </ul>
  );
}

function CardBody({ card }: { card: Item }) {
  const speech = useSpeech();
  const link = /^https?:\/\//.test(card.url ?? '') ? card.url : null;
  return (
    <>
      <span className={styles.icon}>
        <Icon name="tag" size={18} />
      </span>
      <span className={styles.text}>
        <strong>{card.title}</strong>
        {card.subtitle && <small>{card.subtitle}</small>}
      </span>
      {typeof card.price === 'number' && (
        <span className={styles.price}>{speech.money(card.price, card.currency ?? undefined)}</span>
      )}
      {link && (
        <a href={link} target="_blank" rel="noopener noreferrer" className={styles.link}>
          {speech.t('see_item')}
        </a>
      )}
    </>
  );
}
