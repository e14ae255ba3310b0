import { ChevronDown, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button, Dialog, DialogTrigger, Popover } from 'react-aria-components'
import type { Phrase } from '../../domain/phrase.ts'
import { useSay } from '../surroundings.ts'

interface FilterPillProps {
  readonly name: Phrase
  /** What is chosen, in short; null when the filter is off. */
  readonly summary: Phrase | null
  readonly onClear: () => void
  readonly children: ReactNode
}

/** A filter in the header: its name, what is chosen, a press to change it and one to clear it. */
export function FilterPill({ name, summary, onClear, children }: FilterPillProps) {
  const say = useSay()
  const clear = { zh: `清除筛选：${name.zh}`, en: `Clear filter: ${name.en}` }
  return (
    <div className="pill" data-active={summary !== null || undefined}>
      <DialogTrigger>
        <Button className="pill-open">
          <span>{say(name)}</span>
          {summary !== null && <strong className="pill-summary ellipsis">{say(summary)}</strong>}
          {summary === null && <ChevronDown aria-hidden />}
        </Button>
        <Popover className="popover" placement="bottom start" offset={6}>
          <Dialog className="pill-dialog" aria-label={say(name)}>
            {children}
          </Dialog>
        </Popover>
      </DialogTrigger>
      {summary !== null && (
        <Button className="pill-clear" aria-label={say(clear)} onPress={onClear}>
          <X aria-hidden />
        </Button>
      )}
    </div>
  )
}
