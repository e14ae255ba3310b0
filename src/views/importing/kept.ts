import { useState } from 'react'

/** A value that is on its way out keeps standing until the next one is there, so that nothing jumps. */
export function useKept<T>(value: T | null): T | null {
  const [kept, setKept] = useState(value)
  if (value !== null && value !== kept) setKept(value)
  return value ?? kept
}
