import { useState } from 'react'
import { type CanonicalColumn, canonicalTable } from '../../domain/canonical.ts'
import type { Override } from '../../domain/mapping.ts'
import { Segments } from '../controls/Segments.tsx'
import { valuesOf, valueWords } from '../file/coded-values.ts'
import { useLanguage, useSay } from '../surroundings.ts'
import { ConstantField } from './ConstantField.tsx'
import { Picker, PickList, type PickSection } from './Picker.tsx'
import { SourceText } from './SourceText.tsx'
import type { Source, Target } from './sources.ts'

/** A column of the file, with a value of it. */
export interface RawColumn {
  readonly name: string
  readonly sample: string | null
}

interface SourcePickerProps {
  readonly target: Target
  readonly column: string
  readonly source: Source
  readonly raw: readonly RawColumn[]
  readonly disabled: boolean
  readonly onChoose: (override: Override) => void
}

/** Where a canonical column comes from, and the place to change it. */
export function SourcePicker(props: SourcePickerProps) {
  const { target, column, source, disabled, onChoose } = props
  const say = useSay()
  const declared = canonicalTable(target.table).columns[column]
  const name = declared === undefined ? column : say(declared.name)
  const isNeeded = isRequired(declared)
  const isBad = source.kind === 'missing' || (source.kind === 'nothing' && isNeeded)
  return (
    <Picker
      label={say({ zh: `“${name}”的来源`, en: `Source of ${name}` })}
      tone={isBad ? 'bad' : source.kind === 'nothing' ? 'quiet' : 'plain'}
      disabled={disabled}
      shown={<SourceText source={source} table={target.table} column={column} isNeeded={isNeeded} />}
    >
      {close => (
        <Choosing
          {...props}
          onChoose={override => {
            close()
            onChoose(override)
          }}
        />
      )}
    </Picker>
  )
}

export function isRequired(declared: CanonicalColumn | undefined): boolean {
  return (declared?.key ?? declared?.required) === true
}

const ways = [
  { id: 'column', name: { zh: '文件中的列', en: 'Column of the file' } },
  { id: 'constant', name: { zh: '每行同一个值', en: 'Same value in every row' } },
] as const

function Choosing(props: SourcePickerProps) {
  const [way, setWay] = useState<'column' | 'constant'>(
    props.source.kind === 'constant' ? 'constant' : 'column',
  )
  return (
    <div className="choosing">
      <Segments
        label={{ zh: '取值来自', en: 'Takes its values from' }}
        value={way}
        choices={ways}
        onChange={setWay}
      />
      {way === 'column' ? <ColumnList {...props} /> : <ConstantChoice {...props} />}
    </div>
  )
}

const nothing = 'nothing'

function ColumnList({ target, column, source, raw, onChoose }: SourcePickerProps) {
  const say = useSay()
  const isNeeded = isRequired(canonicalTable(target.table).columns[column])
  const empty = { id: nothing, name: say({ zh: '不取值（留空）', en: 'Nothing (left empty)' }) }
  const columns = raw.map(({ name, sample }, at) => ({
    id: `column ${at}`,
    name,
    detail: sample,
    isCode: true,
  }))
  const sections: readonly PickSection[] = [
    { id: 'empty', items: isNeeded ? [] : [empty] },
    { id: 'columns', items: columns },
  ]
  const single = source.kind === 'columns' && source.columns.length === 1 ? source.columns[0] : undefined
  const at = raw.findIndex(({ name }) => name === single)
  return (
    <PickList
      label={say({ zh: '文件中的列', en: 'Columns of the file' })}
      sections={sections}
      value={source.kind === 'nothing' ? nothing : at < 0 ? null : `column ${at}`}
      onPick={id => {
        const picked = raw[Number(id.slice('column '.length))]
        if (id === nothing) onChoose({ from: 'nothing' })
        else if (picked !== undefined) onChoose({ from: 'column', column: picked.name })
      }}
    />
  )
}

function ConstantChoice({ target, column, source, onChoose }: SourcePickerProps) {
  const say = useSay()
  const language = useLanguage()
  const values = valuesOf(target.table, column)
  const present = source.kind === 'constant' ? source.value : ''
  const choose = (value: string) => onChoose({ from: 'constant', value })
  if (values.length === 0) return <ConstantField value={present} onChoose={choose} />
  const items = values.map(value => ({ id: value.id, name: valueWords(value, language) }))
  return (
    <PickList
      label={say({ zh: '取值', en: 'Values' })}
      sections={[{ id: 'values', items }]}
      value={items.some(({ id }) => id === present) ? present : null}
      onPick={choose}
    />
  )
}
