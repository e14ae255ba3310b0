import type { Dialect } from '../../domain/file.ts'
import type { Phrase } from '../../domain/phrase.ts'
import type { ImportItem } from '../../workbench/workbench.ts'
import { Choice } from '../controls/Choice.tsx'
import { Written } from '../controls/Fields.tsx'
import { useWorkbench } from '../surroundings.ts'
import { isSettled } from './groups.ts'
import { ReadField, readOtherwise } from './ReadField.tsx'

interface DialectFieldsProps {
  readonly item: ImportItem
  readonly dialect: Dialect
}

/** What is rarely unusual in the characters of a CSV file. */
export function DialectFields({ item, dialect }: DialectFieldsProps) {
  return (
    <>
      <OptionChoice
        item={item}
        option="quote"
        name={{ zh: '引号', en: 'Quotes' }}
        value={dialect.quote}
        choices={quotes}
      />
      <OptionChoice
        item={item}
        option="escape"
        name={{ zh: '字段内的引号', en: 'A quote within quotes' }}
        value={dialect.escape}
        choices={escapes}
      />
      <CommentField item={item} dialect={dialect} />
      <OptionChoice
        item={item}
        option="decimal"
        name={{ zh: '小数点', en: 'Decimal mark' }}
        value={dialect.decimal}
        choices={decimals}
      />
      <TrimChoice item={item} dialect={dialect} />
    </>
  )
}

type Named<T extends string> = readonly { readonly id: T; readonly name: Phrase }[]

const quotes: Named<string> = [
  { id: '"', name: { zh: '双引号 "', en: 'Double "' } },
  { id: "'", name: { zh: "单引号 '", en: "Single '" } },
  { id: '', name: { zh: '无', en: 'None' } },
]

const escapes: Named<Dialect['escape']> = [
  { id: 'doubled', name: { zh: '写两次 ""', en: 'Doubled ""' } },
  { id: 'backslash', name: { zh: '反斜杠 \\"', en: 'Backslash \\"' } },
]

const decimals: Named<Dialect['decimal']> = [
  { id: '.', name: { zh: '点 12.5', en: 'Point 12.5' } },
  { id: ',', name: { zh: '逗号 12,5', en: 'Comma 12,5' } },
]

interface OptionChoiceProps<T extends string> {
  readonly item: ImportItem
  readonly option: 'quote' | 'escape' | 'decimal'
  readonly name: Phrase
  readonly value: T
  readonly choices: Named<T>
}

function OptionChoice<T extends string>({ item, option, name, value, choices }: OptionChoiceProps<T>) {
  const workbench = useWorkbench()
  return (
    <ReadField item={item} option={option} name={name}>
      <Choice
        label={name}
        value={value}
        choices={choices}
        disabled={!isSettled(item)}
        onChange={next => readOtherwise(workbench, item, { [option]: next })}
      />
    </ReadField>
  )
}

function CommentField({ item, dialect }: DialectFieldsProps) {
  const workbench = useWorkbench()
  const name = { zh: '注释行开头', en: 'Comment lines begin with' }
  return (
    <ReadField
      item={item}
      option="comment"
      name={name}
      help={{ zh: '留空：没有注释行', en: 'Empty: there are none' }}
    >
      <Written
        label={name}
        value={dialect.comment}
        disabled={!isSettled(item)}
        onChange={comment => readOtherwise(workbench, item, { comment })}
      />
    </ReadField>
  )
}

const trims: Named<'yes' | 'no'> = [
  { id: 'no', name: { zh: '保留', en: 'Kept' } },
  { id: 'yes', name: { zh: '去掉', en: 'Dropped' } },
]

function TrimChoice({ item, dialect }: DialectFieldsProps) {
  const workbench = useWorkbench()
  const name = { zh: '字段两端的空格', en: 'Blanks around fields' }
  return (
    <ReadField item={item} option="trim" name={name}>
      <Choice
        label={name}
        value={dialect.trim ? 'yes' : 'no'}
        choices={trims}
        disabled={!isSettled(item)}
        onChange={next => readOtherwise(workbench, item, { trim: next === 'yes' })}
      />
    </ReadField>
  )
}
