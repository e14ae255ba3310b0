import { command } from '../command.ts'

export default command({
  id: 'redo',
  label: { zh: '重做', en: 'Redo' },
  menu: { group: 'edit', order: 11 },
  keys: 'CmdOrCtrl+Shift+Z',
  enabled: state => state.history.future.length > 0 && state.importing === null,
  run: workbench => workbench.redo(),
})
