import { command } from '../command.ts'
import { isIdle } from '../state.ts'

export default command({
  id: 'open-sample',
  label: { zh: '打开内置示例（合成数据）', en: 'Open the bundled sample (synthetic)' },
  menu: { group: 'file', order: 12 },
  enabled: isIdle,
  run: workbench => workbench.openSample('sample'),
})
