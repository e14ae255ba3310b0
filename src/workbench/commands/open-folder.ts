import { command } from '../command.ts'
import { isIdle } from '../state.ts'

export default command({
  id: 'open-folder',
  label: { zh: '导入文件夹…', en: 'Import folder…' },
  menu: { group: 'file', order: 11 },
  keys: 'CmdOrCtrl+Shift+O',
  enabled: isIdle,
  run: workbench => workbench.chooseFiles('folder'),
})
