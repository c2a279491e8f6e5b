// What assistant and sellers wrote, as the visitor sees it. The parser is the widget's own, so that the two cannot
// differ; what it makes are nodes, and none of them is HTML.

import { Fragment, memo } from 'react';
import { type Block, type Inline, parseMarkdown } from '../../../../widget/src/panel/markdown';
import styles from './markdown.module.css';

export const Markdown = memo(function Markdown({ text }: { text: string }) {
  return (
    <div className={styles.markdown}>
      {parseMarkdown(text).map((block, i) => (
        <One key={i} block={block} />
      ))}
    </div>
  );
});

function One({ block }: { block: Block }) {
  switch (block.kind) {
    case 'pre':
      return (
        <pre tabIndex={0}>
          <code>{block.text}</code>
        </pre>
      );
    case 'rule':
      return <hr />;
    case 'table':
      return <Table rows={block.rows} />;
    case 'p':
      return (
        <p dir="auto">
          <Spans nodes={block.children} />
        </p>
      );
    case 'quote':
      return (
        <blockquote dir="auto">
          <Spans nodes={block.children} />
        </blockquote>
      );
    default: {
      const items = block.items.map((item, i) => (
        <li key={i}>
          <Spans nodes={item} />
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
}

function Table({ rows }: { rows: Inline[][][] }) {
  const [head, ...body] = rows;
  return (
    <div className={styles.table} tabIndex={0}>
      <table dir="auto">
        <thead>
          <tr>
            {head?.map((cell, i) => (
              <th key={i} scope="col">
                <Spans nodes={cell} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {body.map((row, i) => (
            <tr key={i}>
              {row.map((cell, j) => (
                <td key={j}>
                  <Spans nodes={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Spans({ nodes }: { nodes: readonly Inline[] }) {
  return nodes.map((node, i) => <Span key={i} node={node} />);
}

function Span({ node }: { node: Inline }) {
  switch (node.kind) {
    case 'text':
      return <Fragment>{node.text}</Fragment>;
    case 'break':
      return <br />;
    case 'code':
      return <code>{node.text}</code>;
    case 'strong':
      return (
        <strong>
          <Spans nodes={node.children} />
        </strong>
      );
    case 'em':
      return (
        <em>
          <Spans nodes={node.children} />
        </em>
      );
    case 'link':
      return (
        <a href={node.href} target="_blank" rel="noopener noreferrer nofollow">
          {node.label}
          {node.host && <small> ({node.host})</small>}
        </a>
      );
  }
}
