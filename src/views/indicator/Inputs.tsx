import { RotateCcw } from 'lucide-react'
import { type Indicator, type InputDeclaration, resolveInputs } from '../../indicators/indicator.ts'
import { Action } from '../controls/Action.tsx'
import { Choice } from '../controls/Choice.tsx'
import { Amount } from '../controls/Fields.tsx'
import { useWorkbench, useWorkbenchState } from '../surroundings.ts'

const none: Readonly<Record<string, string | number>> = {}

/** What a person may set for an indicator; values other than the recipe's can be reset. */
export function Inputs({ indicator }: { indicator: Indicator }) {
  const workbench = useWorkbench()
  const given = useWorkbenchState(state => state.history.present.inputs[indicator.id] ?? none)
  const values: Readonly<Record<string, string | number>> = resolveInputs(indicator.inputs, given)
  const names = Object.keys(indicator.inputs)
  const changed = names.filter(name => values[name] !== indicator.inputs[name]?.default)
  if (names.length === 0) return null
  return (
    <div className="inputs">
      {Object.entries(indicator.inputs).map(([name, declaration]) => (
        <InputField
          key={name}
          declaration={declaration}
          value={values[name] ?? declaration.default}
          onChange={value => workbench.setInput(indicator.id, name, value)}
        />
      ))}
      {changed.length > 0 && (
        <Action
          label={{ zh: '恢复默认', en: 'Reset' }}
          icon={RotateCcw}
          kind="quiet"
          onPress={() => {
            for (const name of changed) workbench.setInput(indicator.id, name, undefined)
          }}
        />
      )}
    </div>
  )
}

interface InputFieldProps {
  readonly declaration: InputDeclaration
  readonly value: string | number
  readonly onChange: (value: string | number) => void
}

function InputField({ declaration, value, onChange }: InputFieldProps) {
  if (declaration.kind === 'number') {
    const { name, unit, min, max, step } = declaration
    return (
      <Amount
        label={name}
        unit={unit}
        value={Number(value)}
        min={min}
        max={max}
        step={step}
        labelled="beside"
        onChange={onChange}
      />
    )
  }
  const choices = Object.entries(declaration.choices).map(([id, name]) => ({ id, name }))
  return (
    <Choice
      label={declaration.name}
      value={String(value)}
      choices={choices}
      labelled="beside"
      onChange={onChange}
    />
  )
}
