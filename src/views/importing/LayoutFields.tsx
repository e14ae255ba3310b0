import type { Inspection, Layout } from '../../domain/file.ts'
import type { Phrase } from '../../domain/phrase.ts'
import type { ImportItem } from '../../workbench/workbench.ts'
import { Choice } from '../controls/Choice.tsx'
import { Amount } from '../controls/Fields.tsx'
import { useWorkbench } from '../surroundings.ts'
import { isSettled } from './groups.ts'
import { ReadField, readOtherwise } from './ReadField.tsx'
import { useDraft } from './use-draft.ts'

interface LayoutFieldsProps {
  readonly item: ImportItem
  readonly inspection: Inspection
  readonly layout: Layout
}

/** Where the table begins in its file or sheet. */
export function LayoutFields({ item, inspection, layout }: LayoutFieldsProps) {
  return (
    <>
      <RowsField
        item={item}
        option="skipRows"
        name={{ zh: '表头之上跳过几行', en: 'Rows above the header' }}
        value={layout.skipRows}
        max={10_000}
      />
      <RowsField
        item={item}
        option="headerRows"
        name={{ zh: '表头占几行', en: 'Rows of the header' }}
        help={{ zh: '0：没有表头', en: '0: there is no header' }}
        value={layout.headerRows}
        max={20}
      />
      {isWorkbook(inspection) && <MergedChoice item={item} layout={layout} />}
    </>
  )
}

export function isWorkbook({ format }: Inspection): boolean {
  return format === 'xlsx' || format === 'xls'
}

interface RowsFieldProps {
  readonly item: ImportItem
  readonly option: 'skipRows' | 'headerRows'
  readonly name: Phrase
  readonly help?: Phrase
  readonly value: number
  readonly max: number
}

function RowsField({ item, option, name, help, value, max }: RowsFieldProps) {
  const workbench = useWorkbench()
  const [draft, setDraft] = useDraft(value, isSettled(item), rows =>
    readOtherwise(workbench, item, { [option]: rows }),
  )
  return (
    <ReadField item={item} option={option} name={name} help={help}>
      <Amount label={name} value={draft} min={0} max={max} onChange={setDraft} />
    </ReadField>
  )
}

const merges: readonly { readonly id: Layout['mergedCells']; readonly name: Phrase }[] = [
  { id: 'repeat', name: { zh: '填入每一格', en: 'Stand in every cell' } },
  { id: 'first', name: { zh: '只在第一格', en: 'Stand in the first' } },
]

function MergedChoice({ item, layout }: { item: ImportItem; layout: Layout }) {
  const workbench = useWorkbench()
  const name = { zh: '合并单元格的值', en: 'Values of merged cells' }
  return (
    <ReadField item={item} option="mergedCells" name={name}>
      <Choice
        label={name}
        value={layout.mergedCells}
        choices={merges}
        disabled={!isSettled(item)}
        onChange={mergedCells => readOtherwise(workbench, item, { mergedCells })}
      />
    </ReadField>
  )
}
