import type { ReactNode } from 'react'
import { useWorkbench, useWorkbenchState } from '../surroundings.ts'
import { DropVeil } from './DropVeil.tsx'
import { useDrop } from './use-drop.ts'

/** Takes in what is dropped anywhere in the window, unless an import is open already. */
export function Intake({ children }: { children: ReactNode }) {
  const workbench = useWorkbench()
  const open = useWorkbenchState(state => state.importing === null)
  const dragging = useDrop(open, workbench)
  return (
    <>
      {children}
      {dragging && <DropVeil />}
    </>
  )
}
