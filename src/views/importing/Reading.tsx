import type { Inspection } from '../../domain/file.ts'
import { formatPercent } from '../../domain/format.ts'
import type { Phrase } from '../../domain/phrase.ts'
import type { ImportItem } from '../../workbench/workbench.ts'
import { Choice } from '../controls/Choice.tsx'
import { formatNames } from '../file/words.ts'
import { useLanguage, useSay, useWorkbench } from '../surroundings.ts'
import { AdapterFields, Questions } from './AdapterFields.tsx'
import { isSettled } from './groups.ts'
import { PartField } from './PartField.tsx'
import { ReadingMore } from './ReadingMore.tsx'
import { asAsked } from './read-options.ts'
import { DelimiterChoice, EncodingChoice } from './TextReading.tsx'
import { useKeptFocus } from './use-kept-focus.ts'
import './reading.css'

export { isSettled } from './groups.ts'

interface ReadingProps {
  readonly item: ImportItem
  readonly inspection: Inspection
}

/** What the file is taken for and how it is read; each may be corrected. */
export function Reading({ item, inspection: found }: ReadingProps) {
  const inspection = asAsked(found, item.readOptions)
  const panel = useKeptFocus(isSettled(item))
  return (
    <div className="reading" ref={panel}>
      <div className="reading-fields">
        <AdapterChoiceField item={item} />
        <AdapterFields item={item} />
      </div>
      <Questions item={item} />
      <div className="reading-fields">
        <Fact name={{ zh: '格式', en: 'Format' }} value={formatNames[inspection.format]} />
        <PartField item={item} inspection={inspection} />
        {inspection.encoding !== null && <EncodingChoice item={item} inspection={inspection} />}
        {inspection.dialect !== null && <DelimiterChoice item={item} dialect={inspection.dialect} />}
      </div>
      <ReadingMore item={item} inspection={inspection} />
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

const rawTable = { id: 'raw', name: { zh: '不识别，保留为原始表', en: 'None: keep as a raw table' } } as const

function AdapterChoiceField({ item }: { item: ImportItem }) {
  const say = useSay()
  const language = useLanguage()
  const workbench = useWorkbench()
  const collator = new Intl.Collator(language)
  const adapters = workbench.adapters
    .map(({ id, name }) => ({ id, name }))
    .toSorted((a, b) => collator.compare(say(a.name), say(b.name)))
  return (
    <div className="field reading-wide">
      <Choice
        label={{ zh: '识别为', en: 'Recognised as' }}
        value={item.adapter ?? rawTable.id}
        choices={[...adapters, rawTable]}
        disabled={!isSettled(item)}
        onChange={id => void workbench.reviseImport(item.id, { adapter: id === rawTable.id ? null : id })}
      />
      <span className="field-help">{say(surety(item, formatPercent(item.confidence, language)))}</span>
    </div>
  )
}

function surety({ adapter, confidence, savedMapping }: ImportItem, share: string): Phrase {
  if (savedMapping !== null) return { zh: `同保存的“${savedMapping}”`, en: `as saved in ${savedMapping}` }
  if (adapter === null)
    return { zh: '可以查看，但不参与指标计算', en: 'can be looked at, but feeds no indicator' }
  if (confidence === 0) return { zh: '由您指定', en: 'chosen by you' }
  if (confidence < 0.5)
    return { zh: '按列名推测，请核对', en: 'a guess from the names of its columns: please check' }
  return { zh: `把握 ${share}`, en: `${share} sure` }
}
