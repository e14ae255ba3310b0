import { command } from '../command.ts'
import { confirmRefusal } from '../session.ts'

export default command({
  id: 'confirm-import',
  label: { zh: '确认导入', en: 'Confirm import' },
  menu: { group: 'file', order: 14 },
  keys: 'CmdOrCtrl+Enter',
  enabled: ({ importing }) => importing !== null && confirmRefusal(importing) === null,
  run: workbench => workbench.confirmImport(),
})
