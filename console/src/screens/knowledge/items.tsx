import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useSearchParams } from 'wouter';
import { useSpeech } from '../../i18n';
import { Loading, Quiet, Refused } from '../../patterns/failure';
import { Icon } from '../../patterns/icons';
import { page, Section } from '../../patterns/page';
import { type Item, useItems } from './data';
import { ItemEditor } from './item-editor';
import styles from './knowledge.module.css';
import { Upload } from './upload';
import { useWords } from './words';

const SETTLE_MS = 300;
const COLUMNS = ['id', 'title', 'price', 'availability', 'updated'] as const;

/** `?item=<id>` in the address looks for that one. */
export function Items() {
  const w = useWords();
  const [query] = useSearchParams();
  const [text, setText] = useState(query.get('item') ?? '');
  const [sought, seek] = useState(text);
  const [edited, edit] = useState<Item | 'new' | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => seek(text.trim()), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <>
      <Section title={w('tab_items')} why={w('items_why')} wide>
        <div className={page.row}>
          <label className={page.field} data-wide>
            <span>{w('search')}</span>
            <input
              type="search"
              maxLength={200}
              value={text}
              onChange={(e) => setText(e.currentTarget.value)}
            />
          </label>
          <Button leftSection={<Icon name="plus" size={16} />} onClick={() => edit('new')}>
            {w('item_new')}
          </Button>
        </div>
        <Table text={sought} onEdit={edit} />
      </Section>
      <Section title={w('upload')} why={w('upload_why')}>
        <Upload />
      </Section>
      {edited && <ItemEditor item={edited === 'new' ? null : edited} onClose={() => edit(null)} />}
    </>
  );
}

function Table({ text, onEdit }: { text: string; onEdit: (item: Item) => void }) {
  const { t, number } = useSpeech();
  const w = useWords();
  const items = useItems(text);
  if (items.isPending) return <Loading />;
  if (items.isError && !items.data) return <Refused error={items.error} retry={() => void items.refetch()} />;
  const rows = items.data.pages.flatMap((one) => one.data);
  if (!rows.length)
    return text ? (
      <Quiet icon="search" title={t('nothing_found')} text={t('nothing_found_text')} />
    ) : (
      <Quiet icon="book" title={w('items_none')} text={w('items_none_text')} />
    );
  return (
    <>
      <p className={styles.count}>{w('items_total', { count: number(items.data.pages[0]!.total) })}</p>
      <div className={styles.across} tabIndex={0} role="group" aria-label={w('tab_items')}>
        <table className={styles.table} aria-busy={items.isFetching}>
          <caption className="sr-only">{w('tab_items')}</caption>
          <thead>
            <tr>
              {COLUMNS.map((column) => (
                <th key={column} scope="col">
                  {w(`column_${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((item) => (
              <Row key={item.id} item={item} onEdit={() => onEdit(item)} />
            ))}
          </tbody>
        </table>
      </div>
      {items.hasNextPage && (
        <Button
          variant="default"
          loading={items.isFetchingNextPage}
          onClick={() => void items.fetchNextPage()}
        >
          {w('more')}
        </Button>
      )}
    </>
  );
}

function Row({ item, onEdit }: { item: Item; onEdit: () => void }) {
  const { money, number, dateTime } = useSpeech();
  const w = useWords();
  const { price, currency } = item;
  return (
    <tr>
      <td>{item.id}</td>
      <th scope="row">
        <button type="button" className={styles.opener} onClick={onEdit}>
          {item.title}
        </button>
      </th>
      <td>{price === null ? '—' : currency ? money(price, currency) : number(price)}</td>
      <td>{item.availability ? w(`availability_${item.availability}`) : '—'}</td>
      <td>{dateTime(new Date(item.updated_at))}</td>
    </tr>
  );
}
