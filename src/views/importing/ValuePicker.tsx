import { Button } from 'react-aria-components'
import { valuesOf, valueWords } from '../file/coded-values.ts'
import { useLanguage, useSay, useWorkbench } from '../surroundings.ts'
import type { NameLine } from './names.ts'
import { Picker, PickList } from './Picker.tsx'

const most = 2

/** What a name may stand for: the likeliest at hand, all values of its column behind them. */
export function ValuePicker({ line, disabled }: { line: NameLine; disabled: boolean }) {
  const say = useSay()
  const language = useLanguage()
  const workbench = useWorkbench()
  const { column, value, tables } = line
  const values = valuesOf(tables[0] ?? '', column).map(known => ({
    id: known.id,
    name: valueWords(known, language),
  }))
  const likely = workbench
    .suggestNames(column, value)
    .flatMap(id => values.find(known => known.id === id) ?? [])
  const decide = (canonical: string) => void workbench.decideName(column, value, canonical)
  const label = say({ zh: `“${value}”代表什么`, en: `What ${value} stands for` })
  const all = { id: 'all', name: { zh: '全部取值', en: 'All values' } }
  const first = { id: 'likely', name: { zh: '可能是', en: 'Likely' } }
  const sections =
    likely.length === 0
      ? [{ id: 'all', items: values }]
      : [
          { ...first, items: likely },
          { ...all, items: values.filter(known => !likely.includes(known)) },
        ]
  return (
    <span className="names-choice">
      {likely.slice(0, most).map(({ id, name }) => (
        <Button
          key={id}
          className="reason names-likely"
          isDisabled={disabled}
          aria-label={say({ zh: `“${value}”代表 ${name}`, en: `${value} stands for ${name}` })}
          onPress={() => decide(id)}
        >
          {name}
        </Button>
      ))}
      <Picker
        label={label}
        shown={likely.length === 0 ? say({ zh: '选择…', en: 'Choose…' }) : say({ zh: '其他…', en: 'Other…' })}
        disabled={disabled}
      >
        {close => (
          <PickList
            label={label}
            sections={sections}
            value={null}
            onPick={id => {
              close()
              decide(id)
            }}
          />
        )}
      </Picker>
    </span>
  )
}
