import { useMemo } from 'react'
import { formatCount, formatTime } from '../../domain/format.ts'
import type { Phrase } from '../../domain/phrase.ts'
import { SyntheticBadge } from '../controls/Badge.tsx'
import { tableRows } from '../dataset/counts.ts'
import { LaterRowsNote } from '../dataset/LaterRowsNote.tsx'
import { Boundary } from '../failure/Boundary.tsx'
import { groups } from '../recipes.ts'
import { useLanguage, useSay, useWorkbenchState } from '../surroundings.ts'
import { IndicatorCard } from './IndicatorCard.tsx'
import './board.css'

/** The headline figures of every indicator, by field. */
export function Board() {
  const say = useSay()
  return (
    <div className="board">
      <BoardHead />
      {groups.map(group => (
        <section key={group.id} className="board-group" aria-label={say(group.name)}>
          <h2>{say(group.name)}</h2>
          <div className="board-cards">
            {group.indicators.map(indicator => (
              <Boundary key={indicator.id}>
                <IndicatorCard indicator={indicator} />
              </Boundary>
            ))}
          </div>
        </section>
      ))}
    </div>
  )
}

function BoardHead() {
  const say = useSay()
  const language = useLanguage()
  const datasets = useWorkbenchState(state => state.history.present.datasets)
  const asOf = useWorkbenchState(state => state.asOf)
  const summary = useMemo((): Phrase => {
    const rows = formatCount(
      datasets.reduce((sum, dataset) => sum + tableRows(dataset), 0),
      language,
    )
    const time = asOf === null ? null : formatTime(asOf)
    return {
      zh: `${datasets.length} 个数据集，${rows} 行${time === null ? '' : `，数据时点 ${time}`}`,
      en: `${datasets.length} ${datasets.length === 1 ? 'dataset' : 'datasets'}, ${rows} rows${time === null ? '' : `, as of ${time}`}`,
    }
  }, [datasets, asOf, language])
  return (
    <header className="board-head">
      <h1>{say({ zh: '总览', en: 'Overview' })}</h1>
      {datasets.some(dataset => dataset.synthetic) && <SyntheticBadge />}
      <p className="muted">{say(summary)}</p>
      <LaterRowsNote />
    </header>
  )
}
