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

/** Made data says so wherever it is shown. */
export function SyntheticBadge() {
  return <Badge text={{ zh: '合成数据', en: 'Synthetic' }} tone="warning" />
}
