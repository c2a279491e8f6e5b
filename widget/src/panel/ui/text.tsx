// The only place that turns what people and models wrote into elements. A node of another kind cannot be made here.

import { Component, type ComponentChildren } from 'preact';
import { type Block, type Inline, parseMarkdown } from '../markdown';
import type { Speech } from '../i18n';

const Spans = ({ nodes, speech }: { nodes: readonly Inline[]; speech: Speech }): ComponentChildren =>
  nodes.map((node) => {
    switch (node.kind) {
      case 'text':
        return node.text;
      case 'break':
        return <br />;
      case 'code':
        return <code>{node.text}</code>;
      case 'strong':
        return (
          <strong>
            <Spans nodes={node.children} speech={speech} />
          </strong>
        );
      case 'em':
        return (
          <em>
            <Spans nodes={node.children} speech={speech} />
          </em>
        );
      case 'link':
        return <Link href={node.href} label={node.label} host={node.host} speech={speech} />;
    }
  });

/** A link that says where it goes: its host stands beside any label that is not the address itself. */
export const Link = ({
  href,
  label,
  host,
  speech,
}: {
  href: string;
  label: string;
  host: string;
  speech: Speech;
}) => (
  <a href={href} target="_blank" rel="noopener noreferrer nofollow ugc">
    {label}
    {host && <span class="host"> ({host})</span>}
    <span class="unseen"> {speech.t('new_tab')}</span>
  </a>
);

const One = ({ block, speech }: { block: Block; speech: Speech }) => {
  switch (block.kind) {
    case 'pre':
      return (
        <pre tabIndex={0}>
          <code>{block.text}</code>
        </pre>
      );
    case 'quote':
      return (
        <blockquote dir="auto">
          <Spans nodes={block.children} speech={speech} />
        </blockquote>
      );
    case 'p':
      return (
        <p dir="auto">
          <Spans nodes={block.children} speech={speech} />
        </p>
      );
    case 'rule':
      return <hr />;
    case 'table':
      return (
        <div class="table" tabIndex={0}>
          <table dir="auto">
            {block.rows.map((row, i) => (
              <tr>
                {row.map((cell) => {
                  const words = <Spans nodes={cell} speech={speech} />;
                  return i ? <td>{words}</td> : <th scope="col">{words}</th>;
                })}
              </tr>
            ))}
          </table>
        </div>
      );
    default: {
      const items = block.items.map((item) => (
        <li>
          <Spans nodes={item} speech={speech} />
        </li>
      ));
      return block.kind === 'ol' ? (
        <ol dir="auto" start={block.start}>
          {items}
        </ol>
      ) : (
        <ul dir="auto">{items}</ul>
      );
    }
  }
};

export class Markdown extends Component<{ text: string; speech: Speech }> {
  override shouldComponentUpdate(next: { text: string; speech: Speech }): boolean {
    return next.text !== this.props.text || next.speech !== this.props.speech;
  }

  override render() {
    const { text, speech } = this.props;
    return parseMarkdown(text).map((block) => <One block={block} speech={speech} />);
  }
}
