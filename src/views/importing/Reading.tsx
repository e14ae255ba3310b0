import { type Encoding, encodings, type Inspection } from '../../domain/file.ts'
import { formatPercent } from '../../domain/format.ts'
import { type Phrase, same } from '../../domain/phrase.ts'
import type { ImportItem } from '../../workbench/workbench.ts'
import { Choice } from '../controls/Choice.tsx'
import { encodingNames, evidenceWords, formatNames } from '../file/words.ts'
import { useLanguage, useSay, useWorkbench } from '../surroundings.ts'
import { AdapterFields } from './AdapterFields.tsx'
import './reading.css'

interface ReadingProps {
  readonly item: ImportItem
  readonly inspection: Inspection
}

/** How the file is read: format, encoding, delimiter, and the export it is taken for; each may be corrected. */
export function Reading({ item, inspection }: ReadingProps) {
  return (
    <div className="reading">
      <Fact name={{ zh: '格式', en: 'Format' }} value={formatNames[inspection.format]} />
      {inspection.encoding !== null && <EncodingChoice item={item} inspection={inspection} />}
      {inspection.dialect !== null && (
        <DelimiterChoice item={item} delimiter={inspection.dialect.delimiter} />
      )}
      <AdapterChoiceField item={item} />
      <AdapterFields item={item} />
    </div>
  )
}

function Fact({ name, value }: { name: Phrase; value: Phrase }) {
  const say = useSay()
  return (
    <div className="field">
      <span className="field-label">{say(name)}</span>
      <span className="reading-fact">{say(value)}</span>
    </div>
  )
}

export function isSettled(item: ImportItem): boolean {
  return item.progress.stage === 'ready' || item.progress.stage === 'failed'
}

function EncodingChoice({ item, inspection }: ReadingProps) {
  const say = useSay()
  const workbench = useWorkbench()
  const evidence = inspection.encodingEvidence
  const change = (encoding: Encoding) =>
    void workbench.reviseImport(item.id, { readOptions: { ...item.readOptions, encoding } })
  return (
    <div className="field">
      <Choice
        label={{ zh: '编码', en: 'Encoding' }}
        value={inspection.encoding ?? 'utf-8'}
        choices={encodings.map(id => ({ id, name: encodingNames[id] }))}
        disabled={!isSettled(item)}
        onChange={change}
      />
      {evidence !== null && <span className="field-help">{say(evidenceWords[evidence])}</span>}
    </div>
  )
}

const delimiters: readonly { readonly id: string; readonly name: Phrase }[] = [
  { id: ',', name: { zh: '逗号 ,', en: 'Comma ,' } },
  { id: '\t', name: { zh: '制表符', en: 'Tab' } },
  { id: ';', name: { zh: '分号 ;', en: 'Semicolon ;' } },
  { id: '|', name: { zh: '竖线 |', en: 'Bar |' } },
]

function DelimiterChoice({ item, delimiter }: { item: ImportItem; delimiter: string }) {
  const workbench = useWorkbench()
  const known = delimiters.some(({ id }) => id === delimiter)
  return (
    <Choice
      label={{ zh: '分隔符', en: 'Delimiter' }}
      value={delimiter}
      choices={known ? delimiters : [...delimiters, { id: delimiter, name: same(delimiter) }]}
      disabled={!isSettled(item)}
      onChange={next =>
        void workbench.reviseImport(item.id, { readOptions: { ...item.readOptions, delimiter: next } })
      }
    />
  )
}

const rawTable = { id: 'raw', name: { zh: '不识别，保留为原始表', en: 'None: keep as a raw table' } } as const

function AdapterChoiceField({ item }: { item: ImportItem }) {
  const say = useSay()
  const language = useLanguage()
  const workbench = useWorkbench()
  const choices = [...workbench.adapters.map(({ id, name }) => ({ id, name })), rawTable]
  const share = formatPercent(item.confidence, language)
  return (
    <div className="field">
      <Choice
        label={{ zh: '识别为', en: 'Recognised as' }}
        value={item.adapter ?? rawTable.id}
        choices={choices}
        disabled={!isSettled(item)}
        onChange={id => void workbench.reviseImport(item.id, { adapter: id === rawTable.id ? null : id })}
      />
      <span className="field-help">
        {item.adapter === null
          ? say({ zh: '可以查看，但不参与指标计算', en: 'can be looked at, but feeds no indicator' })
          : say({ zh: `把握 ${share}`, en: `${share} sure` })}
      </span>
    </div>
  )
}
