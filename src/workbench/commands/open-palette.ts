import { command } from '../command.ts'

export default command({
  id: 'open-palette',
  label: { zh: '命令面板', en: 'Command palette' },
  menu: { group: 'view', order: 10 },
  keys: 'CmdOrCtrl+K',
  enabled: () => true,
  run: (workbench, state) => workbench.setSession({ paletteOpen: !state.session.paletteOpen }),
})
