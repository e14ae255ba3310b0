import { useMemo } from 'react'
import type { Chart } from '../../domain/chart.ts'
import { type Spark, sparkOf } from './shape.ts'
import './spark.css'

const width = 104
const height = 44

/** The figure in the corner of a card: a glance, not a reading, so it is hidden from screen readers. */
export function Sparkline({ chart }: { chart: Chart }) {
  const spark = useMemo(() => sparkOf(chart), [chart])
  if (spark === null) return null
  return (
    <svg
      className="spark"
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      aria-hidden="true"
    >
      <Drawing spark={spark} />
    </svg>
  )
}

function Drawing({ spark }: { spark: Spark }) {
  if (spark.kind === 'bars') return <Bars heights={spark.heights} />
  if (spark.kind === 'lines') return <Lines lines={spark.lines} />
  if (spark.kind === 'spans') return <Spans {...spark} />
  return <Cells {...spark} />
}

function Bars({ heights }: { heights: readonly number[] }) {
  const step = Math.min(16, width / heights.length)
  const from = width - step * heights.length
  const path = heights.map((share, i) => {
    const tall = Math.max(1, share * (height - 2))
    return `M${(from + i * step).toFixed(1)} ${height}v${-tall.toFixed(1)}h${Math.max(1, step - 1.5).toFixed(1)}V${height}z`
  })
  return <path d={path.join('')} />
}

function Lines({ lines }: { lines: Extract<Spark, { kind: 'lines' }>['lines'] }) {
  return lines.map((points, i) => {
    const path = linePath(points)
    return <path key={path} className="spark-line" d={path} opacity={1 / (1 + i)} />
  })
}

function linePath(points: readonly (readonly [x: number, y: number])[]): string {
  const places = points.map(([x, y]) => {
    const [across, down] = [x * (width - 4) + 2, height - 3 - y * (height - 6)]
    return `${across.toFixed(1)} ${down.toFixed(1)}`
  })
  return `M${places.join('L')}`
}

function Cells({ columns, rows, cells }: Extract<Spark, { kind: 'cells' }>) {
  const square = columns === rows
  const stepY = height / rows
  const stepX = square ? stepY : Math.min(width / columns, 9)
  const from = width - stepX * columns
  return cells.map(({ x, y, strength }) => (
    <rect
      key={`${x} ${y}`}
      x={from + x * stepX}
      y={y * stepY}
      width={stepX - 0.75}
      height={stepY - 0.75}
      rx={0.75}
      opacity={0.12 + strength * 0.88}
    />
  ))
}

function Spans({ rows, spans }: Extract<Spark, { kind: 'spans' }>) {
  const step = Math.min(10, height / rows)
  const top = (height - step * rows) / 2
  const path = spans.map(({ row, from, to }) => {
    const [left, right] = [Math.min(from, to) * width, Math.max(from, to) * width]
    const tall = Math.max(1, step - 1.5)
    return `M${left.toFixed(1)} ${(top + row * step).toFixed(1)}h${Math.max(1, right - left).toFixed(1)}v${tall.toFixed(1)}H${left.toFixed(1)}z`
  })
  return <path d={path.join('')} />
}
