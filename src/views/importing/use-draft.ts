import { useEffect, useRef, useState } from 'react'

/** Long enough for several presses of a button, short enough not to be waited for. */
const pauseMilliseconds = 350

/**
 * A value that a person changes step by step: it is shown at once, and given on after a pause in which nothing else is
 * being done, so that each step does not start work which the next one throws away.
 */
export function useDraft<T>(
  value: T,
  settled: boolean,
  give: (value: T) => void,
): readonly [T, (value: T) => void] {
  const [draft, setDraft] = useState<{ readonly value: T } | null>(null)
  const latest = useRef({ value, give })
  latest.current = { value, give }
  useEffect(() => {
    if (draft === null || !settled) return
    const timer = setTimeout(() => {
      if (draft.value !== latest.current.value) latest.current.give(draft.value)
      setDraft(null)
    }, pauseMilliseconds)
    return () => clearTimeout(timer)
  }, [draft, settled])
  return [draft === null ? value : draft.value, next => setDraft({ value: next })]
}
