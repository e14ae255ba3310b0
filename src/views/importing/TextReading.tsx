import { useState } from 'react'
import { type Dialect, type Encoding, encodings, type Inspection } from '../../domain/file.ts'
import { type Phrase, same } from '../../domain/phrase.ts'
import type { ImportItem } from '../../workbench/workbench.ts'
import { Choice } from '../controls/Choice.tsx'
import { Written } from '../controls/Fields.tsx'
import { encodingNames, evidenceWords } from '../file/words.ts'
import { useWorkbench } from '../surroundings.ts'
import { isSettled } from './groups.ts'
import { ReadField, readOtherwise } from './ReadField.tsx'
import { oneCharacter, visible } from './read-options.ts'

interface EncodingChoiceProps {
  readonly item: ImportItem
  readonly inspection: Inspection
}

/** How the bytes of a text are read as characters, and how sure that is. */
export function EncodingChoice({ item, inspection }: EncodingChoiceProps) {
  const workbench = useWorkbench()
  const evidence = inspection.encodingEvidence
  const name = { zh: '编码', en: 'Encoding' }
  return (
    <ReadField
      item={item}
      option="encoding"
      name={name}
      help={evidence === null ? undefined : evidenceWords[evidence]}
    >
      <Choice
        label={name}
        value={inspection.encoding ?? 'utf-8'}
        choices={encodings.map(id => ({ id, name: encodingNames[id] }))}
        disabled={!isSettled(item)}
        onChange={(encoding: Encoding) => readOtherwise(workbench, item, { encoding })}
      />
    </ReadField>
  )
}

const delimiters: readonly { readonly id: string; readonly name: Phrase }[] = [
  { id: ',', name: { zh: '逗号 ,', en: 'Comma ,' } },
  { id: '\t', name: { zh: '制表符', en: 'Tab' } },
  { id: ';', name: { zh: '分号 ;', en: 'Semicolon ;' } },
  { id: '|', name: { zh: '竖线 |', en: 'Bar |' } },
]

const other = { id: 'other', name: { zh: '其他字符…', en: 'Another character…' } } as const

/** What stands between the fields of a line: one of the usual four, or any one character. */
export function DelimiterChoice({ item, dialect }: { item: ImportItem; dialect: Dialect }) {
  const workbench = useWorkbench()
  const [writing, setWriting] = useState(false)
  const { delimiter } = dialect
  const isUsual = delimiters.some(({ id }) => id === delimiter)
  const name = { zh: '分隔符', en: 'Delimiter' }
  const set = (next: string) => readOtherwise(workbench, item, { delimiter: next })
  const odd = { id: delimiter, name: same(visible(delimiter)) }
  return (
    <ReadField item={item} option="delimiter" name={name}>
      <Choice
        label={name}
        value={writing ? other.id : delimiter}
        choices={[...delimiters, ...(isUsual ? [] : [odd]), other]}
        disabled={!isSettled(item)}
        onChange={next => {
          setWriting(next === other.id)
          if (next !== other.id) set(next)
        }}
      />
      {writing && (
        <Written
          label={{ zh: '分隔字符', en: 'Delimiting character' }}
          help={{
            zh: '一个字符；看不见的可写作 \\t 或 \\x01。',
            en: 'One character; \\t or \\x01 for ones that cannot be seen.',
          }}
          value={isUsual ? '' : visible(delimiter)}
          disabled={!isSettled(item)}
          onChange={text => {
            const character = oneCharacter(text)
            if (character !== null) set(character)
          }}
        />
      )}
    </ReadField>
  )
}
