import { type RefObject, useEffect, useRef } from 'react'

/**
 * A row whose buttons are replaced by others when a decision is taken or taken back: the focus that went with the old
 * ones comes to the first of the new ones.
 */
export function useKeptPlace(decided: boolean, disabled: boolean): RefObject<HTMLTableRowElement | null> {
  const row = useRef<HTMLTableRowElement>(null)
  const shown = useRef(decided)
  const isDue = useRef(false)
  useEffect(() => {
    if (shown.current !== decided) isDue.current = true
    shown.current = decided
    if (disabled || !isDue.current) return
    isDue.current = false
    if (document.activeElement !== null && document.activeElement !== document.body) return
    row.current?.querySelector<HTMLElement>('button:not([disabled])')?.focus({ preventScroll: true })
  }, [decided, disabled])
  return row
}
