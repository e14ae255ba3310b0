import type { Explanation } from '../../indicators/indicator.ts'
import { useSay } from '../surroundings.ts'

/** What an indicator means, its formula, where it comes from, and what to beware of. */
export function Reading({ explanation }: { explanation: Explanation }) {
  const say = useSay()
  const { meaning, formula, source, cautions } = explanation
  return (
    <div className="how-words">
      <section>
        <h3>{say({ zh: '含义', en: 'Meaning' })}</h3>
        <p>{say(meaning)}</p>
      </section>
      <section>
        <h3>{say({ zh: '公式', en: 'Formula' })}</h3>
        <pre className="formula scrolling">{formula}</pre>
      </section>
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
