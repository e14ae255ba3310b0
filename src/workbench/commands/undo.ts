import { command } from '../command.ts'

export default command({
  id: 'undo',
  label: { zh: '撤销', en: 'Undo' },
  menu: { group: 'edit', order: 10 },
  keys: 'CmdOrCtrl+Z',
  enabled: state => state.history.past.length > 0 && state.importing === null,
  run: workbench => workbench.undo(),
})
