import { z } from 'zod'

// Zod compiles checks by `new Function` where it may; asking whether it may breaks the page's policy (zod 4), which would
// then tell every person of a refused request. Set before the first schema is made, hence here and nowhere else.
z.config({ jitless: true })

export { z }
