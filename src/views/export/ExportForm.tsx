import { Download } from 'lucide-react'
import { useState } from 'react'
import type { Background, FigureSize } from '../../domain/figure.ts'
import { type Phrase, same } from '../../domain/phrase.ts'
import { Action } from '../controls/Action.tsx'
import { Segments } from '../controls/Segments.tsx'
import { useAppearance, useSay, useWorkbench } from '../surroundings.ts'
import { type CsvChoices, CsvSettings } from './CsvSettings.tsx'
import { FigurePreview } from './FigurePreview.tsx'
import { FigureSettings } from './FigureSettings.tsx'
import { presets } from './sizes.ts'
import { TablePreview } from './TablePreview.tsx'

export type Format = 'png' | 'svg' | 'csv' | 'xlsx' | 'arrow'

/** How a figure is to look; the format apart. */
export interface FigureChoices {
  readonly size: FigureSize
  readonly background: Background
  readonly theme: 'light' | 'dark'
}

const formats: readonly { readonly id: Format; readonly name: Phrase }[] = [
  { id: 'png', name: same('PNG') },
  { id: 'svg', name: same('SVG') },
  { id: 'csv', name: same('CSV') },
  { id: 'xlsx', name: same('XLSX') },
  { id: 'arrow', name: same('Arrow') },
]

const slide: FigureSize = presets[0]?.size ?? { unit: 'px', width: 1280, height: 720, scale: 2 }

/** What to take home and how, with a preview of exactly that. */
export function ExportForm({ indicator }: { indicator: string }) {
  const workbench = useWorkbench()
  const appearance = useAppearance()
  const [format, setFormat] = useState<Format>('png')
  const [figure, setFigure] = useState<FigureChoices>({ size: slide, background: 'theme', theme: appearance })
  const [csv, setCsv] = useState<CsvChoices>({ bom: true, neutralise: true })
  const isFigure = format === 'png' || format === 'svg'
  const save = () => {
    workbench.setSession({ exportOpen: false })
    if (format === 'png' || format === 'svg')
      return void workbench.exportFigure(indicator, { format, ...figure })
    void workbench.exportTable(indicator, format === 'csv' ? { format, ...csv } : { format })
  }
  return (
    <>
      <div className="window-body export">
        <div className="export-settings">
          <Segments
            label={{ zh: '格式', en: 'Format' }}
            value={format}
            choices={formats}
            onChange={setFormat}
          />
          {isFigure && <FigureSettings format={format} choices={figure} onChange={setFigure} />}
          {format === 'csv' && <CsvSettings choices={csv} onChange={setCsv} />}
          <Contents format={format} />
        </div>
        {isFigure ? (
          <FigurePreview indicator={indicator} choices={figure} />
        ) : (
          <TablePreview indicator={indicator} />
        )}
      </div>
      <footer className="window-foot">
        <Action
          label={{ zh: '取消', en: 'Cancel' }}
          onPress={() => workbench.setSession({ exportOpen: false })}
        />
        <Action label={{ zh: '另存为…', en: 'Save as…' }} icon={Download} kind="primary" onPress={save} />
      </footer>
    </>
  )
}

const contents: Readonly<Record<Format, Phrase>> = {
  png: {
    zh: '位图。图中嵌入溯源信息：版本、数据哈希、指标、参数、SQL 和时间。',
    en: 'A picture. Provenance travels inside: versions, data hashes, recipe, inputs, SQL and time.',
  },
  svg: {
    zh: '矢量图。文字已转为路径，在任何软件中都不会缺字；嵌入溯源信息。',
    en: 'A drawing. Words are turned into paths, so no font is ever missing; provenance travels inside.',
  },
  csv: {
    zh: '数据表。全部结果行，RFC 4180，时间为 UTC。',
    en: 'The table: all result rows, RFC 4180, times in UTC.',
  },
  xlsx: {
    zh: '数据表。全部结果行，编号保持为文本，不会成为公式；时间为 UTC 文本。',
    en: 'The table: all result rows. Ids stay text and nothing becomes a formula; times are UTC, as text.',
  },
  arrow: {
    zh: '数据表。全部结果行及其类型，可用 pandas、Polars、R 或 DuckDB 打开。',
    en: 'The table: all result rows with their types, for pandas, Polars, R or DuckDB.',
  },
}

function Contents({ format }: { format: Format }) {
  const say = useSay()
  return <p className="field-help">{say(contents[format])}</p>
}
