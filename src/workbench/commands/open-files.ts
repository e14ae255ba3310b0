import { command } from '../command.ts'
import { isIdle } from '../state.ts'

export default command({
  id: 'open-files',
  label: { zh: '导入文件…', en: 'Import files…' },
  menu: { group: 'file', order: 10 },
  keys: 'CmdOrCtrl+O',
  enabled: isIdle,
  run: workbench => workbench.chooseFiles('files'),
})
