// A small, safe part of Markdown, as a tree. Nothing here ever becomes HTML: the panel renders these nodes, and a
// node of another kind cannot be written. Images are never loaded; a picture's address is shown as a link.

export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'strong' | 'em'; children: Inline[] }
  | { kind: 'code'; text: string }
  | { kind: 'break' }
  | { kind: 'link'; href: string; label: string; host: string };

export type Block =
  | { kind: 'p' | 'quote'; children: Inline[] }
  | { kind: 'ul' | 'ol'; items: Inline[][]; start: number }
  /** The first row is the head. */
  | { kind: 'table'; rows: Inline[][][] }
  | { kind: 'rule' }
  | { kind: 'pre'; text: string };

export function parseMarkdown(source: string): Block[] {
  const lines = source.replace(/\r\n?/g, '\n').split('\n');
  const blocks: Block[] = [];
  let i = 0;
  while (i < lines.length) {
    const line = lines[i]!;
    const title = /^#{1,6} +(.+)$/.exec(line);
    if (!line.trim()) {
      i++;
    } else if (title) {
      blocks.push({ kind: 'p', children: [{ kind: 'strong', children: parseInline(title[1]!, 1) }] });
      i++;
    } else if (RULE.test(line)) {
      blocks.push({ kind: 'rule' });
      i++;
    } else if (startsTable(lines, i)) {
      const rows = [cellsOf(line)];
      for (i += 2; lines[i]?.startsWith('|'); i++) rows.push(cellsOf(lines[i]!));
      blocks.push({ kind: 'table', rows });
    } else if (line.startsWith('```')) {
      const end = lines.findIndex((l, n) => n > i && l.startsWith('```'));
      const stop = end < 0 ? lines.length : end;
      blocks.push({ kind: 'pre', text: lines.slice(i + 1, stop).join('\n') });
      i = stop + 1;
    } else if (listItem(line)) {
      const kind = listItem(line)!.kind;
      const start = listItem(line)!.number;
      const items: Inline[][] = [];
      for (; i < lines.length && listItem(lines[i]!)?.kind === kind; i++) {
        items.push(parseInline(listItem(lines[i]!)!.text));
      }
      blocks.push({ kind, items, start });
    } else {
      const quote = line.startsWith('>');
      const taken: string[] = [];
      do {
        taken.push(quote ? lines[i]!.replace(/^> ?/, '') : lines[i]!);
      } while (++i < lines.length && belongs(lines, i, quote));
      blocks.push({ kind: quote ? 'quote' : 'p', children: parseInline(taken.join('\n')) });
    }
  }
  return blocks;
}

const RULE = /^ {0,3}([-*_])(?: *\1){2,} *$/;

