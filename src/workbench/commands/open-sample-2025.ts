import { command } from '../command.ts'
import { isIdle } from '../state.ts'

export default command({
  id: 'open-sample-2025',
  label: {
    zh: '打开内置示例一年前的导出（合成数据）',
    en: 'Open the bundled sample’s export of a year before (synthetic)',
  },
  menu: { group: 'file', order: 13 },
  enabled: isIdle,
  run: workbench => workbench.openSample('sample-2025'),
})
