import { command } from '../command.ts'

export default command({
  id: 'cancel-import',
  label: { zh: '取消导入', en: 'Cancel import' },
  menu: { group: 'file', order: 15 },
  enabled: ({ importing }) => importing !== null,
  run: workbench => workbench.cancelImport(),
})
