import { ChevronRight, RotateCcw } from 'lucide-react'
import { useState } from 'react'
import { Button, Disclosure, DisclosurePanel, Heading } from 'react-aria-components'
import type { Inspection } from '../../domain/file.ts'
import type { ImportItem } from '../../workbench/workbench.ts'
import { Action } from '../controls/Action.tsx'
import { Badge } from '../controls/Badge.tsx'
import { useSay, useWorkbench } from '../surroundings.ts'
import { DialectFields } from './DialectFields.tsx'
import { isSettled } from './groups.ts'
import { HeadStrip } from './HeadStrip.tsx'
import { LayoutFields } from './LayoutFields.tsx'
import { detectedOptions, setOptions } from './read-options.ts'

interface ReadingMoreProps {
  readonly item: ImportItem
  readonly inspection: Inspection
}

/** What is rarely changed, folded away where the file is as most are, and the way back to what was detected. */
export function ReadingMore({ item, inspection }: ReadingMoreProps) {
  const say = useSay()
  const [open, setOpen] = useState(() => isUnusual(inspection))
  const set = setOptions(item).length
  const { dialect, layout, head } = inspection
  const hasMore = dialect !== null || layout !== null
  if (!hasMore && set === 0) return null
  return (
    <Disclosure className="more" isExpanded={open} onExpandedChange={setOpen}>
      <div className="more-head">
        {hasMore && (
          <Heading className="more-title">
            <Button slot="trigger" className="more-button">
              <ChevronRight aria-hidden />
              {say({ zh: '更多读取方式', en: 'More about reading' })}
            </Button>
          </Heading>
        )}
        {set > 0 && <Reset item={item} set={set} />}
      </div>
      <DisclosurePanel className="more-panel">
        <div className="reading-fields">
          {layout !== null && <LayoutFields item={item} inspection={inspection} layout={layout} />}
          {dialect !== null && <DialectFields item={item} dialect={dialect} />}
        </div>
        {head.length > 0 && <HeadStrip item={item} inspection={inspection} />}
      </DisclosurePanel>
    </Disclosure>
  )
}

/** Titles, no header, several header rows or a decimal comma: a person should see what was made of them. */
function isUnusual({ layout, dialect }: Inspection): boolean {
  const isPlain = layout === null || (layout.skipRows === 0 && layout.headerRows === 1)
  return !isPlain || dialect?.decimal === ','
}

function Reset({ item, set }: { item: ImportItem; set: number }) {
  const workbench = useWorkbench()
  return (
    <>
      <Badge tone="accent" text={{ zh: `${set} 项已指定`, en: `${set} set` }} />
      <Action
        label={{ zh: '全部重新检测', en: 'Detect anew' }}
        icon={RotateCcw}
        kind="quiet"
        disabled={!isSettled(item)}
        onPress={() => void workbench.reviseImport(item.id, { readOptions: detectedOptions(item) })}
      />
    </>
  )
}
