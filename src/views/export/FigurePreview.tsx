import { useEffect, useState } from 'react'
import type { Failure } from '../../domain/failure.ts'
import { FailureNote } from '../failure/FailureNote.tsx'
import { useSay, useWorkbench } from '../surroundings.ts'
import type { FigureChoices } from './ExportForm.tsx'

type Drawn = { readonly url: string } | { readonly failure: Failure } | null

/** Milliseconds without a change before the preview is drawn again. */
const patience = 150

/** The very drawing that would be saved, scaled to fit; a transparent ground shows as squares. */
export function FigurePreview({ indicator, choices }: { indicator: string; choices: FigureChoices }) {
  const say = useSay()
  const drawn = useDrawing(indicator, choices)
  const { width, height } = choices.size
  return (
    <div className="preview" data-ground={choices.background} aria-busy={drawn === null}>
      {drawn !== null && 'failure' in drawn && <FailureNote failure={drawn.failure} />}
      {drawn !== null && 'url' in drawn && (
        <img
          className="preview-picture"
          style={{ aspectRatio: `${width} / ${height}` }}
          src={drawn.url}
          alt={say({ zh: '导出图的预览', en: 'Preview of the exported figure' })}
        />
      )}
    </div>
  )
}

function useDrawing(indicator: string, choices: FigureChoices): Drawn {
  const workbench = useWorkbench()
  const [drawn, setDrawn] = useState<Drawn>(null)
  useEffect(() => {
    let current = true
    const timer = setTimeout(async () => {
      const result = await workbench.drawFigure(indicator, { format: 'svg', ...choices })
      if (!current) return
      setDrawn(result.ok ? { url: pictureUrl(result.value.bytes) } : { failure: result.failure })
    }, patience)
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [workbench, indicator, choices])
  useEffect(
    () => () => {
      if (drawn !== null && 'url' in drawn) URL.revokeObjectURL(drawn.url)
    },
    [drawn],
  )
  return drawn
}

function pictureUrl(svg: Uint8Array): string {
  return URL.createObjectURL(new Blob([new Uint8Array(svg)], { type: 'image/svg+xml' }))
}
