import { type RefObject, useEffect, useRef } from 'react'

/**
 * Controls are disabled while their file is read again, and a disabled control loses the focus: it comes back once
 * the panel is settled, unless the person has gone elsewhere.
 */
export function useKeptFocus(settled: boolean): RefObject<HTMLDivElement | null> {
  const panel = useRef<HTMLDivElement>(null)
  const last = useRef<HTMLElement | null>(null)
  useEffect(() => {
    const note = ({ target }: FocusEvent) => {
      const isInside = target instanceof HTMLElement && panel.current?.contains(target) === true
      last.current = isInside ? target : null
    }
    document.addEventListener('focusin', note)
    return () => document.removeEventListener('focusin', note)
  }, [])
  useEffect(() => {
    const isLost = document.activeElement === null || document.activeElement === document.body
    if (settled && isLost && last.current?.isConnected) last.current.focus({ preventScroll: true })
  }, [settled])
  return panel
}
