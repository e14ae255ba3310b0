import { RotateCcw } from 'lucide-react'
import { useState } from 'react'
import { Button } from 'react-aria-components'
import { type CanonicalColumn, canonicalTable } from '../../domain/canonical.ts'
import type { Override, Overrides } from '../../domain/mapping.ts'
import { IconAction } from '../controls/Action.tsx'
import { Badge } from '../controls/Badge.tsx'
import { useSay } from '../surroundings.ts'
import { isRequired, type RawColumn, SourcePicker } from './SourcePicker.tsx'
import { orderedColumns, overrideKey, type Source, sourceOf, type Target } from './sources.ts'

interface TargetEditorProps {
  readonly target: Target
  readonly raw: readonly RawColumn[]
  readonly overrides: Overrides
  readonly disabled: boolean
  /** `null` takes the change of a column back. */
  readonly onChange: (key: string, override: Override | null) => void
}

interface Line {
  readonly column: string
  readonly declared: CanonicalColumn
  readonly source: Source
  readonly isChanged: boolean
}

/** One canonical table: all its columns, those with a source first. */
export function TargetEditor(props: TargetEditorProps) {
  const { target } = props
  const say = useSay()
  const [all, setAll] = useState(false)
  const table = canonicalTable(target.table)
  const lines = linesOf(props)
  const shown = all ? lines : lines.filter(isOfNote)
  const hidden = lines.length - shown.length
  return (
    <section className="mapping-section" aria-label={say(table.name)}>
      <h3 className="mapping-title">
        {say(table.name)} <code className="muted">{target.table}</code>
        <span className="mapping-grain muted">
          {say({ zh: `每行：${table.grain.zh}`, en: `One row: ${table.grain.en}` })}
        </span>
      </h3>
      <table className="mapping-lines">
        <Heads />
        <tbody>
          {shown.map(line => (
            <ColumnLine key={line.column} {...props} line={line} />
          ))}
        </tbody>
      </table>
      {(hidden > 0 || all) && lines.some(line => !isOfNote(line)) && (
        <Button className="mapping-more" onPress={() => setAll(!all)} aria-expanded={all}>
          {all
            ? say({ zh: '收起没有来源的列', en: 'Hide the columns without a source' })
            : say({
                zh: `显示其余 ${hidden} 列（没有来源）`,
                en: `Show ${hidden} more columns without a source`,
              })}
        </Button>
      )}
    </section>
  )
}

function linesOf({ target, raw, overrides }: TargetEditorProps): readonly Line[] {
  const names = raw.map(({ name }) => name)
  const { columns } = canonicalTable(target.table)
  return orderedColumns(target, overrides).flatMap(column => {
    const declared = columns[column]
    const override = overrides[overrideKey(target, column)]
    if (declared === undefined) return []
    const source = sourceOf(target, column, override, names)
    return [{ column, declared, source, isChanged: override !== undefined }]
  })
}

/** Mapped, changed, or needed and not there. */
function isOfNote({ source, declared, isChanged }: Line): boolean {
  return source.kind !== 'nothing' || isChanged || isRequired(declared)
}

function Heads() {
  const say = useSay()
  return (
    <thead>
      <tr>
        <th scope="col">{say({ zh: '规范列', en: 'Canonical column' })}</th>
        <th scope="col">{say({ zh: '来源', en: 'Comes from' })}</th>
        <th scope="col">{say({ zh: '文件中的示例', en: 'Example in the file' })}</th>
        <th scope="col">
          <span className="only-heard">{say({ zh: '更改', en: 'Change' })}</span>
        </th>
      </tr>
    </thead>
  )
}

function ColumnLine({ line, target, raw, disabled, onChange }: TargetEditorProps & { readonly line: Line }) {
  const { column, declared, source, isChanged } = line
  const key = overrideKey(target, column)
  return (
    <tr className={isChanged ? 'mapping-changed' : undefined}>
      <th scope="row">
        <ColumnName column={column} declared={declared} />
      </th>
      <td>
        <SourcePicker
          target={target}
          column={column}
          source={source}
          raw={raw}
          disabled={disabled}
          onChoose={override => onChange(key, override)}
        />
      </td>
      <td className="mapping-sample">
        <Sample source={source} raw={raw} />
      </td>
      <td className="mapping-undo">
        {isChanged && (
          <>
            <Badge text={{ zh: '已改', en: 'changed' }} tone="accent" />
            <IconAction
              label={{ zh: `恢复 ${column} 的原来源`, en: `Undo the change of ${column}` }}
              icon={RotateCcw}
              disabled={disabled}
              onPress={() => onChange(key, null)}
            />
          </>
        )}
      </td>
    </tr>
  )
}

function ColumnName({ column, declared }: { column: string; declared: CanonicalColumn }) {
  const say = useSay()
  return (
    <span className="mapping-name">
      <span className="ellipsis" title={column}>
        {say(declared.name)}
      </span>
      {declared.unit !== undefined && <code className="muted">{declared.unit}</code>}
      {declared.key ? (
        <Badge text={{ zh: '主键', en: 'key' }} />
      ) : (
        declared.required && <Badge text={{ zh: '必填', en: 'required' }} />
      )}
    </span>
  )
}

function Sample({ source, raw }: { source: Source; raw: readonly RawColumn[] }) {
  if (source.kind !== 'columns') return null
  const samples = source.columns.flatMap(name => raw.find(column => column.name === name)?.sample ?? [])
  const text = samples.join(' + ')
  return (
    <span className="ellipsis" title={text}>
      {text}
    </span>
  )
}
