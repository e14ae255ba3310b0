import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components'
import { formatCount } from '../../domain/format.ts'
import type { Indicator } from '../../indicators/indicator.ts'
import type { Computed } from '../../workbench/workbench.ts'
import { CopyAction } from '../controls/CopyAction.tsx'
import { FigureView } from '../figure/FigureView.tsx'
import { useFigure } from '../figure/use-figure.ts'
import { useLanguage, useSay } from '../surroundings.ts'
import { DataTable } from '../table/DataTable.tsx'
import { tabSeparated } from '../table/paste.ts'
import { resultColumns } from './columns.ts'
import { DetailPanel } from './DetailPanel.tsx'
import { HowComputed } from './HowComputed.tsx'
import '../controls/tabs.css'

/** The result three ways: as a picture, as rows, and as an account of how it came about. */
export function ResultTabs({ indicator, outcome }: { indicator: Indicator; outcome: Computed }) {
  const say = useSay()
  const figure = useFigure(indicator.id)
  const details = Object.entries(indicator.details ?? {})
  return (
    <Tabs className="tabs indicator-tabs">
      <TabList className="tab-list" aria-label={say({ zh: '结果', en: 'Result' })}>
        <Tab className="tab" id="chart">
          {say({ zh: '图表', en: 'Chart' })}
        </Tab>
        <Tab className="tab" id="table">
          {say({ zh: '数据表', en: 'Table' })}
        </Tab>
        {details.map(([id, detail]) => (
          <Tab key={id} className="tab" id={`detail ${id}`}>
            {say(detail.name)}
          </Tab>
        ))}
        <Tab className="tab" id="how">
          {say({ zh: '计算方法', en: 'How this was computed' })}
        </Tab>
      </TabList>
      <TabPanel id="chart" className="tab-panel chart-panel">
        {figure !== null && <FigureView chart={figure.chart} />}
      </TabPanel>
      <TabPanel id="table" className="tab-panel table-panel">
        <ResultTable indicator={indicator} outcome={outcome} />
      </TabPanel>
      {details.map(([id, detail]) => (
        <TabPanel key={id} id={`detail ${id}`} className="tab-panel table-panel">
          <DetailPanel indicator={indicator} id={id} detail={detail} />
        </TabPanel>
      ))}
      <TabPanel id="how" className="tab-panel">
        <HowComputed indicator={indicator} outcome={outcome} />
      </TabPanel>
    </Tabs>
  )
}

function ResultTable({ indicator, outcome }: { indicator: Indicator; outcome: Computed }) {
  const say = useSay()
  const language = useLanguage()
  const chart = useFigure(indicator.id)?.chart
  const { table, truncated } = outcome
  const limit = formatCount(table.rows.length, language)
  return (
    <>
      <div className="table-tools">
        {truncated && (
          <span className="muted">
            {say({
              zh: `结果很长，只取前 ${limit} 行`,
              en: `A long result: only the first ${limit} rows are taken`,
            })}
          </span>
        )}
        <span className="spread" />
        <CopyAction label={{ zh: '复制为 TSV', en: 'Copy as TSV' }} text={() => tabSeparated(table)} />
      </div>
      <DataTable label={indicator.name} columns={resultColumns(table.columns, chart)} rows={table.rows} />
    </>
  )
}
