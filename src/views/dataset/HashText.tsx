import { same } from '../../domain/phrase.ts'
import { CopyAction } from '../controls/CopyAction.tsx'
import { useSay } from '../surroundings.ts'

/** A file's SHA-256, shortened to read and whole to copy. */
export function HashText({ sha256 }: { sha256: string }) {
  const say = useSay()
  return (
    <span className="hash">
      <code title={say(same(`SHA-256 ${sha256}`))}>{sha256.slice(0, 12)}…</code>
      <CopyAction label={{ zh: '复制 SHA-256', en: 'Copy the SHA-256' }} text={() => sha256} shape="icon" />
    </span>
  )
}
