import { command } from '../command.ts'
import { neighbourIndicator } from '../neighbour.ts'

export default command({
  id: 'previous-indicator',
  label: { zh: '上一个指标', en: 'Previous indicator' },
  menu: { group: 'go', order: 21 },
  keys: 'Alt+Left',
  enabled: state => state.importing === null && state.history.present.datasets.length > 0,
  run: (workbench, state) => workbench.setSession({ place: neighbourIndicator(state.session.place, -1) }),
})
