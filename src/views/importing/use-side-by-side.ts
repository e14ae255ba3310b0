import { type KeyboardEvent, type RefObject, type UIEvent, useRef, useState } from 'react'
import { isLineByLine, type Pair } from './pairs.ts'

export type Side = 'file' | 'stored'

/** Two scrolling lists of the same rows of a file. */
export interface SideBySide {
  readonly refs: Readonly<Record<Side, RefObject<HTMLDivElement | null>>>
  /** The row of the file that is lit, by its number: the pointed one, else the chosen one. */
  readonly lit: number | null
  readonly chosen: number | null
  light(row: number | null): void
  choose(row: number, from: Side): void
  readonly onScroll: (event: UIEvent<HTMLDivElement>) => void
  /** Arrow keys walk through the rows. */
  readonly onKeyDown: (event: KeyboardEvent, side: Side) => void
}

const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 }

export function useSideBySide(pairs: readonly Pair[]): SideBySide {
  const refs = { file: useRef<HTMLDivElement>(null), stored: useRef<HTMLDivElement>(null) }
  const [pointed, light] = useState<number | null>(null)
  const [chosen, setChosen] = useState<number | null>(null)
  const together = isLineByLine(pairs)
  const other = (side: Side) => refs[side === 'file' ? 'stored' : 'file'].current
  const choose = (row: number, from: Side) => {
    setChosen(row)
    if (!together) showRow(other(from), row)
  }
  return {
    refs,
    lit: pointed ?? chosen,
    chosen,
    light,
    choose,
    onScroll({ currentTarget }) {
      if (!together) return
      const follower = currentTarget === refs.file.current ? refs.stored.current : refs.file.current
      if (follower !== null && follower.scrollTop !== currentTarget.scrollTop)
        follower.scrollTop = currentTarget.scrollTop
    },
    onKeyDown(event, side) {
      const step = steps[event.key]
      if (step === undefined || pairs.length === 0) return
      event.preventDefault()
      const next = Math.min(pairs.length, Math.max(1, (chosen ?? (step > 0 ? 0 : 2)) + step))
      light(null)
      choose(next, side)
      showRow(refs[side].current, next)
    },
  }
}

function showRow(pane: HTMLDivElement | null, row: number): void {
  const lines = [...(pane?.querySelectorAll(`[data-row="${row}"]`) ?? [])]
  for (const line of [lines.at(-1), lines[0]]) line?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
}
