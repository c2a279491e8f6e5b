import { Button, Switch } from '@mantine/core';
import { useState } from 'react';
import { Icon } from '../../patterns/icons';
import { page, Pick } from '../../patterns/page';
import styles from './assistant.module.css';
import evals from './evals.module.css';
import {
  AVAILABILITIES,
  type Availability,
  type CaseDraft,
  EMPTY_ITEM,
  type ItemDraft,
  itemDraftOf,
  type KnowledgeDraft,
} from './case-draft';
import { useCatalogue } from './evals-data';
import { useEvalWords } from './evals-words';

const MOST_ITEMS = 50;
const MOST_DOCUMENTS = 10;
const MOST_SHOWN = 5;

type Change = (some: Partial<CaseDraft>) => void;

/** What the assistant knows in a case: the item of the visitor's page, and facts instead of the site's. */
export function CaseFacts({ draft, onChange }: { draft: CaseDraft; onChange: Change }) {
  const w = useEvalWords();
  const { item, knowledge } = draft;
  return (
    <fieldset className={styles.expectations}>
      <legend>{w('facts_legend')}</legend>
      <Switch
        label={w('page_item')}
        checked={item !== null}
        onChange={(e) => onChange({ item: e.currentTarget.checked ? EMPTY_ITEM : null })}
      />
      {item && (
        <OneItem legend={w('page_item')} item={item} onChange={(changed) => onChange({ item: changed })} />
      )}
      <Switch
        label={w('own_knowledge')}
        description={w('own_knowledge_rule')}
        checked={knowledge !== null}
        onChange={(e) =>
          onChange({ knowledge: e.currentTarget.checked ? { items: [], documents: [] } : null })
        }
      />
      {knowledge && (
        <Knowledge
          knowledge={knowledge}
          onChange={(some) => onChange({ knowledge: { ...knowledge, ...some } })}
        />
      )}
    </fieldset>
  );
}

function Knowledge(props: { knowledge: KnowledgeDraft; onChange: (some: Partial<KnowledgeDraft>) => void }) {
  const { knowledge, onChange } = props;
  const { items, documents } = knowledge;
  const w = useEvalWords();
  return (
    <div className={evals.facts}>
      {items.map((item, n) => (
        <OneItem
          key={n}
          legend={w('fact_item', { place: n + 1 })}
          item={item}
          onChange={(changed) => onChange({ items: swapped(items, n, changed) })}
          onRemove={() => onChange({ items: items.filter((_, m) => m !== n) })}
        />
      ))}
      {documents.map((one, n) => (
        <OneDocument
          key={n}
          legend={w('fact_document', { place: n + 1 })}
          one={one}
          onChange={(changed) => onChange({ documents: swapped(documents, n, changed) })}
          onRemove={() => onChange({ documents: documents.filter((_, m) => m !== n) })}
        />
      ))}
      {items.length + documents.length === 0 && <p className={page.dim}>{w('facts_none')}</p>}
      {items.length < MOST_ITEMS && (
        <FromCatalogue taken={items} onPick={(item) => onChange({ items: [...items, item] })} />
      )}
      <div className={page.row}>
        {items.length < MOST_ITEMS && (
          <Button
            variant="default"
            size="xs"
            onClick={() => onChange({ items: [...items, { ...EMPTY_ITEM, id: `item-${items.length + 1}` }] })}
          >
            {w('fact_item_add')}
          </Button>
        )}
        {documents.length < MOST_DOCUMENTS && (
          <Button
            variant="default"
            size="xs"
            onClick={() => onChange({ documents: [...documents, { title: '', body: '' }] })}
          >
            {w('fact_document_add')}
          </Button>
        )}
      </div>
    </div>
  );
}

