import type { ReactNode } from 'react'
import classes from './markup.module.css'
import { parseMarkup, type Block, type Inline } from './parse-markup'

/** A message's text as the sender meant it. Everything reaches the page as React text, so none of it can be HTML. */
export function Markup({ text }: { text: string }) {
  return (
    <div
      className={classes.markup}
      data-runs-on=""
      data-emoji={onlyEmoji(text) || undefined}
      dir="auto"
    >
      {parseMarkup(text).map((block, index) => (
        <MarkupBlock key={index} block={block} />
      ))}
    </div>
  )
}

function MarkupBlock({ block }: { block: Block }) {
  switch (block.kind) {
    case 'lines':
      return <div>{inlines(block.children)}</div>
    case 'quote':
      return <blockquote>{inlines(block.children)}</blockquote>
    case 'bullet':
      return (
        <div className={classes.item}>
          <span>•</span>
          <div>{inlines(block.children)}</div>
        </div>
      )
    case 'numbered':
      return (
        <div className={classes.item}>
          <span>{block.number}.</span>
          <div>{inlines(block.children)}</div>
        </div>
      )
    case 'pre':
      return <pre>{block.text}</pre>
  }
}

function inlines(nodes: Inline[]): ReactNode {
  return nodes.map((node, index) => <MarkupInline key={index} node={node} />)
}

function MarkupInline({ node }: { node: Inline }) {
  switch (node.kind) {
    case 'text':
      return node.text
    case 'code':
      return <code>{node.text}</code>
    case 'link':
      return (
        <a href={node.href} target="_blank" rel="noopener noreferrer nofollow">
          {node.text}
        </a>
      )
    case 'bold':
      return <strong>{inlines(node.children)}</strong>
    case 'italic':
      return <em>{inlines(node.children)}</em>
    case 'strike':
      return <s>{inlines(node.children)}</s>
  }
}

/** One to three emoji alone are shown large, as on the phone. */
function onlyEmoji(text: string): boolean {
  return /^(?:\p{Extended_Pictographic}(?:\p{Emoji_Modifier}|\uFE0F|\u200D\p{Extended_Pictographic})*\s*){1,3}$/u.test(
    text,
  )
}
