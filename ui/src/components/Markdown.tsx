// Markdown as elements. Nothing of it is ever HTML.
import { Fragment, useMemo } from "react";
import { type Block, type Inline, parseMarkdown } from "./markdown";

export function Markdown({ text }: { text: string }) {
  const blocks = useMemo(() => parseMarkdown(text), [text]);
  return (
    <>
      {blocks.map((block, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: blocks have no other name
        <One key={at} block={block} />
      ))}
    </>
  );
}

function One({ block }: { block: Block }) {
  switch (block.kind) {
    case "heading": {
      // A page has its own h1.
      const Heading = (["h2", "h3", "h4"] as const)[Math.min(2, block.level - 1)] ?? "h4";
      return (
        <Heading>
          <Pieces pieces={block.text} />
        </Heading>
      );
    }
    case "paragraph":
      return (
        <p>
          <Pieces pieces={block.text} />
        </p>
      );
    case "quote":
      return (
        <blockquote>
          <Pieces pieces={block.text} />
        </blockquote>
      );
    case "code":
      return <pre>{block.text}</pre>;
    case "rule":
      return <hr />;
    case "list": {
      const List = block.ordered ? "ol" : "ul";
      return (
        <List>
          {block.items.map((item, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: items have no other name
            <li key={at}>
              <Pieces pieces={item} />
            </li>
          ))}
        </List>
      );
    }
    case "table":
      return <Grid head={block.head} rows={block.rows} />;
  }
}

function Grid({ head, rows }: { head: Inline[][]; rows: Inline[][][] }) {
  return (
    <table>
      <thead>
        <tr>
          {head.map((cell, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: cells have no other name
            <th key={at}>
              <Pieces pieces={cell} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, line) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name
          <tr key={line}>
            {row.map((cell, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: cells have no other name
              <td key={at}>
                <Pieces pieces={cell} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Pieces({ pieces }: { pieces: Inline[] }) {
  return pieces.map((piece, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no other name
    <Fragment key={at}>
      <Piece piece={piece} />
    </Fragment>
  ));
}

function Piece({ piece }: { piece: Inline }) {
  if (piece.kind === "code") return <code>{piece.text}</code>;
  if (piece.kind === "strong") return <strong>{piece.text}</strong>;
  if (piece.kind === "emphasis") return <em>{piece.text}</em>;
  if (piece.kind === "link")
    return (
      <a href={piece.href} target="_blank" rel="noreferrer noopener">
        {piece.text}
      </a>
    );
  return piece.text;
}
