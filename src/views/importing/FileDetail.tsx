import { useRef, useState } from 'react'
import type { Phrase } from '../../domain/phrase.ts'
import type { ImportItem } from '../../workbench/workbench.ts'
import { FailureNote } from '../failure/FailureNote.tsx'
import { Account } from '../file/Account.tsx'
import type { RemedyPlace } from '../file/advice.ts'
import { Remarks } from '../file/Remarks.tsx'
import { useWorkbench, useWorkbenchState } from '../surroundings.ts'
import { DetailTabs, type TabId } from './DetailTabs.tsx'
import { FileHead } from './FileHead.tsx'
import { useKept } from './kept.ts'
import { LeftOut } from './LeftOut.tsx'
import { mergedNames, type NameLine, nameLines } from './names.ts'
import { Reading } from './Reading.tsx'
import './detail.css'

/** One file of the import: what it is taken for, what that gives, and what was set aside. */
export function FileDetail({ item }: { item: ImportItem }) {
  const { inspection, failure } = item
  return (
    <article className="detail">
      <FileHead item={item} />
      {failure !== null && <FailureNote failure={failure} />}
      {!item.included ? (
        <LeftOut item={item} />
      ) : (
        inspection !== null && <Open item={item} inspection={inspection} />
      )}
    </article>
  )
}

interface OpenProps {
  readonly item: ImportItem
  readonly inspection: NonNullable<ImportItem['inspection']>
}

function Open({ item, inspection }: OpenProps) {
  const { counts } = item
  const kept = useKept(counts)
  const shown = item.failure === null ? kept : counts
  const names = useNames(item)
  const questions = useQuestions(item)
  const [tab, setTab] = useState<TabId>('mapping')
  const reading = useRef<HTMLDivElement>(null)
  const goTo = (place: RemedyPlace) => {
    if (place === 'reading') reading.current?.scrollIntoView({ block: 'start' })
    else setTab(place)
  }
  const unknown = names.filter(({ decision }) => decision === null).length
  return (
    <>
      <div ref={reading} className="detail-reading">
        <Reading item={item} inspection={inspection} />
      </div>
      <Account
        read={counts?.rowsRead ?? null}
        accepted={counts?.rowsAccepted ?? null}
        rejected={counts?.rowsRejected ?? null}
      />
      <Remarks
        doubts={shown?.doubts ?? inspection.doubts}
        droppedSecrets={shown?.droppedSecrets ?? inspection.droppedSecrets}
        unknownNames={{ count: unknown, onShow: () => setTab('names') }}
        questions={{ names: questions, onShow: () => goTo('reading') }}
      />
      <DetailTabs item={item} counts={shown} names={names} tab={tab} onTab={setTab} onRemedy={goTo} />
    </>
  )
}

/** Options without an answer that would bring more tables. */
function useQuestions({ adapter, asks }: ImportItem): readonly Phrase[] {
  const options = useWorkbench().adapters.find(({ id }) => id === adapter)?.options ?? {}
  return asks.flatMap(name => options[name]?.name ?? [])
}

/** Names keep their places while they are decided one after the other. */
function useNames(item: ImportItem): readonly NameLine[] {
  const aliases = useWorkbenchState(state => state.importing?.aliases) ?? []
  const unresolved = item.counts?.unresolved ?? null
  const [seen, setSeen] = useState<{ readonly from: unknown; readonly lines: readonly NameLine[] }>({
    from: null,
    lines: [],
  })
  const isNew = unresolved !== null && unresolved !== seen.from
  const lines = isNew ? mergedNames(seen.lines, unresolved) : seen.lines
  if (isNew) setSeen({ from: unresolved, lines })
  return nameLines(item, lines, aliases)
}
