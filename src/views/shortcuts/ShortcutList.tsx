import type { Command } from '../../workbench/workbench.ts'
import { menuGroups } from '../../workbench/workbench.ts'
import { Window } from '../controls/Window.tsx'
import { written } from '../shell/keys.ts'
import { useSay, useSurroundings, useWorkbenchState } from '../surroundings.ts'
import './shortcuts.css'

/** All keys, taken from the commands themselves. */
export function ShortcutList() {
  const { workbench } = useSurroundings()
  const open = useWorkbenchState(state => state.session.shortcutsOpen)
  return (
    <Window
      title={{ zh: '键盘快捷键', en: 'Keyboard shortcuts' }}
      open={open}
      onClose={() => workbench.setSession({ shortcutsOpen: false })}
    >
      <div className="window-body scrolling">
        <Shortcuts commands={workbench.commands} />
      </div>
    </Window>
  )
}

/** The keys by menu, those of no menu last. */
export function Shortcuts({ commands }: { commands: readonly Command[] }) {
  const say = useSay()
  const { machine } = useSurroundings()
  const others = { zh: '其他', en: 'Others' }
  const sections = [...Object.entries(menuGroups), ['', others] as const].map(([group, name]) => ({
    name,
    commands: commands.filter(({ keys, menu }) => keys !== undefined && (menu?.group ?? '') === group),
  }))
  return (
    <div className="shortcuts">
      {sections
        .filter(section => section.commands.length > 0)
        .map(section => (
          <section key={section.name.en}>
            <h3>{say(section.name)}</h3>
            <dl>
              {section.commands.map(({ id, label, keys = '' }) => (
                <div key={id} className="shortcut">
                  <dt>{say(label)}</dt>
                  <dd>
                    <kbd className="keys">{written(keys, machine.platform === 'darwin')}</kbd>
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
    </div>
  )
}
