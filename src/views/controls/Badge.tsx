import { FlaskConical } from 'lucide-react'
import type { Phrase } from '../../domain/phrase.ts'
import { useSay } from '../surroundings.ts'
import './controls.css'

/** A small word about a thing. */
export function Badge({
  text,
  tone = 'plain',
}: {
  text: Phrase
  tone?: 'plain' | 'good' | 'warning' | 'bad' | 'accent'
}) {
  const say = useSay()
  return <span className={`badge badge-${tone}`}>{say(text)}</span>
}

const synthetic: Phrase = { zh: '合成数据', en: 'Synthetic' }

/** Made data says so wherever it is shown. */
export function SyntheticBadge() {
  const say = useSay()
  return (
    <span className="badge badge-warning">
      <FlaskConical aria-hidden />
      {say(synthetic)}
    </span>
  )
}

/** The badge's sign alone, where many stand together and the badge is in sight. */
export function SyntheticSign() {
  const say = useSay()
  return (
    <span className="synthetic-sign" title={say(synthetic)}>
      <FlaskConical aria-hidden />
      <span className="only-heard">{say(synthetic)}</span>
    </span>
  )
}
