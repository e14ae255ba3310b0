import { useState } from 'react'
import type { Inspection, Part } from '../../domain/file.ts'
import { formatCount } from '../../domain/format.ts'
import { type Phrase, same } from '../../domain/phrase.ts'
import type { ImportItem } from '../../workbench/workbench.ts'
import { Choice } from '../controls/Choice.tsx'
import { Written } from '../controls/Fields.tsx'
import { useLanguage, useSay, useWorkbench } from '../surroundings.ts'
import { isSettled } from './groups.ts'
import { ReadField, readOtherwise } from './ReadField.tsx'

interface PartFieldProps {
  readonly item: ImportItem
  readonly inspection: Inspection
}

/** Which table of the file is read. A sheet, or a list with an item of its own, is a fact; else a path that can be set. */
export function PartField({ item, inspection }: PartFieldProps) {
  const { format, parts, part } = inspection
  const shown = item.part ?? parts.find(({ id }) => id === part) ?? null
  if (item.part !== null || shown?.kind === 'sheet') return shown && <PartFact part={shown} />
  return format === 'json' || format === 'ndjson' ? <PathField item={item} inspection={inspection} /> : null
}

function PartFact({ part }: { part: Part }) {
  const say = useSay()
  const language = useLanguage()
  const name =
    part.kind === 'sheet' ? { zh: '工作表', en: 'Sheet' } : { zh: '行所在的列表', en: 'List of rows' }
  const notes = [
    part.rows === null ? null : rowsWords(part.rows, formatCount(part.rows, language)),
    part.visibility === 'visible' ? null : visibilityWords[part.visibility],
  ]
  return (
    <div className="field">
      <span className="field-label">{say(name)}</span>
      <span className="reading-fact ellipsis" title={part.id}>
        {part.id}
      </span>
      <span className="field-help">
        {notes.flatMap(note => (note === null ? [] : [say(note)])).join(' · ')}
      </span>
    </div>
  )
}

const visibilityWords: Readonly<Record<'hidden' | 'very-hidden', Phrase>> = {
  hidden: { zh: '在工作簿中隐藏', en: 'hidden in the workbook' },
  'very-hidden': { zh: '在工作簿中深度隐藏', en: 'hidden in the workbook, even from its menus' },
}

function rowsWords(rows: number, count: string): Phrase {
  return { zh: `${count} 行有内容`, en: `${count} ${rows === 1 ? 'row' : 'rows'} with content` }
}

const other = { id: '\0', name: { zh: '其他路径…', en: 'Another path…' } } as const

function PathField({ item, inspection }: PartFieldProps) {
  const language = useLanguage()
  const workbench = useWorkbench()
  const [writing, setWriting] = useState(false)
  const { parts, part } = inspection
  const name = { zh: '行的位置', en: 'Where the rows are' }
  const value = part ?? ''
  const known = parts.map(({ id, rows }) => ({ id, name: pathWords(id, rows, language) }))
  const here = known.some(({ id }) => id === value)
    ? []
    : [{ id: value, name: pathWords(value, null, language) }]
  const set = (path: string) => readOtherwise(workbench, item, { part: path === '' ? undefined : path })
  return (
    <ReadField item={item} option="part" name={name}>
      <Choice
        label={name}
        value={writing ? other.id : value}
        choices={[...here, ...known, other]}
        disabled={!isSettled(item)}
        onChange={next => {
          setWriting(next === other.id)
          if (next !== other.id) set(next)
        }}
      />
      {writing && (
        <Written
          label={{ zh: '路径', en: 'Path' }}
          help={pathHelp}
          value={value}
          disabled={!isSettled(item)}
          onChange={set}
        />
      )}
    </ReadField>
  )
}

function pathWords(id: string, rows: number | null, language: 'zh' | 'en'): Phrase {
  if (id === '') return { zh: '文件的每个元素', en: 'Each element of the file' }
  if (rows === null) return same(id)
  const count = formatCount(rows, language)
  return { zh: `${id}（${count} 行）`, en: `${id} (${count} rows)` }
}

const pathHelp: Phrase = {
  zh: '名称以点连接，[] 表示数组的每个元素，{} 表示对象的每个成员，如 things[]；$ 表示整个文档为一行。留空则自动检测。',
  en: 'Names joined by dots, [] for each element of an array, {} for each member of an object, as things[]; $ for the document as one row. Empty: detect.',
}
