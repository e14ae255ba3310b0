import type { Explanation } from '../../indicators/indicator.ts'
import { useSay } from '../surroundings.ts'
import { Formula } from './Formula.tsx'

/** What an indicator means, its formula, where it comes from, and what to beware of. */
export function Reading({ explanation }: { explanation: Explanation }) {
  const say = useSay()
  const { meaning, formula, symbols, source, cautions } = explanation
  return (
    <div className="how-words">
      <section>
        <h3>{say({ zh: '含义', en: 'Meaning' })}</h3>
        <p>{say(meaning)}</p>
      </section>
      <Formula tex={formula} symbols={symbols} />
      <section>
        <h3>{say({ zh: '注意事项', en: 'Cautions' })}</h3>
        <p>{say(cautions)}</p>
      </section>
      <section>
        <h3>{say({ zh: '来源', en: 'Source' })}</h3>
        <p>{say(source)}</p>
      </section>
    </div>
  )
}
