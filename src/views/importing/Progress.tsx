import { ProgressBar } from 'react-aria-components'
import type { ImportItem } from '../../workbench/workbench.ts'
import { useSay } from '../surroundings.ts'

/** How much of a file's bytes has been read. */
export function Progress({ item }: { item: ImportItem }) {
  const say = useSay()
  const read = item.progress.stage === 'reading' ? item.progress.bytes : 0
  const share = item.bytes === 0 ? 0 : Math.min(1, read / item.bytes)
  return <Bar label={say({ zh: `正在读取 ${item.name}`, en: `Reading ${item.name}` })} share={share} />
}

/** A share between 0 and 1; null where nobody can know it. */
export function Bar({ label, share }: { label: string; share: number | null }) {
  return (
    <ProgressBar
      className="progress"
      aria-label={label}
      {...(share === null ? { isIndeterminate: true } : { value: share * 100 })}
    >
      <span className="progress-track">
        <span className="progress-fill" style={share === null ? {} : { width: `${share * 100}%` }} />
      </span>
    </ProgressBar>
  )
}
