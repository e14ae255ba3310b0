import type { ReactNode } from 'react'
import { useWorkbench } from '../surroundings.ts'
import { DropVeil } from './DropVeil.tsx'
import { useDrop } from './use-drop.ts'

/** Takes in what is dropped anywhere in the window; where an import is open it joins that. */
export function Intake({ children }: { children: ReactNode }) {
  const dragging = useDrop(useWorkbench())
  return (
    <>
      {children}
      {dragging && <DropVeil />}
    </>
  )
}
