import { serve } from './serve.ts'
import type { Port, Reply, Request } from './wire.ts'

serve(self as unknown as Port<Reply, Request>)
