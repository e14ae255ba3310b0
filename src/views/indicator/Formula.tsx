import { type ClipboardEvent, useMemo } from 'react'
import type { Phrase } from '../../domain/phrase.ts'
import { formulaMarkup, symbolsMarkup } from '../../formula/formula.ts'
import { CopyAction } from '../controls/CopyAction.tsx'
import { useSay } from '../surroundings.ts'
import '../../formula/formula.css'

/** A formula, typeset, and what its symbols stand for. What is copied of it is its TeX. */
export function Formula({ tex, symbols }: { tex: string; symbols: Phrase | undefined }) {
  const say = useSay()
  return (
    <section className="formula-part">
      <header>
        <h3>{say({ zh: '公式', en: 'Formula' })}</h3>
        <CopyAction label={{ zh: '复制 LaTeX', en: 'Copy LaTeX' }} text={() => tex} />
      </header>
      <Typeset className="formula scrolling" markup={formulaMarkup} text={tex} onCopy={copyTex} />
      {symbols && <Typeset className="formula-meanings" markup={symbolsMarkup} text={say(symbols)} />}
    </section>
  )

  function copyTex(event: ClipboardEvent<HTMLElement>): void {
    const selection = getSelection()
    const within = selection?.rangeCount ? selection.getRangeAt(0).commonAncestorContainer : null
    if (!event.currentTarget.contains(within)) return
    event.clipboardData.setData('text/plain', tex)
    event.preventDefault()
  }
}

interface TypesetProps {
  readonly className: string
  /** Gives safe markup whatever the text. */
  readonly markup: (text: string) => string
  readonly text: string
  readonly onCopy?: (event: ClipboardEvent<HTMLElement>) => void
}

function Typeset({ className, markup, text, onCopy }: TypesetProps) {
  const content = useMemo(() => ({ __html: markup(text) }), [markup, text])
  // biome-ignore lint/security/noDangerouslySetInnerHtml: src/formula escapes all that is not its own markup
  return <div className={className} onCopy={onCopy} dangerouslySetInnerHTML={content} />
}
