import { same } from '../../domain/phrase.ts'
import type { AdapterChoice, ImportItem } from '../../workbench/workbench.ts'
import { Choice } from '../controls/Choice.tsx'
import { Written } from '../controls/Fields.tsx'
import { useSay, useWorkbench } from '../surroundings.ts'
import { isSettled } from './Reading.tsx'

/** What the chosen adapter asks of the person: platform, time zone, time of the export. */
export function AdapterFields({ item }: { item: ImportItem }) {
  const workbench = useWorkbench()
  const adapter = workbench.adapters.find(({ id }) => id === item.adapter)
  if (adapter === undefined) return null
  return Object.keys(adapter.options).map(name => <AdapterField key={name} item={item} name={name} />)
}

function AdapterField({ item, name }: { item: ImportItem; name: string }) {
  const say = useSay()
  const workbench = useWorkbench()
  const option = workbench.adapters.find(({ id }) => id === item.adapter)?.options[name]
  if (option === undefined) return null
  const value = item.options[name] ?? ''
  const change = (next: string) =>
    void workbench.reviseImport(item.id, { options: { ...item.options, [name]: next } })
  const offered = choicesOf(option, item)
  if (offered === undefined) {
    return (
      <Written
        label={option.name}
        help={option.help}
        value={value}
        disabled={!isSettled(item)}
        onChange={change}
      />
    )
  }
  const choices = offered.map(choice => ({ id: choice.value, name: choice.name }))
  const known = choices.some(({ id }) => id === value)
  return (
    <div className="field">
      <Choice
        label={option.name}
        value={value}
        choices={known ? choices : [...choices, { id: value, name: same(value) }]}
        disabled={!isSettled(item)}
        onChange={change}
      />
      <span className="field-help">{say(option.help)}</span>
    </div>
  )
}

/** Undefined where any text may be written. */
function choicesOf({ choices }: AdapterChoice['options'][string], { raw }: ImportItem) {
  if (typeof choices !== 'function') return choices
  return raw === null ? undefined : choices(raw)
}
