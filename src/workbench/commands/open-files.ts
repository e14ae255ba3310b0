import { command } from '../command.ts'
import { mayTakeFiles } from '../state.ts'

export default command({
  id: 'open-files',
  label: { zh: '导入文件…', en: 'Import files…' },
  menu: { group: 'file', order: 10 },
  keys: 'CmdOrCtrl+O',
  enabled: mayTakeFiles,
  run: workbench => workbench.chooseFiles('files'),
})
