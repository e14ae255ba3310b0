import { formatCount } from '../../domain/format.ts'
import type { Phrase } from '../../domain/phrase.ts'
import { useLanguage, useSay } from '../surroundings.ts'
import './file.css'

interface AccountProps {
  /** Null while the rows are still being counted. */
  readonly read: number | null
  readonly accepted: number | null
  readonly rejected: number | null
}

/** Rows read = accepted + rejected, always in sight. */
export function Account({ read, accepted, rejected }: AccountProps) {
  return (
    <div className="account">
      <Part name={{ zh: '读取', en: 'Read' }} rows={read} />
      <span aria-hidden>=</span>
      <Part name={{ zh: '接受', en: 'Accepted' }} rows={accepted} tone="good" />
      <span aria-hidden>+</span>
      <Part
        name={{ zh: '拒绝', en: 'Rejected' }}
        rows={rejected}
        tone={(rejected ?? 0) > 0 ? 'bad' : 'plain'}
      />
    </div>
  )
}

function Part({
  name,
  rows,
  tone = 'plain',
}: {
  name: Phrase
  rows: number | null
  tone?: 'plain' | 'good' | 'bad'
}) {
  const say = useSay()
  const language = useLanguage()
  return (
    <span className={`account-part account-${tone}`}>
      <span className="muted">{say(name)}</span>
      <strong>{rows === null ? '…' : formatCount(rows, language)}</strong>
    </span>
  )
}
