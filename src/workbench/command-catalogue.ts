import type { Language } from '../domain/phrase.ts'
import type { MenuItem } from '../host/host.ts'
import { catalogue } from '../indicators/indicator.ts'
import { type Command, command, type MenuGroup, menuGroups } from './command.ts'
import type { State } from './state.ts'

const files = import.meta.glob<Command>('./commands/*.ts', { eager: true, import: 'default' })

/** Every command: one file each, and one for going to each indicator. */
export const commands: readonly Command[] = [
  ...Object.values(files),
  ...catalogue.map(({ id, name }) =>
    command({
      id: `go-${id}`,
      label: { zh: `${id} ${name.zh}`, en: `${id} ${name.en}` },
      enabled: state => state.importing === null && state.history.present.datasets.length > 0,
      run: workbench => workbench.setSession({ place: { kind: 'indicator', id } }),
    }),
  ),
]

/** The native menu of the present state, in the session's language. */
export function menuOf(state: State): readonly MenuItem[] {
  const { language } = state.session
  return (Object.keys(menuGroups) as MenuGroup[]).map(group => ({
    id: group,
    label: menuGroups[group][language],
    items: commands
      .filter(candidate => candidate.menu?.group === group)
      .sort((a, b) => (a.menu?.order ?? 0) - (b.menu?.order ?? 0))
      .map(candidate => menuItem(candidate, state, language)),
  }))
}

function menuItem(candidate: Command, state: State, language: Language): MenuItem {
  return {
    id: candidate.id,
    label: candidate.label[language],
    enabled: candidate.enabled(state),
    ...(candidate.keys === undefined ? {} : { accelerator: candidate.keys }),
    ...(candidate.checked === undefined ? {} : { checked: candidate.checked(state) }),
    ...(candidate.menu?.separatorBefore === true ? { separatorBefore: true } : {}),
  }
}
