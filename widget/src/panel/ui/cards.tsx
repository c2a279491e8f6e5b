// Cards: seed 000's vehicle (or any other item), and a place. Pictures come only from the site's own origins.

import type { Item } from '../../shared/protocol';
import { money, type Speech } from '../i18n';
import { safeLink } from '../markdown';
import { Icon } from './icons';

export type Card = Record<string, unknown>;

const string = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The picture's address if its origin is on the site's list, else null: nothing else is ever fetched. */
export function allowedImage(address: unknown, origins: readonly string[]): string | null {
  if (!string(address)) return null;
  try {
    const url = new URL(string(address), location.origin);
    const ours = url.origin === location.origin;
    return /^https?:$/.test(url.protocol) && (ours || origins.includes(url.origin)) ? url.href : null;
  } catch {
    return null;
  }
}

interface CardProps {
  card: Card | Item;
  images: readonly string[];
  speech: Speech;
  compact?: boolean;
}

export const CardView = (props: CardProps) =>
  (props.card as Card)['type'] === 'location' ? <Place {...props} /> : <Thing {...props} />;

const Thing = ({ card, images, speech, compact }: CardProps) => {
  const { title, price, currency, url } = card as Item;
  const facts = [
    (card as Card)['subtitle'],
    ...(Array.isArray((card as Card)['facts']) ? ((card as Card)['facts'] as unknown[]) : []),
  ]
    .map(string)
    .filter(Boolean);
  const image = allowedImage((card as Item).image, images);
  const link = url ? safeLink(string(url), speech.t('view_item')) : null;
  return (
    <article class={'card' + (compact ? ' compact' : '')}>
      {image && (
        <img
          src={image}
          alt=""
          loading="lazy"
          decoding="async"
          referrerpolicy="no-referrer"
          // A picture that cannot be had leaves no hole.
          onError={(event) => void (event.currentTarget.hidden = true)}
        />
      )}
      <div class="card-body">
        <p class="card-title">{string(title)}</p>
        {typeof price === 'number' && (
          <p class="card-price">{money(speech.tag, price, string(currency) || undefined)}</p>
        )}
        {facts.length > 0 && <p class="card-facts">{facts.join(' · ')}</p>}
        {link && !compact && (
          <a class="card-link" href={link.href} target="_blank" rel="noopener noreferrer nofollow">
            {speech.t('view_item')} <span class="host">({link.host})</span>
            <span class="unseen"> {speech.t('new_tab')}</span>
          </a>
        )}
      </div>
    </article>
  );
};

const Place = ({ card, speech }: CardProps) => {
  const { title, address, url } = card as Card;
  const link = safeLink(string(url), speech.t('open_map'));
  return (
    <article class="card place">
      <span class="card-pin">
        <Icon name="pin" size={22} />
      </span>
      <div class="card-body">
        <p class="card-title">{string(title) || speech.t('location')}</p>
        {string(address) && <p class="card-facts">{string(address)}</p>}
        {link && (
          <a class="card-link" href={link.href} target="_blank" rel="noopener noreferrer nofollow">
            {speech.t('open_map')} <span class="host">({link.host})</span>
            <span class="unseen"> {speech.t('new_tab')}</span>
          </a>
        )}
      </div>
    </article>
  );
};
