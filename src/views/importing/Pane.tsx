import type { ReactNode } from 'react'
import type { Phrase } from '../../domain/phrase.ts'
import { useSay } from '../surroundings.ts'
import type { Side, SideBySide } from './use-side-by-side.ts'

interface PaneProps {
  readonly side: Side
  readonly title: Phrase
  readonly sides: SideBySide
  readonly heads: ReactNode
  readonly children: ReactNode
}

/** One side: a title, and rows that scroll below their heads. */
export function Pane({ side, title, sides, heads, children }: PaneProps) {
  const say = useSay()
  return (
    <section className="pane" aria-label={say(title)}>
      <h3 className="pane-title">{say(title)}</h3>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrow keys walk through the rows of a region that scrolls */}
      <div
        ref={sides.refs[side]}
        className="pane-scroll scrolling"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        onScroll={sides.onScroll}
        onKeyDown={event => sides.onKeyDown(event, side)}
      >
        <table className="pane-table">
          <thead>
            <tr>
              <th scope="col" className="pane-number">
                {say({ zh: '行', en: 'Row' })}
              </th>
              {heads}
            </tr>
          </thead>
          <tbody>{children}</tbody>
        </table>
      </div>
    </section>
  )
}

interface LineProps {
  readonly row: number
  readonly side: Side
  readonly sides: Pick<SideBySide, 'light' | 'choose'>
}

/** What a line does when it is pointed at or pressed. */
export function lineHandlers({ row, side, sides }: LineProps) {
  return {
    'data-row': row,
    onMouseEnter: () => sides.light(row),
    onMouseLeave: () => sides.light(null),
    onClick: () => sides.choose(row, side),
  }
}
