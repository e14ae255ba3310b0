import { command } from '../command.ts'

export default command({
  id: 'theme-light',
  label: { zh: '浅色', en: 'Light' },
  menu: { group: 'view', order: 30, separatorBefore: true },
  enabled: () => true,
  checked: state => state.session.theme === 'light',
  run: workbench => workbench.setSession({ theme: 'light' }),
})
