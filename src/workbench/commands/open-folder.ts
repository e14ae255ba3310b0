import { command } from '../command.ts'
import { mayTakeFiles } from '../state.ts'

export default command({
  id: 'open-folder',
  label: { zh: '导入文件夹…', en: 'Import folder…' },
  menu: { group: 'file', order: 11 },
  keys: 'CmdOrCtrl+Shift+O',
  enabled: mayTakeFiles,
  run: workbench => workbench.chooseFiles('folder'),
})
