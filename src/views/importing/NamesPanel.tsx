import { useState } from 'react'
import type { ImportItem } from '../../workbench/workbench.ts'
import { Action } from '../controls/Action.tsx'
import { useSay } from '../surroundings.ts'
import { isSettled } from './groups.ts'
import { NameRow } from './NameRow.tsx'
import { type NameLine, nameKey } from './names.ts'
import './names.css'

const pageSize = 100

/** Names that stand for nothing known, each to be said what it stands for; what was said can be taken back. */
export function NamesPanel({ item, lines }: { item: ImportItem; lines: readonly NameLine[] }) {
  const say = useSay()
  const [shown, setShown] = useState(pageSize)
  if (lines.length === 0) {
    return (
      <p className="muted">
        {say({ zh: '所有名称都已有对应的规范取值。', en: 'Every name stands for a known value.' })}
      </p>
    )
  }
  const rest = lines.length - shown
  return (
    <div className="names">
      <p className="muted">
        {say({
          zh: '下列名称不对应任何已知的规范取值。请说明它们代表什么；导入后这些决定会用于以后的文件。',
          en: 'These names stand for no known value. Say what they stand for; after the import, later files are read with it too.',
        })}
      </p>
      <table className="names-table">
        <Heads />
        <tbody>
          {lines.slice(0, shown).map(line => (
            <NameRow key={nameKey(line)} line={line} disabled={!isSettled(item)} />
          ))}
        </tbody>
      </table>
      {rest > 0 && (
        <Action
          label={{ zh: `再显示 ${Math.min(rest, pageSize)} 个`, en: `Show ${Math.min(rest, pageSize)} more` }}
          kind="quiet"
          onPress={() => setShown(shown + pageSize)}
        />
      )}
    </div>
  )
}

function Heads() {
  const say = useSay()
  return (
    <thead>
      <tr>
        <th scope="col">{say({ zh: '名称', en: 'Name' })}</th>
        <th scope="col">{say({ zh: '规范列', en: 'Canonical column' })}</th>
        <th scope="col">{say({ zh: '影响', en: 'Effect' })}</th>
        <th scope="col">{say({ zh: '代表', en: 'Stands for' })}</th>
      </tr>
    </thead>
  )
}
