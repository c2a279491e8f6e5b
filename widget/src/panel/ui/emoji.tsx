// A short, searchable list of emoji with names in three languages; fetched when it is first opened.

import { useEffect, useRef, useState } from 'preact/hooks';
import type { Speech } from '../i18n';

interface Entry {
  emoji: string;
  name: string;
}

interface Props {
  speech: Speech;
  pick: (emoji: string) => void;
  close: () => void;
}

const fold = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

export const EmojiPicker = ({ speech, pick, close }: Props) => {
  const [all, setAll] = useState<readonly Entry[]>([]);
  const [query, setQuery] = useState('');
  const search = useRef<HTMLInputElement>(null);
  const grid = useRef<HTMLDivElement>(null);

  useEffect(() => {
    search.current!.focus();
    // A list that cannot be fetched (offline, or a new release since) is no list; writing goes on.
    import('../../generated/emoji.json').then(({ default: data }) => {
      const names = data.names[speech.locale];
      setAll(data.emoji.map((emoji, i) => ({ emoji, name: names[i] ?? '' })));
    }, close);
  }, []);

  const wanted = fold(query.trim());
  const shown = wanted ? all.filter((e) => fold(e.name).includes(wanted)) : all;

  const keys = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      return close();
    }
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 8, ArrowUp: -8 }[event.key];
    const buttons = [...(grid.current?.querySelectorAll('button') ?? [])];
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    if (!step || (at < 0 && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    const mirrored = speech.dir === 'rtl' && Math.abs(step) === 1 ? -step : step;
    buttons[at < 0 ? 0 : Math.max(0, Math.min(buttons.length - 1, at + mirrored))]?.focus();
  };

  return (
    <div class="emoji" role="group" aria-label={speech.t('emoji')} onKeyDown={keys}>
      <input
        ref={search}
        type="search"
        value={query}
        placeholder={speech.t('emoji_search')}
        aria-label={speech.t('emoji_search')}
        onInput={(event) => setQuery(event.currentTarget.value)}
      />
      <div class="emoji-grid" ref={grid}>
        {shown.map((entry) => (
          <button
            type="button"
            key={entry.emoji}
            aria-label={entry.name}
            title={entry.name}
            onClick={() => pick(entry.emoji)}
          >
            {entry.emoji}
          </button>
        ))}
        {all.length > 0 && shown.length === 0 && <p class="soft">{speech.t('emoji_none')}</p>}
      </div>
    </div>
  );
};
