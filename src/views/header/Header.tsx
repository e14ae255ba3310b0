import { Languages, Monitor, Moon, PanelLeft, Redo2, Search, Sun, Undo2 } from 'lucide-react'
import { Button } from 'react-aria-components'
import { IconAction } from '../controls/Action.tsx'
import { useKeysOf } from '../shell/use-shortcuts.ts'
import { useLanguage, useSay, useWorkbench, useWorkbenchState } from '../surroundings.ts'
import { ImportMenu } from './ImportMenu.tsx'
import { Mark } from './Mark.tsx'
import './header.css'

/** The line at the top: who this is, what was done, what is filtered, and the ways to everything else. */
export function Header({ sideOpen, onToggleSide }: { sideOpen: boolean; onToggleSide: () => void }) {
  const importing = useWorkbenchState(state => state.importing !== null)
  return (
    <header className="header">
      <Mark />
      <IconAction
        label={
          sideOpen ? { zh: '收起侧栏', en: 'Hide side panel' } : { zh: '展开侧栏', en: 'Show side panel' }
        }
        icon={PanelLeft}
        disabled={importing}
        onPress={onToggleSide}
      />
      <UndoRedo />
      <PaletteButton />
      <ImportMenu disabled={importing} />
      <LanguageSwitch />
      <ThemeSwitch />
    </header>
  )
}

function UndoRedo() {
  const workbench = useWorkbench()
  const past = useWorkbenchState(state => state.history.past.at(-1)?.edit)
  const future = useWorkbenchState(state => state.history.future[0]?.edit)
  const undo = { zh: '撤销', en: 'Undo' }
  const redo = { zh: '重做', en: 'Redo' }
  return (
    <>
      <IconAction
        label={past ? { zh: `撤销：${past.zh}`, en: `Undo: ${past.en}` } : undo}
        keys={useKeysOf('undo')}
        icon={Undo2}
        disabled={past === undefined}
        onPress={() => workbench.undo()}
      />
      <IconAction
        label={future ? { zh: `重做：${future.zh}`, en: `Redo: ${future.en}` } : redo}
        keys={useKeysOf('redo')}
        icon={Redo2}
        disabled={future === undefined}
        onPress={() => workbench.redo()}
      />
    </>
  )
}

function PaletteButton() {
  const say = useSay()
  const workbench = useWorkbench()
  const keys = useKeysOf('open-palette')
  return (
    <Button
      className="palette-button"
      aria-label={say({ zh: '打开命令面板', en: 'Open the command palette' })}
      onPress={() => workbench.setSession({ paletteOpen: true })}
    >
      <Search aria-hidden />
      <span className="ellipsis">
        {say({ zh: '查找指标、数据集或命令', en: 'Find indicators, data or commands' })}
      </span>
      {keys !== undefined && <kbd className="keys">{keys}</kbd>}
    </Button>
  )
}

function LanguageSwitch() {
  const workbench = useWorkbench()
  const next = useLanguage() === 'zh' ? 'en' : 'zh'
  return (
    <IconAction
      label={{ zh: '切换到 English', en: 'Switch to 中文' }}
      icon={Languages}
      onPress={() => workbench.setSession({ language: next })}
    />
  )
}

const themes = {
  system: { icon: Monitor, next: 'light', label: { zh: '主题：跟随系统', en: 'Theme: as the system' } },
  light: { icon: Sun, next: 'dark', label: { zh: '主题：浅色', en: 'Theme: light' } },
  dark: { icon: Moon, next: 'system', label: { zh: '主题：深色', en: 'Theme: dark' } },
} as const

function ThemeSwitch() {
  const workbench = useWorkbench()
  const { icon, next, label } = themes[useWorkbenchState(state => state.session.theme)]
  return <IconAction label={label} icon={icon} onPress={() => workbench.setSession({ theme: next })} />
}
