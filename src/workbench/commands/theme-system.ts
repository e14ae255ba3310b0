import { command } from '../command.ts'

export default command({
  id: 'theme-system',
  label: { zh: '跟随系统', en: 'Follow the system' },
  menu: { group: 'view', order: 32 },
  enabled: () => true,
  checked: state => state.session.theme === 'system',
  run: workbench => workbench.setSession({ theme: 'system' }),
})
