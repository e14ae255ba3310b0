import { useEffect, useRef } from 'react'
import { fontsReady, type MountedChart, mountChart } from '../../charts/chart.ts'
import type { Chart } from '../../domain/chart.ts'
import { useAppearance, useLanguage, useSay } from '../surroundings.ts'
import { wordsIn } from './words-in.ts'
import './figure.css'

/** A chart on the screen, as large as the place it is given; the last picture stays until the next is drawn. */
export function FigureView({ chart }: { chart: Chart }) {
  const say = useSay()
  const language = useLanguage()
  const theme = useAppearance()
  const place = useRef<HTMLDivElement>(null)
  const mounted = useRef<MountedChart | null>(null)
  useEffect(() => {
    if (place.current === null) return
    if (mounted.current === null) mounted.current = mountChart(place.current, chart, { language, theme })
    else mounted.current.update(chart, { language, theme })
    // Labels are measured with the fonts at hand: once those of the words just drawn have come, fit them again.
    void fontsReady(wordsIn(chart)).then(() => mounted.current?.resize())
  }, [chart, language, theme])
  useEffect(() => {
    let frame = 0
    const observer = new ResizeObserver(() => {
      cancelAnimationFrame(frame)
      frame = requestAnimationFrame(() => mounted.current?.resize())
    })
    if (place.current !== null) observer.observe(place.current)
    return () => {
      cancelAnimationFrame(frame)
      observer.disconnect()
      mounted.current?.dispose()
      mounted.current = null
    }
  }, [])
  return (
    <figure className="figure">
      <div className="figure-place" ref={place} />
      {chart.note !== undefined && <figcaption className="figure-note">{say(chart.note)}</figcaption>}
    </figure>
  )
}
