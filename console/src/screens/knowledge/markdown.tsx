// The Markdown that documents are written in, shown: headings, lists, paragraphs, bold and italics. Nothing in it is
// ever HTML, and links stay words: a preview leads nowhere.

import { createElement, type ReactNode } from 'react';

interface Lines {
  kind: 'list' | 'text';
  lines: string[];
}

type Block = { kind: 'heading'; level: number; text: string } | Lines;

export function Markdown({ text }: { text: string }) {
  return <>{blocksOf(text).map(shown)}</>;
}

function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  let open = null as Lines | null;
  for (const line of text.split(/\r?\n/)) {
    const heading = /^(#{1,6})\s+(.+)$/.exec(line);
    const entry = /^\s*(?:[-*+]|\d+[.)])\s+(.+)$/.exec(line);
    if (heading) {
      blocks.push({ kind: 'heading', level: heading[1]!.length, text: heading[2]! });
      open = null;
    } else if (!line.trim()) {
      open = null;
    } else {
      const kind: Lines['kind'] = entry || open?.kind === 'list' ? 'list' : 'text';
      if (open?.kind !== kind) {
        open = { kind, lines: [] };
        blocks.push(open);
      }
      if (entry || kind === 'text') open.lines.push(entry?.[1] ?? line);
      else open.lines[open.lines.length - 1] += ` ${line.trim()}`;
    }
  }
  return blocks;
}

function shown(block: Block, key: number): ReactNode {
  // The screen's own headings are h1 and h2.
  if (block.kind === 'heading')
    return createElement(`h${Math.min(block.level + 2, 6)}`, { key }, inline(block.text));
  if (block.kind === 'text') return <p key={key}>{inline(block.lines.join(' '))}</p>;
  return (
    <ul key={key}>
      {block.lines.map((line, n) => (
        <li key={n}>{inline(line)}</li>
      ))}
    </ul>
  );
}

function inline(text: string): ReactNode[] {
  return text.split(/(\*\*[^*]+\*\*|\*[^*]+\*|`[^`]+`)/).map((part, key) => {
    if (/^\*\*.+\*\*$/.test(part)) return <strong key={key}>{part.slice(2, -2)}</strong>;
    if (/^\*.+\*$/.test(part)) return <em key={key}>{part.slice(1, -1)}</em>;
    if (/^`.+`$/.test(part)) return <code key={key}>{part.slice(1, -1)}</code>;
    return part.replace(/\[([^\]]+)\]\([^)]*\)/g, '$1');
  });
}
