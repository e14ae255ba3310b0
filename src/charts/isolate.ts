import type { echarts } from './echarts.ts'

type Instance = ReturnType<typeof echarts.init>

/** Makes a click in the legend show that one name alone, and a second click show all again. */
export function isolate(drawn: Instance): () => void {
  let alone: string | null = null
  let answering = false
  const onSelect = (event: unknown) => {
    if (answering || !isSelection(event)) return
    alone = alone === event.name ? null : event.name
    answering = true
    for (const name of Object.keys(event.selected)) {
      const shown = alone === null || alone === name
      drawn.dispatchAction({ type: shown ? 'legendSelect' : 'legendUnSelect', name })
    }
    answering = false
  }
  drawn.on('legendselectchanged', onSelect)
  return () => drawn.off('legendselectchanged', onSelect)
}

interface Selection {
  readonly name: string
  readonly selected: Readonly<Record<string, boolean>>
}

function isSelection(event: unknown): event is Selection {
  return typeof event === 'object' && event !== null && 'name' in event && 'selected' in event
}
