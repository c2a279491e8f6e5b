import { Button, Modal } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useSpeech } from '../../i18n';
import { page, Pick } from '../../patterns/page';
import { Sure } from '../../patterns/sure';
import { AVAILABILITIES, type Availability, type Item, useItemActs } from './data';
import { useWords } from './words';

type Form = Record<
  'id' | 'title' | 'price' | 'currency' | 'url' | 'image' | 'facts' | 'availability',
  string
>;

const formOf = (item: Item | null): Form => ({
  id: item?.id ?? '',
  title: item?.title ?? '',
  price: item?.price?.toString() ?? '',
  currency: item?.currency ?? '',
  url: item?.url ?? '',
  image: item?.image ?? '',
  facts: item?.facts.join('\n') ?? '',
  availability: item?.availability ?? '',
});

const bodyOf = (form: Form) => ({
  id: form.id.trim(),
  title: form.title.trim(),
  price: form.price === '' ? null : Number(form.price),
  currency: form.currency || null,
  url: form.url.trim() || null,
  image: form.image.trim() || null,
  facts: form.facts
    .split('\n')
    .map((fact) => fact.trim())
    .filter(Boolean),
  availability: (form.availability || null) as Availability | null,
});

/** One item, new (`null`) or known. Its id is what pages and catalogues name it by: it does not change. */
export function ItemEditor({ item, onClose }: { item: Item | null; onClose: () => void }) {
  const { t } = useSpeech();
  const w = useWords();
  const { save, remove } = useItemActs();
  const [form, setForm] = useState(() => formOf(item));
  const [asking, ask] = useState(false);
  const set = (change: Partial<Form>): void => setForm({ ...form, ...change });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate(bodyOf(form), { onSuccess: onClose });
  };
  // In the form's place and not over it: whoever thinks better of it finds the form as it was.
  if (item && asking) {
    return (
      <Sure
        title={w('item_remove', { title: item.title })}
        act={t('delete')}
        pending={remove.isPending}
        onYes={() => remove.mutate(item.id, { onSuccess: onClose, onError: () => ask(false) })}
        onClose={() => ask(false)}
      >
        <p>{w('item_remove_why')}</p>
      </Sure>
    );
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={item?.title ?? w('item_new')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <form className={page.stack} onSubmit={submit}>
        <label className={page.field}>
          <span>{w('column_id')}</span>
          <input
            required
            disabled={item !== null}
            pattern="[^\/]{1,200}"
            maxLength={200}
            value={form.id}
            onChange={(e) => set({ id: e.currentTarget.value })}
          />
        </label>
        <label className={page.field}>
          <span>{w('column_title')}</span>
          <input
            required
            maxLength={200}
            value={form.title}
            onChange={(e) => set({ title: e.currentTarget.value })}
          />
        </label>
        <div className={page.row}>
          <label className={page.field}>
            <span>{w('column_price')}</span>
            <input
              type="number"
              min={0}
              step="0.01"
              value={form.price}
              onChange={(e) => set({ price: e.currentTarget.value })}
            />
          </label>
          <label className={page.field}>
            <span>{w('currency')}</span>
            <input
              pattern="[A-Z]{3}"
              maxLength={3}
              size={5}
              placeholder="DOP"
              value={form.currency}
              onChange={(e) => set({ currency: e.currentTarget.value.toUpperCase() })}
            />
          </label>
          <Pick
            label={w('column_availability')}
            value={form.availability}
            options={[
              ['', w('availability_unknown')],
              ...AVAILABILITIES.map((one) => [one, w(`availability_${one}`)] as const),
            ]}
            onPick={(availability) => set({ availability })}
          />
        </div>
        <label className={page.field}>
          <span>{w('facts')}</span>
          <textarea rows={4} value={form.facts} onChange={(e) => set({ facts: e.currentTarget.value })} />
          <small>{w('facts_rule')}</small>
        </label>
        <label className={page.field}>
          <span>{w('url')}</span>
          <input maxLength={2000} value={form.url} onChange={(e) => set({ url: e.currentTarget.value })} />
        </label>
        <label className={page.field}>
          <span>{w('image')}</span>
          <input
            maxLength={2000}
            value={form.image}
            onChange={(e) => set({ image: e.currentTarget.value })}
          />
        </label>
        <div className={page.row}>
          <Button type="submit" loading={save.isPending}>
            {t('save')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          {item && (
            <Button variant="subtle" color="red" onClick={() => ask(true)}>
              {t('delete')}
            </Button>
          )}
        </div>
      </form>
    </Modal>
  );
}