/** A copy: what the catalogue says later changes no case. */
function FromCatalogue(props: { taken: readonly ItemDraft[]; onPick: (item: ItemDraft) => void }) {
  const { taken, onPick } = props;
  const w = useEvalWords();
  const [text, setText] = useState('');
  const found = useCatalogue(text.trim());
  const shown = text.trim()
    ? (found.data ?? []).filter((one) => !taken.some((item) => item.id === one.id)).slice(0, MOST_SHOWN)
    : [];
  return (
    <div>
      <label className={page.field}>
        <span>{w('from_catalogue')}</span>
        <input
          type="search"
          value={text}
          onChange={(e) => setText(e.currentTarget.value)}
          onKeyDown={(e) => {
            // Enter would save the whole case.
            if (e.key === 'Enter') e.preventDefault();
          }}
        />
      </label>
      <ul className={evals.found} aria-label={w('catalogue_found')}>
        {shown.map((one) => (
          <li key={one.id}>
            <button
              type="button"
              className={styles.link}
              onClick={() => {
                onPick(itemDraftOf(one));
                setText('');
              }}
            >
              {one.title}
            </button>
          </li>
        ))}
      </ul>
      {text.trim() && found.isSuccess && shown.length === 0 && (
        <p className={page.dim} role="status">
          {w('catalogue_none')}
        </p>
      )}
    </div>
  );
}

function OneItem(props: {
  legend: string;
  item: ItemDraft;
  onChange: (item: ItemDraft) => void;
  onRemove?: () => void;
}) {
  const { legend, item, onChange, onRemove } = props;
  const w = useEvalWords();
  const set = (some: Partial<ItemDraft>): void => onChange({ ...item, ...some });
  return (
    <fieldset className={evals.fact}>
      <legend>{legend}</legend>
      {onRemove && <Remove name={legend} onClick={onRemove} />}
      <div className={page.row}>
        <label className={page.field} data-wide>
          <span>{w('item_title')}</span>
          <input
            required
            maxLength={300}
            value={item.title}
            onChange={(e) => set({ title: e.currentTarget.value })}
          />
        </label>
        <label className={page.field}>
          <span>{w('item_id')}</span>
          <input
            required
            maxLength={300}
            value={item.id}
            onChange={(e) => set({ id: e.currentTarget.value })}
          />
        </label>
        <label className={page.field}>
          <span>{w('item_price')}</span>
          <input
            type="number"
            min={0}
            step="any"
            value={item.price}
            onChange={(e) => set({ price: e.currentTarget.value })}
          />
        </label>
        <label className={page.field}>
          <span>{w('item_currency')}</span>
          <input
            className={evals.short}
            pattern="[A-Z]{3}"
            maxLength={3}
            placeholder="USD"
            value={item.currency}
            onChange={(e) => set({ currency: e.currentTarget.value.toUpperCase() })}
          />
        </label>
        <Pick
          label={w('item_availability')}
          value={item.availability}
          options={[
            ['', w('availability_unknown')],
            ...AVAILABILITIES.map((one) => [one, w(`availability_${one}`)] as const),
          ]}
          onPick={(availability) => set({ availability: availability as '' | Availability })}
        />
      </div>
      <label className={page.field}>
        <span>{w('item_facts')}</span>
        <textarea rows={2} value={item.facts} onChange={(e) => set({ facts: e.currentTarget.value })} />
      </label>
    </fieldset>
  );
}

type Document = KnowledgeDraft['documents'][number];

function OneDocument(props: {
  legend: string;
  one: Document;
  onChange: (one: Document) => void;
  onRemove: () => void;
}) {
  const { legend, one, onChange, onRemove } = props;
  const w = useEvalWords();
  return (
    <fieldset className={evals.fact}>
      <legend>{legend}</legend>
      <Remove name={legend} onClick={onRemove} />
      <label className={page.field}>
        <span>{w('document_title')}</span>
        <input
          required
          maxLength={300}
          value={one.title}
          onChange={(e) => onChange({ ...one, title: e.currentTarget.value })}
        />
      </label>
      <label className={page.field}>
        <span>{w('document_body')}</span>
        <textarea
          required
          rows={4}
          maxLength={20000}
          value={one.body}
          onChange={(e) => onChange({ ...one, body: e.currentTarget.value })}
        />
      </label>
    </fieldset>
  );
}

function Remove({ name, onClick }: { name: string; onClick: () => void }) {
  const w = useEvalWords();
  return (
    <button
      type="button"
      className={`${page.icon} ${evals.remove}`}
      aria-label={w('fact_remove', { name })}
      onClick={onClick}
    >
      <Icon name="close" size={16} />
    </button>
  );
}

const swapped = <T,>(list: readonly T[], place: number, one: T): T[] =>
  list.map((other, n) => (n === place ? one : other));
