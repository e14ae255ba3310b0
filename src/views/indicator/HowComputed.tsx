import { formatCount, formatTime } from '../../domain/format.ts'
import { locale, type Phrase, same } from '../../domain/phrase.ts'
import { type Indicator, resolveInputs } from '../../indicators/indicator.ts'
import type { Computed } from '../../workbench/workbench.ts'
import { CopyAction } from '../controls/CopyAction.tsx'
import { useLanguage, useSay, useWorkbenchState } from '../surroundings.ts'
import { Reading } from './Reading.tsx'
import { Sources } from './Sources.tsx'

/** Everything an auditor needs: meaning and formula, then the run itself: inputs, SQL, data and engine. */
export function HowComputed({ indicator, outcome }: { indicator: Indicator; outcome: Computed }) {
  const say = useSay()
  const sql = outcome.sql.trim()
  return (
    <div className="how">
      <Reading explanation={indicator.explanation} />
      <div className="how-run">
        <Facts indicator={indicator} outcome={outcome} />
        <Sources />
        <section className="statement">
          <header>
            <h3>{say({ zh: '实际执行的 SQL', en: 'The SQL that ran' })}</h3>
            <CopyAction label={{ zh: '复制', en: 'Copy' }} text={() => sql} />
          </header>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling block must be reachable by keyboard */}
          <pre className="sql scrolling" tabIndex={0}>
            {sql}
          </pre>
        </section>
      </div>
    </div>
  )
}

function Facts({ indicator, outcome }: { indicator: Indicator; outcome: Computed }) {
  const language = useLanguage()
  const engine = useWorkbenchState(state => state.engine)
  const laterRows = useWorkbenchState(state => state.laterRows)
  const took = new Intl.NumberFormat(locale(language), { maximumFractionDigits: 0 }).format(
    outcome.milliseconds,
  )
  return (
    <dl className="facts">
      {inputFacts(indicator, outcome).map(({ name, value }) => (
        <Fact key={name.en} name={name} value={value} />
      ))}
      <Fact name={{ zh: '数据时点', en: 'Data as of' }} value={same(formatTime(outcome.asOf))} />
      {laterRows !== null && (
        <Fact
          name={{ zh: '更晚的行（未采信）', en: 'Rows of later times, not believed' }}
          value={{
            zh: `${formatCount(laterRows.rows, language)} 行，最晚 ${formatTime(laterRows.latest)}`,
            en: `${formatCount(laterRows.rows, language)}, up to ${formatTime(laterRows.latest)}`,
          }}
        />
      )}
      <Fact
        name={{ zh: '指标配方', en: 'Recipe' }}
        value={{
          zh: `${indicator.id} 第 ${indicator.version} 版`,
          en: `${indicator.id}, version ${indicator.version}`,
        }}
      />
      {engine.status === 'ready' && (
        <Fact
          name={{ zh: '引擎', en: 'Engine' }}
          value={same(`${engine.info.engine} ${engine.info.version} (${engine.info.bundle})`)}
        />
      )}
      <Fact name={{ zh: '用时', en: 'Time taken' }} value={{ zh: `${took} 毫秒`, en: `${took} ms` }} />
    </dl>
  )
}

function Fact({ name, value }: { name: Phrase; value: Phrase }) {
  const say = useSay()
  return (
    <div className="fact">
      <dt>{say(name)}</dt>
      <dd>{say(value)}</dd>
    </div>
  )
}

function inputFacts(indicator: Indicator, outcome: Computed): readonly { name: Phrase; value: Phrase }[] {
  const values: Readonly<Record<string, string | number>> = resolveInputs(indicator.inputs, outcome.inputs)
  return Object.entries(indicator.inputs).map(([id, declaration]) => {
    const value = values[id] ?? declaration.default
    if (declaration.kind === 'choice')
      return { name: declaration.name, value: declaration.choices[value] ?? same(String(value)) }
    const unit = declaration.unit ?? same('')
    return {
      name: declaration.name,
      value: { zh: `${value} ${unit.zh}`.trim(), en: `${value} ${unit.en}`.trim() },
    }
  })
}