const belongs = (lines: string[], i: number, quote: boolean): boolean => {
  const line = lines[i]!;
  return (
    !!line.trim() &&
    line.startsWith('>') === quote &&
    !/^(```|#{1,6} )/.test(line) &&
    !RULE.test(line) &&
    !listItem(line) &&
    !startsTable(lines, i)
  );
};

/** A row between bars, and below it the line of dashes: until that has arrived, it is text. */
const startsTable = (lines: string[], i: number): boolean =>
  lines[i]!.startsWith('|') && /^\|[ :|-]*-[ :|-]*$/.test(lines[i + 1] ?? '');

const cellsOf = (line: string): Inline[][] =>
  line
    .replace(/^\||\|\s*$/g, '')
    .split('|')
    .map((cell) => parseInline(cell.trim()));

function listItem(line: string): { kind: 'ul' | 'ol'; text: string; number: number } | null {
  const bullet = /^ {0,3}[-*•] +(.+)$/.exec(line);
  if (bullet) return { kind: 'ul', text: bullet[1]!, number: 1 };
  const number = /^ {0,3}(\d{1,4})[.)] +(.+)$/.exec(line);
  return number ? { kind: 'ol', text: number[2]!, number: Number(number[1]) } : null;
}

// One alternative per construct, none of which can backtrack over another: a hostile text costs linear time.
const INLINE =
  /`([^`\n]+)`|!?\[([^\]\n]{0,300})\]\(([^()\s]{1,2000})\)|\*\*([^*\n]{1,2000})\*\*|__([^_\n]{1,2000})__|(?<![\w*])\*([^*\n]{1,2000})\*(?![\w*])|(?<!\w)_([^_\n]{1,2000})_(?!\w)|(https?:\/\/[^\s<>"']{1,2000})|(\n)/g;

export function parseInline(source: string, depth = 0): Inline[] {
  const nodes: Inline[] = [];
  let at = 0;
  for (const match of source.matchAll(INLINE)) {
    if (match.index > at) nodes.push(text(source.slice(at, match.index)));
    const node = construct(match, depth);
    nodes.push(...node);
    at = match.index + match[0].length;
  }
  if (at < source.length) nodes.push(text(source.slice(at)));
  return nodes;
}

const text = (value: string): Inline => ({ kind: 'text', text: value });

function construct(match: RegExpMatchArray, depth: number): Inline[] {
  const [all, code, label, href, strong, strong2, em, em2, bare, newline] = match;
  if (code !== undefined) return [{ kind: 'code', text: code }];
  if (href !== undefined) return [safeLink(href, label || href) ?? text(all)];
  if (newline !== undefined) return [{ kind: 'break' }];
  if (bare !== undefined) return bareLink(bare);
  const inner = strong ?? strong2 ?? em ?? em2 ?? '';
  if (depth > 2) return [text(all)];
  return [{ kind: (strong ?? strong2) ? 'strong' : 'em', children: parseInline(inner, depth + 1) }];
}

/** Punctuation at the end of a sentence is not part of the address. */
function bareLink(address: string): Inline[] {
  const tail = /[.,;:!?)\]}…*_]+$/.exec(address)?.[0] ?? '';
  const href = tail ? address.slice(0, -tail.length) : address;
  const link = safeLink(href, href);
  return [link ?? text(href), ...(tail ? [text(tail)] : [])];
}

/** Null for anything that is not an ordinary link: other schemes, names before an `@`, addresses that do not parse. */
export function safeLink(href: string, label: string): (Inline & { kind: 'link' }) | null {
  if (/^(mailto|tel):[^\s]+$/i.test(href)) {
    return { kind: 'link', href, label, host: label.includes(href.slice(href.indexOf(':') + 1)) ? '' : href };
  }
  let url: URL;
  try {
    url = new URL(href);
  } catch {
    return null;
  }
  if (!/^https?:$/.test(url.protocol) || url.username || url.password) return null;
  // The parser writes look-alike letters as xn--…; that is what is shown.
  const shown = label === href ? url.href : label;
  return { kind: 'link', href: url.href, label: shown, host: namesHost(shown, url) ? '' : url.host };
}

/** Whether a label is the address itself, so that its true host is already to be seen. */
function namesHost(label: string, url: URL): boolean {
  const bare = label.replace(/^https?:\/\//, '');
  return bare === url.host || bare.startsWith(url.host + '/') || bare.startsWith(url.host + '?');
}

/** As it is read out: no marks, links by their label. */
export function plainText(source: string): string {
  const inline = (nodes: Inline[]): string =>
    nodes
      .map((n) =>
        n.kind === 'link'
          ? n.label
          : n.kind === 'break'
            ? ' '
            : 'children' in n
              ? inline(n.children)
              : n.text,
      )
      .join('');
  return parseMarkdown(source)
    .map((b) =>
      b.kind === 'pre'
        ? b.text
        : 'items' in b
          ? b.items.map(inline).join('. ')
          : 'rows' in b
            ? b.rows.map((row) => row.map(inline).join(', ')).join('. ')
            : 'children' in b
              ? inline(b.children)
              : '',
    )
    .join('\n');
}
