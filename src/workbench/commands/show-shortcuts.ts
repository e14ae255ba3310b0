import { command } from '../command.ts'

export default command({
  id: 'show-shortcuts',
  label: { zh: '快捷键', en: 'Keyboard shortcuts' },
  menu: { group: 'help', order: 10 },
  keys: 'CmdOrCtrl+/',
  enabled: () => true,
  run: workbench => workbench.setSession({ shortcutsOpen: true }),
})
