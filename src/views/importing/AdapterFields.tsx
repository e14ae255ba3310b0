import { CircleHelp } from 'lucide-react'
import { same } from '../../domain/phrase.ts'
import type { AdapterChoice, ImportItem } from '../../workbench/workbench.ts'
import { Choice } from '../controls/Choice.tsx'
import { Written } from '../controls/Fields.tsx'
import { useSay, useWorkbench } from '../surroundings.ts'
import { isSettled } from './groups.ts'

type Option = AdapterChoice['options'][string]

interface AdapterFieldProps {
  readonly item: ImportItem
  readonly name: string
  readonly option: Option
}

/** What the chosen adapter asks of the person: platform, time zone, time of the export. */
export function AdapterFields({ item }: { item: ImportItem }) {
  return useOptions(item)
    .filter(([, { asked }]) => asked === undefined)
    .map(([name, option]) => <AdapterField key={name} item={item} name={name} option={option} />)
}

/** The questions on whose answer the numbers turn, where they arise for this file. */
export function Questions({ item }: { item: ImportItem }) {
  const say = useSay()
  const { raw, options } = item
  return useOptions(item)
    .filter(([, { asked }]) => raw !== null && asked?.(raw, options))
    .map(([name, option]) => (
      <div key={name} className="question">
        <span className="question-mark">
          <CircleHelp aria-hidden />
          {say({ zh: '请核对', en: 'Please check' })}
        </span>
        <AdapterField item={item} name={name} option={option} />
      </div>
    ))
}

function useOptions(item: ImportItem): readonly (readonly [string, Option])[] {
  const workbench = useWorkbench()
  return Object.entries(workbench.adapters.find(({ id }) => id === item.adapter)?.options ?? {})
}

function AdapterField({ item, name, option }: AdapterFieldProps) {
  const say = useSay()
  const workbench = useWorkbench()
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
function choicesOf({ choices }: Option, { raw }: ImportItem) {
  if (typeof choices !== 'function') return choices
  return raw === null ? undefined : choices(raw)
}
