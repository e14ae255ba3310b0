import { ProgressBar } from 'react-aria-components'
import type { ImportItem } from '../../workbench/workbench.ts'
import { useSay } from '../surroundings.ts'

/** How much of a file's bytes has been read. */
export function Progress({ item }: { item: ImportItem }) {
  const say = useSay()
  const read = item.progress.stage === 'reading' ? item.progress.bytes : 0
  const share = item.bytes === 0 ? 0 : Math.min(100, (read / item.bytes) * 100)
  return (
    <ProgressBar
      className="progress"
      aria-label={say({ zh: `正在读取 ${item.name}`, en: `Reading ${item.name}` })}
      value={share}
    >
      {({ valueText }) => (
        <>
          <span className="progress-track">
            <span className="progress-fill" style={{ width: `${share}%` }} />
          </span>
          <span className="progress-words">{valueText}</span>
        </>
      )}
    </ProgressBar>
  )
}
